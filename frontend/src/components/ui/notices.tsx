/** Short messages at the edge of the screen; they are announced to screen readers. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from 'wouter';

const UNDO_MS = 8_000;
const NEWS_MS = 12_000;

export function tellError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({ message, color: 'red', withBorder: true, autoClose: 8_000 });
}

/** Answers with its name, to hide it by. */
export function tell(message: string): string {
  return notifications.show({ message, withBorder: true });
}

export const hide = notifications.hide;

interface News {
  message: string;
  failed: boolean;
  link: { href: string; label: string } | null;
}

/** Waits for a person who is not looking. Answers with how to take it back. */
export function tellNews({ message, failed, link }: News): () => void {
  const id = notifications.show({
    withBorder: true,
    ...(failed ? { color: 'red' } : { color: 'teal' }),
    autoClose: document.hidden ? false : NEWS_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" lineClamp={2}>
          {message}
        </Text>
        {link && (
          <Anchor
            component={Link}
            href={link.href}
            size="sm"
            style={{ flex: 'none' }}
            onClick={() => notifications.hide(id)}
          >
            {link.label}
          </Anchor>
        )}
      </Group>
    ),
  });
  return () => void notifications.hide(id);
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
