/** Something went wrong: the sentence, and a way to try again. */
import { Alert, Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { t } from '../../i18n';

interface Props {
  message: string;
  onRetry?: () => void;
}

export function ErrorNote({ message, onRetry }: Props) {
  return (
    <Alert color="red" icon={<IconAlertCircle size={18} />} role="alert">
      {message}
      {onRetry && (
        <div>
          <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
            {t().app.tryAgain}
          </Button>
        </div>
      )}
    </Alert>
  );
}
