/** Who is on the canvas: members with their roles, invitations that wait, and a form for more. */
import {
  ActionIcon,
  Avatar,
  Button,
  CopyButton,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useMembers } from '../../hooks/useMembers';
import { t } from '../../i18n';
import type { Member, Role, User } from '../../types/api';
import { CenteredLoader } from '../ui/CenteredLoader';
import { ErrorNote } from '../ui/ErrorNote';
import { tellError } from '../ui/notices';

const roles = () => [
  { value: 'editor', label: t().sharing.editor },
  { value: 'viewer', label: t().sharing.viewer },
];
const toRole = (value: string): Role => (value === 'viewer' ? 'viewer' : 'editor');

interface Props {
  canvasId: string;
  user: User;
  role: Role;
  opened: boolean;
  onClose: () => void;
}

export function ShareDialog({ opened, onClose, ...rest }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t().canvas.share}
      closeButtonProps={{ 'aria-label': t().app.close }}
    >
      {opened && <Sharing {...rest} />}
    </Modal>
  );
}

function Sharing({ canvasId, user, role }: Omit<Props, 'opened' | 'onClose'>) {
  const manages = role === 'owner';
  const { members, invitations, remove, changeRole, withdraw, ...sharing } = useMembers(
    canvasId,
    manages,
  );
  if (members.isPending) return <CenteredLoader />;
  if (members.isError) {
    return <ErrorNote message={members.error.message} onRetry={() => void members.refetch()} />;
  }
  return (
    <Stack>
      {manages ? (
        <InviteForm invite={sharing.invite} />
      ) : (
        <Text size="sm" c="dimmed">
          {t().sharing.onlyOwner}
        </Text>
      )}
      <Stack gap="xs" component="ul" p={0} m={0} aria-label={t().sharing.members}>
        {members.data.map((member) => (
          <MemberRow
            key={member.user_id}
            member={member}
            isSelf={member.user_id === user.id}
            manages={manages}
            onRole={(next) =>
              changeRole.mutate({ userId: member.user_id, role: next }, { onError: tellError })
            }
            onRemove={() => remove.mutate(member.user_id, { onError: tellError })}
          />
        ))}
        {invitations.data?.map((invitation) => (
          <Group key={invitation.id} component="li" wrap="nowrap" justify="space-between">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" truncate>
                {invitation.email}
              </Text>
              <Text size="xs" c="dimmed">
                {t().sharing.invitedAs[invitation.role]}
              </Text>
            </div>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onClick={() => withdraw.mutate(invitation.id, { onError: tellError })}
            >
              {t().sharing.withdraw}
            </Button>
          </Group>
        ))}
      </Stack>
    </Stack>
  );
}

interface RowProps {
  member: Member;
  isSelf: boolean;
  manages: boolean;
  onRole: (role: Role) => void;
  onRemove: () => void;
}

function MemberRow({ member, isSelf, manages, onRole, onRemove }: RowProps) {
  const mayChange = manages && member.role !== 'owner';
  const words = t().sharing;
  return (
    <Group component="li" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        <Avatar name={member.name} color="initials" size={32} />
        <div style={{ minWidth: 0 }}>
          <Text size="sm" truncate>
            {member.name} {isSelf && words.you}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {member.email}
          </Text>
        </div>
      </Group>
      <Group gap={4} wrap="nowrap">
        {mayChange ? (
          <NativeSelect
            size="xs"
            aria-label={words.roleOf(member.name)}
            data={roles()}
            value={member.role}
            onChange={(event) => onRole(toRole(event.currentTarget.value))}
          />
        ) : (
          <Text size="xs" c="dimmed">
            {words[member.role]}
          </Text>
        )}
        {(mayChange || (isSelf && member.role !== 'owner')) && (
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={isSelf ? words.leave : words.remove(member.name)}
            onClick={onRemove}
          >
            <IconX size={16} />
          </ActionIcon>
        )}
      </Group>
    </Group>
  );
}

function InviteForm({ invite }: { invite: ReturnType<typeof useMembers>['invite'] }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const link = invite.data?.invitation?.url;
  const added = invite.data?.member;
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
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label={t().app.email}
          type="email"
          required
          withAsterisk={false}
          data-autofocus
          placeholder="ben@example.com"
          style={{ flex: 1 }}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={t().sharing.role}
          data={roles()}
          value={role}
          onChange={(event) => setRole(toRole(event.currentTarget.value))}
        />
        <Button type="submit" loading={invite.isPending}>
          {t().sharing.invite}
        </Button>
      </Group>
      <div role="status">
        {added && (
          <Text size="sm" mt="xs" c="dimmed">
            {t().sharing.canOpenNow(added.name)}
          </Text>
        )}
        {link && (
          <Stack gap={4} mt="xs">
            <Text size="sm" c="dimmed">
              {t().sharing.sendLink}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <TextInput
                aria-label={t().sharing.invitationLink}
                readOnly
                value={link}
                style={{ flex: 1 }}
                onFocus={(event) => event.currentTarget.select()}
              />
              <CopyButton value={link}>
                {({ copied, copy }) => (
                  <ActionIcon
                    variant="default"
                    size="lg"
                    aria-label={t().sharing.copyLink}
                    onClick={copy}
                  >
                    {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                  </ActionIcon>
                )}
              </CopyButton>
            </Group>
          </Stack>
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
