/** API tokens: made with a name, their secret shown once, revoked when they are no longer needed. */
import {
  ActionIcon,
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTokens } from '../../hooks/useAccount';
import { t } from '../../i18n';
import type { ApiToken } from '../../types/api';
import { ErrorNote } from '../ui/ErrorNote';
import { notifyError } from '../ui/notices';
import { dateOf } from '../ui/numbers';
import { timeAgo } from '../ui/timeAgo';

export function Tokens() {
  const { list, create, revoke } = useTokens();
  const [name, setName] = useState('');
  const words = t().settings;
  const submit = () => {
    if (!name.trim()) return;
    create.mutate(name.trim(), { onSuccess: () => setName(''), onError: notifyError });
  };
  return (
    <Stack gap="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={words.tokenName}
            placeholder={words.tokenPlaceholder}
            maxLength={120}
            value={name}
            style={{ flex: '1 1 200px' }}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
            {words.create}
          </Button>
        </Group>
      </form>
      {create.data && <Secret secret={create.data} onDone={create.reset} />}
      {list.isError && <ErrorNote message={list.error.message} />}
      {list.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noTokens}
        </Text>
      )}
      <Stack gap="sm" component="ul" p={0} m={0} aria-label={words.tokens}>
        {list.data?.map((token) => (
          <Row
            key={token.id}
            token={token}
            onRevoke={() => revoke.mutate(token.id, { onError: notifyError })}
          />
        ))}
      </Stack>
    </Stack>
  );
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const words = t().settings;
  return (
    <Alert color="teal" title={words.secret} role="status">
      <Text size="sm" mb="xs">
        {words.secretOnce}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere' }} data-testid="secret">
          {secret}
        </Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <ActionIcon variant="default" aria-label={words.copy} onClick={copy}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
      <Button size="compact-sm" variant="default" mt="sm" onClick={onDone}>
        {words.understood}
      </Button>
    </Alert>
  );
}

function Row({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }) {
  const words = t().settings;
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" truncate>
          {token.name}
        </Text>
        <Text size="xs" c="dimmed">
          {words.lastSeen(timeAgo(token.seen_at))}, {words.validUntil(dateOf(token.expires_at))}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={words.revokeOf(token.name)}
        style={{ flex: 'none' }}
        onClick={onRevoke}
      >
        {words.revoke}
      </Button>
    </Group>
  );
}
