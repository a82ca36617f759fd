/** Who has the canvas open: faces to follow, and the list of everybody. */
import { Avatar, Group, Text, UnstyledButton } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { t } from '../../i18n';
import type { PresentMember } from '../../types/protocol';
import { LazyMenu } from '../ui/LazyMenu';
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
          <UnstyledButton
            key={member.user_id}
            className={classes.face}
            title={words.follow(member.name)}
            aria-label={words.follow(member.name)}
            aria-pressed={member.user_id === followed}
            onClick={() => toggle(member.user_id)}
          >
            <Avatar name={member.name} color="initials" size={28} aria-hidden />
          </UnstyledButton>
        ))}
      </div>
      <LazyMenu
        title={words.here}
        className={classes.list}
        target={
          <UnstyledButton
            className={classes.count}
            aria-label={words.hereNow(members.map((member) => member.name).join(', '))}
          >
            {members.length}
          </UnstyledButton>
        }
        entries={members.map((member) => ({
          key: member.user_id,
          disabled: member.user_id === userId,
          icon: <Avatar name={member.name} color="initials" size={24} aria-hidden />,
          sign: member.user_id !== userId && <IconEye size={14} aria-hidden />,
          name: member.user_id === userId ? t().sharing.you : words.follow(member.name),
          label: <Who member={member} isSelf={member.user_id === userId} />,
          onSelect: () => toggle(member.user_id),
        }))}
      />
    </Group>
  );
}

function Who({ member, isSelf }: { member: PresentMember; isSelf: boolean }) {
  const words = t().sharing;
  return (
    <>
      <Text size="sm" truncate>
        {member.name} {isSelf && words.you}
      </Text>
      {member.role && (
        <Text size="xs" c="dimmed">
          {words[member.role]}
        </Text>
      )}
    </>
  );
}
