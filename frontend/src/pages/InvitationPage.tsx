/** Where an invitation's link leads: accepting it, then on to the canvas. */
import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { CenteredLoader } from '../components/ui/CenteredLoader';
import { useAcceptInvitation } from '../hooks/useMembers';
import { t } from '../i18n';

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

  if (token && !error) return <CenteredLoader label={t().app.accepting} />;
  return (
    <Center h="100dvh" p="md" component="main">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3">
          {t().app.invitationBroken}
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
