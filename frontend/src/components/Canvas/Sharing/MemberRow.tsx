/** One member: who, in which role, and what the owner may change about it. */
import { ActionIcon, Avatar, Group, Menu, NativeSelect, Text } from '@mantine/core';
import { IconCrown, IconDots, IconUserMinus } from '@tabler/icons-react';
import { t } from '../../../i18n';
import type { Member, Role } from '../../../types/api';
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
      {mayChange ? (
        <Group gap={4} wrap="nowrap">
          <NativeSelect
            size="xs"
            aria-label={words.roleOf(member.name)}
            data={roles()}
            value={member.role}
            onChange={(event) => onRole(toRole(event.currentTarget.value))}
          />
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={words.moreFor(member.name)}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCrown size={16} />} onClick={onTransfer}>
                {words.makeOwner}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconUserMinus size={16} />}
                aria-label={words.remove(member.name)}
                onClick={onRemove}
              >
                {words.removeMember}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      ) : (
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {words[member.role]}
        </Text>
      )}
    </Group>
  );
}
