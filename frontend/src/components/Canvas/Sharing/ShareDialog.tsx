/** Who may open the canvas: members and roles, invitations, links, ownership, and leaving. */
import { Button, Divider, Modal, Stack, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useMembers } from '../../../hooks/useMembers';
import { t } from '../../../i18n';
import type { Member, Role, User } from '../../../types/api';
import { CenteredLoader } from '../../ui/CenteredLoader';
import { ErrorNote } from '../../ui/ErrorNote';
import { notify, notifyError } from '../../ui/notices';
import { Question } from '../../ui/Question';
import { Invitations } from './Invitations';
import { InviteForm } from './InviteForm';
import { MemberRow } from './MemberRow';
import { ShareLinks } from './ShareLinks';

interface Props {
  canvasId: string;
  user: User;
  role: Role;
  opened: boolean;
  onClose: () => void;
  /** The person is about to leave by their own wish; `false` if that failed. */
  onLeaving: (leaving: boolean) => void;
}

export default function ShareDialog({ opened, onClose, ...rest }: Props) {
  // Loaded when it is first asked for: it has to see itself opened to give the focus back.
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setShown(opened));
    return () => cancelAnimationFrame(frame);
  }, [opened]);
  return (
    <Modal
      opened={shown}
      onClose={onClose}
      title={t().canvas.share}
      size="lg"
      closeButtonProps={{ 'aria-label': t().app.close }}
    >
      {shown && <Sharing {...rest} />}
    </Modal>
  );
}

type Asked = { about: 'transfer'; member: Member } | { about: 'leave' };

function Sharing({ canvasId, user, role, onLeaving }: Omit<Props, 'opened' | 'onClose'>) {
  const members = useMembers(canvasId, role);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { list } = members;
  if (list.isPending) return <CenteredLoader />;
  if (list.isError) {
    return <ErrorNote message={list.error.message} onRetry={() => void list.refetch()} />;
  }
  const answered = () => setAsked(null);
  if (asked?.about === 'transfer') {
    return <Transfer member={asked.member} transfer={members.transfer} onAnswered={answered} />;
  }
  if (asked) {
    const { leave } = members;
    return <Leave userId={user.id} leave={leave} onLeaving={onLeaving} onAnswered={answered} />;
  }
  return (
    <Stack>
      <Members
        members={members}
        user={user}
        manages={role === 'owner'}
        onTransfer={(member) => setAsked({ about: 'transfer', member })}
      />
      {role === 'owner' ? (
        <>
          <Invitations
            invitations={members.invitations.data ?? []}
            onAgain={({ email, role: as }) => members.invite.mutate({ email, role: as })}
            onWithdraw={(id) => members.withdraw.mutate(id, { onError: notifyError })}
          />
          <Divider />
          <ShareLinks canvasId={canvasId} />
        </>
      ) : (
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconLogout size={16} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setAsked({ about: 'leave' })}
        >
          {t().sharing.leave}
        </Button>
      )}
    </Stack>
  );
}

interface MembersProps {
  members: ReturnType<typeof useMembers>;
  user: User;
  manages: boolean;
  onTransfer: (member: Member) => void;
}

function Members({ members, user, manages, onTransfer }: MembersProps) {
  const { list, invite, changeRole, remove } = members;
  return (
    <>
      {manages ? (
        <InviteForm invite={invite} />
      ) : (
        <Text size="sm" c="dimmed">
          {t().sharing.onlyOwner}
        </Text>
      )}
      <Stack gap="xs" component="ul" p={0} m={0} aria-label={t().sharing.members}>
        {list.data?.map((member) => (
          <MemberRow
            key={member.user_id}
            member={member}
            isSelf={member.user_id === user.id}
            manages={manages}
            onRole={(role) =>
              changeRole.mutate({ userId: member.user_id, role }, { onError: notifyError })
            }
            onRemove={() => remove.mutate(member.user_id, { onError: notifyError })}
            onTransfer={() => onTransfer(member)}
          />
        ))}
      </Stack>
    </>
  );
}

interface TransferProps {
  member: Member;
  transfer: ReturnType<typeof useMembers>['transfer'];
  onAnswered: () => void;
}

function Transfer({ member, transfer, onAnswered }: TransferProps) {
  const words = t().sharing;
  return (
    <Question
      question={words.transferQuestion(member.name)}
      text={words.transferText(member.name)}
      confirm={words.makeOwner}
      busy={transfer.isPending}
      onCancel={onAnswered}
      onConfirm={() =>
        transfer.mutate(member.user_id, {
          onSuccess: () => notify(words.transferred(member.name)),
          onError: notifyError,
          onSettled: onAnswered,
        })
      }
    />
  );
}

interface LeaveProps extends Pick<Props, 'onLeaving'> {
  userId: string;
  leave: ReturnType<typeof useMembers>['leave'];
  onAnswered: () => void;
}

function Leave({ userId, leave, onLeaving, onAnswered }: LeaveProps) {
  const words = t().sharing;
  const go = () => {
    onLeaving(true);
    leave.mutate(userId, {
      onError: (error) => {
        onLeaving(false);
        notifyError(error);
        onAnswered();
      },
    });
  };
  return (
    <Question
      question={words.leaveQuestion}
      text={words.leaveText}
      confirm={words.leave}
      dangerous
      busy={leave.isPending}
      onConfirm={go}
      onCancel={onAnswered}
    />
  );
}
