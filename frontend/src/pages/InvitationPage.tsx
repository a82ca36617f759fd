/** Where an invitation's link leads: accepting it, then on to the canvas. */
import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { CenteredLoader } from '../components/ui/CenteredLoader';
import { useAcceptInvitation } from '../hooks/useMembers';

export function InvitationPage() {
  const [, navigate] = useLocation();
  // The secret stands after `#`, where no server log sees it.
  const token = window.location.hash.slice(1);
  const { mutate, error } = useAcceptInvitation();

  useEffect(() => {
    if (!token) return;
    mutate(token, {
      onSuccess: ({ canvas_id }) => navigate(`/canvas/${canvas_id}`, { replace: true }),
    });
  }, [token, mutate, navigate]);

  if (token && !error) return <CenteredLoader label="Accepting the invitation" />;
  return (
    <Center h="100dvh" p="md" component="main">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3">
          This invitation cannot be used
        </Title>
        <Text c="dimmed" ta="center" role="alert">
          {error?.message ?? 'The link is not complete. Ask for it once more.'}
        </Text>
        <Button component={Link} href="/" mt="sm">
          All canvases
        </Button>
      </Stack>
    </Center>
  );
}
