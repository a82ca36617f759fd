/** There is nothing yet: what it would be, and how to get there. */
import { Center, Stack, Text, Title } from '@mantine/core';
import { IconShape2 } from '@tabler/icons-react';

export function EmptyNote({ title, text }: { title: string; text: string }) {
  return (
    <Center py={60}>
      <Stack align="center" gap="xs" maw={440}>
        <IconShape2 size={48} stroke={1.2} color="var(--mantine-color-dimmed)" aria-hidden />
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed" ta="center" size="sm">
          {text}
        </Text>
      </Stack>
    </Center>
  );
}
