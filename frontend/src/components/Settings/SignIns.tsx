/** Where the account is signed in; each sign-in can be ended. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useSignIns } from '../../hooks/useAccount';
import { t } from '../../i18n';
import type { SignIn } from '../../types/api';
import { CenteredLoader } from '../ui/CenteredLoader';
import { ErrorNote } from '../ui/ErrorNote';
import { notify, notifyError } from '../ui/notices';
import { timeAgo } from '../ui/timeAgo';
import { describeAgent } from './agents';

export function SignIns() {
  const { list, end } = useSignIns();
  const words = t().settings;
  if (list.isPending) return <CenteredLoader />;
  if (list.isError) {
    return <ErrorNote message={list.error.message} onRetry={() => void list.refetch()} />;
  }
  const finish = (id: string) =>
    end.mutate(id, { onSuccess: () => notify(words.ended), onError: notifyError });
  return (
    <Stack gap="sm" component="ul" p={0} m={0} aria-label={words.sessions}>
      {list.data.map((session) => (
        <Row key={session.id} session={session} onEnd={() => finish(session.id)} />
      ))}
    </Stack>
  );
}

function Row({ session, onEnd }: { session: SignIn; onEnd: () => void }) {
  const words = t().settings;
  const name = describeAgent(session.name) ?? (session.name || words.unknownAgent);
  const shown = session.kind === 'login' ? `${name} (${words.program})` : name;
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm" title={session.name}>
            {shown}
          </Text>
          {session.current && (
            <Badge size="sm" variant="light" color="teal" tt="none">
              {words.thisOne}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {words.lastSeen(timeAgo(session.seen_at))}
        </Text>
      </div>
      {!session.current && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={words.endOf(shown)}
          style={{ flex: 'none' }}
          onClick={onEnd}
        >
          {words.end}
        </Button>
      )}
    </Group>
  );
}
