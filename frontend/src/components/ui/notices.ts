/** Short messages at the edge of the screen; they are announced to screen readers. */
import { notifications } from '@mantine/notifications';

export function tellError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({ message, color: 'red', withBorder: true, autoClose: 8_000 });
}

export function tell(message: string): void {
  notifications.show({ message, withBorder: true });
}
