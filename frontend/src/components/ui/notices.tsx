/** Short messages at the edge of the screen; they are announced to screen readers. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import type { NotificationData } from '@mantine/notifications';
import { Link } from 'wouter';
import { noticeArea } from './noticeArea';

const UNDO_MS = 8_000;
const NEWS_MS = 12_000;

let shown = 0;
/** Sentences on the screen: who says one again means the same notice. */
const sentences = new Map<string, string>();

/** Answers with its name, to hide it by. */
function show(notice: NotificationData): string {
  const id = `notice-${(shown += 1)}`;
  void noticeArea().then(({ notifications }) => notifications.show({ ...notice, id }));
  return id;
}

/** The same sentence stands there once, for as long as if it had just been said. */
function say(message: string, look: Partial<NotificationData>): string {
  const before = sentences.get(message);
  if (before) hide(before);
  const onClose = () => sentences.get(message) === id && sentences.delete(message);
  const id = show({ ...look, message, withBorder: true, onClose });
  sentences.set(message, id);
  return id;
}

export function hide(id: string): void {
  void noticeArea().then(({ notifications }) => notifications.hide(id));
}

/** They were for somebody who has left. */
export function hideAll(): void {
  void noticeArea().then(({ notifications }) => notifications.clean());
}

export function notifyError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  say(message, { color: 'red', autoClose: 8_000 });
}

/** Answers with its name, to hide it by. */
export function notify(message: string): string {
  return say(message, {});
}

interface News {
  message: string;
  failed: boolean;
  link: { href: string; label: string } | null;
}

/** Stays until the person looks at the tab. Answers with how to take it back. */
export function notifyNews({ message, failed, link }: News): () => void {
  const id = show({
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
            onClick={() => hide(id)}
          >
            {link.label}
          </Anchor>
        )}
      </Group>
    ),
  });
  return () => hide(id);
}

interface Undoable {
  message: string;
  label: string;
  undo: () => void;
  /** The message is gone and nobody took it back. Resting on the message keeps it. */
  commit: () => void;
  /** Until somebody closes it. */
  stays?: boolean;
}

export function notifyUndoable({ message, label, undo, commit, stays }: Undoable): void {
  let undone = false;
  const id = show({
    withBorder: true,
    autoClose: stays ? false : UNDO_MS,
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
            hide(id);
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
}
