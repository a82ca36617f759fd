/** Pictures on their way to the server, or waiting for it. */
import { Paper, Progress, Text } from '@mantine/core';
import type { Upload } from '../../hooks/useImages';
import { t } from '../../i18n';
import type { ConnectionState } from '../../types/protocol';
import classes from './UploadStatus.module.css';

interface Props {
  uploads: readonly Upload[];
  connection: ConnectionState;
}

export function UploadStatus({ uploads, connection }: Props) {
  const words = t().images;
  const count = uploads.length;
  const part = uploads.reduce((sum, upload) => sum + upload.sent, 0) / Math.max(1, count);
  const percent = Math.round(part * 100);
  const online = connection === 'connected';
  return (
    <div role="status" className={classes.place}>
      {count > 0 && (
        <Paper withBorder shadow="md" px="md" py="xs" radius="md">
          <Text size="xs">{online ? words.uploading(count, percent) : words.waiting(count)}</Text>
          {online && <Progress value={percent} size="xs" mt={4} aria-label={words.picture} />}
        </Paper>
      )}
    </div>
  );
}
