/** Invitations that wait: sent once more with a new link, or withdrawn. */
import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { t } from '../../../i18n';
import type { Invitation } from '../../../types/api';

interface Props {
  invitations: readonly Invitation[];
  onAgain: (invitation: Invitation) => void;
  onWithdraw: (id: string) => void;
}

export function Invitations({ invitations, onAgain, onWithdraw }: Props) {
  const words = t().sharing;
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby="open-invitations">
      <Text component="h3" id="open-invitations" size="sm" fw={600} mb={6}>
        {words.invitations}
      </Text>
      <Stack gap="xs" component="ul" p={0} m={0}>
        {invitations.map((invitation) => (
          <Group key={invitation.id} component="li" wrap="nowrap" justify="space-between">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" truncate>
                {invitation.email}
              </Text>
              <Text size="xs" c="dimmed">
                {words.invitedAs[invitation.role]}
              </Text>
            </div>
            <Group gap={4} wrap="nowrap">
              <Button
                size="compact-xs"
                variant="light"
                aria-label={words.newLinkFor(invitation.email)}
                onClick={() => onAgain(invitation)}
              >
                {words.newInvitation}
              </Button>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={words.withdrawOf(invitation.email)}
                onClick={() => onWithdraw(invitation.id)}
              >
                <IconX size={16} />
              </ActionIcon>
            </Group>
          </Group>
        ))}
      </Stack>
    </section>
  );
}
