/** Links that let in everybody who has them: made, copied once, revoked. */
import { ActionIcon, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconLink, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useShareLinks } from '../../../hooks/useShareLinks';
import { t } from '../../../i18n';
import type { Role } from '../../../types/api';
import { dateOf } from '../../ui/numbers';
import { notifyError } from '../../ui/notices';
import { SecretLink } from '../../ui/SecretLink';
import { toRole } from './roles';

const lifetimes = () => {
  const words = t().sharing;
  return [
    { value: '1', label: words.inDay },
    { value: '7', label: words.inWeek },
    { value: '30', label: words.inMonth },
    { value: '365', label: words.inYear },
  ];
};

export function ShareLinks({ canvasId }: { canvasId: string }) {
  const words = t().sharing;
  const { list, create, revoke } = useShareLinks(canvasId);
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState('30');
  const made = create.data;
  return (
    <section aria-labelledby="share-links">
      <Text component="h3" id="share-links" size="sm" fw={600}>
        {words.links}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {words.linksText}
      </Text>
      <Group align="flex-end" gap="xs">
        <NativeSelect
          size="xs"
          label={words.linkRole}
          data={[
            { value: 'viewer', label: words.canView },
            { value: 'editor', label: words.canEdit },
          ]}
          value={role}
          onChange={(event) => setRole(toRole(event.currentTarget.value))}
        />
        <NativeSelect
          size="xs"
          label={words.expires}
          data={lifetimes()}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="light"
          leftSection={<IconLink size={16} />}
          loading={create.isPending}
          onClick={() => create.mutate({ role, days: Number(days) }, { onError: notifyError })}
        >
          {words.newLink}
        </Button>
      </Group>
      <div role="status">
        {made?.url && (
          <SecretLink url={made.url} label={words.shareLink} explanation={words.shownOnce} />
        )}
      </div>
      <Stack gap={4} mt="xs" component="ul" p={0} m={0} aria-labelledby="share-links">
        {list.data?.map((link) => {
          const what = `${words.linkFor[link.role]}, ${words.until(dateOf(link.expires_at))}`;
          return (
            <Group key={link.id} component="li" wrap="nowrap" justify="space-between">
              <Text size="sm" truncate>
                {what}
              </Text>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={words.revokeLink(what)}
                onClick={() => {
                  if (made?.id === link.id) create.reset();
                  revoke.mutate(link.id, { onError: notifyError });
                }}
              >
                <IconX size={16} />
              </ActionIcon>
            </Group>
          );
        })}
      </Stack>
    </section>
  );
}
