/** Says truthfully whether the canvas is live and whether edits have reached the server. */
import { Text } from '@mantine/core';
import { t } from '../../i18n';
import type { ConnectionState } from '../../types/protocol';
import classes from './ConnectionBadge.module.css';

interface Props {
  connection: ConnectionState;
  unsaved: number;
}

export function ConnectionBadge({ connection, unsaved }: Props) {
  return (
    <div
      className={classes.badge}
      data-state={connection}
      role="status"
      title={t().canvas.connection[connection]}
    >
      <span className={classes.dot} aria-hidden />
      <Text size="xs" component="span" className={classes.words}>
        {t().canvas.connection[connection]}
      </Text>
      {connection !== 'connected' && unsaved > 0 && (
        <Text size="xs" component="span" className={classes.words}>
          {t().canvas.unsent(unsaved)}
        </Text>
      )}
    </div>
  );
}
