/** Shown instead of a canvas that is no longer there for this person. */
import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { t } from '../../i18n';

type Ending = 'removed' | 'deleted' | 'unavailable';

export function CanvasEnded({ ending }: { ending: Ending }) {
  const [title, text] = t().canvas.ended[ending];
  return (
    <Center h="100dvh" p="md">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3" ta="center">
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
        <Button component={Link} href="/" mt="sm">
          {t().app.allCanvases}
        </Button>
      </Stack>
    </Center>
  );
}
