/** Shown instead of a canvas that is no longer there for this person. */
import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link, Redirect } from 'wouter';
import { t } from '../../i18n';
import { notify } from '../ui/notices';

type Ending = 'removed' | 'deleted' | 'unavailable';

/** The person left by their own wish. */
export function Left({ title }: { title: string }) {
  useEffect(() => {
    notify(t().sharing.left(title));
  }, [title]);
  return <Redirect to="/" />;
}

export function CanvasEnded({ ending }: { ending: Ending }) {
  const [title, text] = t().canvas.ended[ending];
  return (
    <Center h="100dvh" p="md" component="main">
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
