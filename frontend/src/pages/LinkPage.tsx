/** Where a link with a secret leads: it is used once here, then on to the canvas. */
import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { CenteredLoader } from '../components/ui/CenteredLoader';
import type { useOpenShareLink } from '../hooks/useMembers';
import { t } from '../i18n';

interface Props {
  enter: ReturnType<typeof useOpenShareLink>;
  waiting: string;
  failed: string;
}

export function LinkPage({ enter, waiting, failed }: Props) {
  const [, navigate] = useLocation();
  // The secret stands after `#`, where no server log sees it.
  const token = window.location.hash.slice(1);
  const { mutate, error } = enter;

  useEffect(() => {
    if (!token) return;
    mutate(token, {
      onSuccess: ({ canvas_id }) => navigate(`/canvas/${canvas_id}`, { replace: true }),
    });
  }, [token, mutate, navigate]);

  if (token && !error) return <CenteredLoader label={waiting} />;
  return (
    <Center h="100dvh" p="md" component="main">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3" ta="center">
          {failed}
        </Title>
        <Text c="dimmed" ta="center" role="alert">
          {error?.message ?? t().app.incompleteLink}
        </Text>
        <Button component={Link} href="/" mt="sm">
          {t().app.allCanvases}
        </Button>
      </Stack>
    </Center>
  );
}
