/** Shown instead of a canvas that is no longer there for this person. */
import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';

const WORDS = {
  removed: ['You were removed from this canvas', 'Its owner ended your access.'],
  deleted: ['This canvas was deleted', 'Its owner deleted it for everybody.'],
  unavailable: ['This canvas is not available', 'It does not exist, or it is not shared with you.'],
} as const;

export function CanvasEnded({ ending }: { ending: keyof typeof WORDS }) {
  const [title, text] = WORDS[ending];
  return (
    <Center h="100dvh" p="md">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3" ta="center">
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
        <Button component={Link} href="/" mt="sm">
          All canvases
        </Button>
      </Stack>
    </Center>
  );
}
