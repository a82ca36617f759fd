/** An address that is shown once, to be copied. */
import { ActionIcon, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../../i18n';

interface Props {
  url: string;
  label: string;
  explanation: string;
}

export function SecretLink({ url, label, explanation }: Props) {
  const words = t().sharing;
  return (
    <Stack gap={4} mt="xs">
      <Text size="sm" c="dimmed">
        {explanation}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={label}
          readOnly
          value={url}
          style={{ flex: 1 }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <ActionIcon
              variant="light"
              {...(copied && { color: 'teal' })}
              size="input-sm"
              aria-label={copied ? words.copied : words.copyLink}
              onClick={copy}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
