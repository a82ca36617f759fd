/** One member: who, in which role, and what the owner may change about it. */
import { ActionIcon, Avatar, Group, NativeSelect, Text } from '@mantine/core';
import { IconCrown, IconDots, IconUserMinus } from '@tabler/icons-react';
import { t } from '../../../i18n';
import type { Member, Role } from '../../../types/api';
import { LazyMenu } from '../../ui/LazyMenu';
import classes from './MemberRow.module.css';
import { roles, toRole } from './roles';

interface Props {
  member: Member;
  isSelf: boolean;
  manages: boolean;
  onRole: (role: Role) => void;
  onRemove: () => void;
  onTransfer: () => void;
}

export function MemberRow({ member, isSelf, manages, onRole, onRemove, onTransfer }: Props) {
  const mayChange = manages && member.role !== 'owner';
  const words = t().sharing;
  return (
    <Group component="li" justify="space-between" gap="xs">
      <Group gap="sm" wrap="nowrap" className={classes.who}>
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
      {mayChange ? (
        <Group gap={4} wrap="nowrap" className={classes.powers}>
          <NativeSelect
            size="xs"
            aria-label={words.roleOf(member.name)}
            data={roles()}
            value={member.role}
            onChange={(event) => onRole(toRole(event.currentTarget.value))}
          />
          <LazyMenu
            target={
              <ActionIcon variant="subtle" color="gray" aria-label={words.moreFor(member.name)}>
                <IconDots size={16} />
              </ActionIcon>
            }
            entries={[
              {
                key: 'transfer',
                icon: <IconCrown size={16} />,
                label: words.makeOwner,
                onSelect: onTransfer,
              },
              {
                key: 'remove',
                icon: <IconUserMinus size={16} />,
                label: words.removeMember,
                name: words.remove(member.name),
                dangerous: true,
                onSelect: onRemove,
              },
            ]}
          />
        </Group>
      ) : (
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {words[member.role]}
        </Text>
      )}
    </Group>
  );
}
