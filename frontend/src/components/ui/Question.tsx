/** Asks before something is done that others notice; takes the place of what asked. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { t } from '../../i18n';

interface Props {
  question: string;
  text: string;
  confirm: string;
  dangerous?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

const takeFocus = (button: HTMLButtonElement | null) => button?.focus();

export function Question(props: Props) {
  const { question, text, confirm, dangerous = false, busy = false, onConfirm, onCancel } = props;
  return (
    <Stack gap="sm" role="group" aria-label={question}>
      <Title order={3} size="h5">
        {question}
      </Title>
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button variant="default" ref={takeFocus} onClick={onCancel}>
          {t().app.cancel}
        </Button>
        <Button {...(dangerous && { color: 'red' })} loading={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  );
}
