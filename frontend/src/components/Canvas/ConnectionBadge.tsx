/** Says truthfully whether the canvas is live and whether edits have reached the server. */
import { Text } from '@mantine/core';
import type { ConnectionState } from '../../types/protocol';
import classes from './ConnectionBadge.module.css';

const WORDS: Record<ConnectionState, string> = {
  connecting: 'Connecting...',
  connected: 'Connected',
  reconnecting: 'Reconnecting...',
  offline: 'Offline - changes are kept',
};

interface Props {
  connection: ConnectionState;
  unsaved: number;
}

export function ConnectionBadge({ connection, unsaved }: Props) {
  return (
    <div className={classes.badge} data-state={connection} role="status">
      <span className={classes.dot} aria-hidden />
      <Text size="xs" component="span" className={classes.words}>
        {WORDS[connection]}
      </Text>
      {connection !== 'connected' && unsaved > 0 && (
        <Text size="xs" component="span" className={classes.words}>
          ({unsaved} unsent)
        </Text>
      )}
    </div>
  );
}
