/** Short messages at the edge of the screen; they are announced to screen readers. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const UNDO_MS = 8_000;

export function tellError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({ message, color: 'red', withBorder: true, autoClose: 8_000 });
}

export function tell(message: string): void {
  notifications.show({ message, withBorder: true });
}

interface Undoable {
  message: string;
  label: string;
  undo: () => void;
  /** The message is gone and nobody took it back. Resting on the message keeps it. */
  commit: () => void;
}

export function tellUndoable({ message, label, undo, commit }: Undoable): void {
  let undone = false;
  const id = notifications.show({
    withBorder: true,
    autoClose: UNDO_MS,
    onClose: () => {
      if (!undone) commit();
    },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" lineClamp={2}>
          {message}
        </Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            undone = true;
            undo();
            notifications.hide(id);
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
}
