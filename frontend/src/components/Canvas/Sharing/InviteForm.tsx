/** Inviting by address: an account is on the canvas at once, anybody else gets a link. */
import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { useMembers } from '../../../hooks/useMembers';
import { t } from '../../../i18n';
import type { Role } from '../../../types/api';
import { SecretLink } from '../../ui/SecretLink';
import { roles, toRole } from './roles';

export function InviteForm({ invite }: { invite: ReturnType<typeof useMembers>['invite'] }) {
  const words = t().sharing;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const shared = invite.data;
  const invitation = shared && 'invitation' in shared ? shared.invitation : undefined;
  const added = shared && 'member' in shared ? shared.member : undefined;
  const submit = () => {
    if (email.trim()) {
      invite.mutate({ email: email.trim(), role }, { onSuccess: () => setEmail('') });
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t().app.email}
          type="email"
          required
          withAsterisk={false}
          data-autofocus
          placeholder="ben@example.com"
          style={{ flex: '1 1 180px' }}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.role}
          data={roles()}
          value={role}
          onChange={(event) => setRole(toRole(event.currentTarget.value))}
        />
        <Button type="submit" loading={invite.isPending}>
          {words.invite}
        </Button>
      </Group>
      <div role="status">
        {added && (
          <Text size="sm" mt="xs" c="dimmed">
            {words.canOpenNow(added.name)}
          </Text>
        )}
        {invitation && (
          <SecretLink
            url={invitation.url}
            label={words.invitationLink}
            explanation={words.sendLink(invitation.email)}
          />
        )}
      </div>
      {invite.isError && (
        <Text size="sm" mt="xs" c="red" role="alert">
          {invite.error.message}
        </Text>
      )}
    </form>
  );
}
