/** Who has the canvas open: faces to follow, and the list of everybody. */
import { Avatar, Group, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { t } from '../../i18n';
import type { PresentMember } from '../../types/protocol';
import classes from './People.module.css';

const FACES = 4;

interface Props {
  members: readonly PresentMember[];
  userId: string;
  followed: string | null;
  onFollow: (userId: string | null) => void;
}

export function People({ members, userId, followed, onFollow }: Props) {
  const words = t().canvas;
  const others = members.filter((member) => member.user_id !== userId);
  if (others.length === 0) return null;
  const toggle = (id: string) => onFollow(id === followed ? null : id);
  const faces = others.slice(0, FACES);
  return (
    <Group gap={4} wrap="nowrap">
      <div className={classes.faces}>
        {faces.map((member) => (
          <Tooltip key={member.user_id} label={words.follow(member.name)}>
            <UnstyledButton
              className={classes.face}
              aria-label={words.follow(member.name)}
              aria-pressed={member.user_id === followed}
              onClick={() => toggle(member.user_id)}
            >
              <Avatar name={member.name} color="initials" size={28} aria-hidden />
            </UnstyledButton>
          </Tooltip>
        ))}
      </div>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <UnstyledButton
            className={classes.count}
            aria-label={words.hereNow(members.map((member) => member.name).join(', '))}
          >
            {members.length}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={classes.list}>
          <Menu.Label>{words.here}</Menu.Label>
          {members.map((member) => (
            <Menu.Item
              key={member.user_id}
              disabled={member.user_id === userId}
              leftSection={<Avatar name={member.name} color="initials" size={24} aria-hidden />}
              rightSection={member.user_id !== userId && <IconEye size={14} aria-hidden />}
              aria-label={member.user_id === userId ? t().sharing.you : words.follow(member.name)}
              onClick={() => toggle(member.user_id)}
            >
              <Text size="sm" truncate>
                {member.name} {member.user_id === userId && t().sharing.you}
              </Text>
              {member.role && (
                <Text size="xs" c="dimmed">
                  {t().sharing[member.role]}
                </Text>
              )}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
