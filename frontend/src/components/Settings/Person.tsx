/** The name that others see. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRenamePerson } from '../../hooks/useSession';
import { t } from '../../i18n';
import type { User } from '../../types/api';
import { notify, notifyError } from '../ui/notices';

const LONGEST = 80;

export function Person({ user }: { user: User }) {
  const words = t().settings;
  const rename = useRenamePerson();
  const [name, setName] = useState(user.name);
  const wanted = name.trim();
  const changed = wanted !== '' && wanted !== user.name;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!changed) return;
        rename.mutate(wanted, { onSuccess: () => notify(words.renamed), onError: notifyError });
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t().app.name}
          autoComplete="name"
          maxLength={LONGEST}
          value={name}
          style={{ flex: '1 1 200px' }}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={rename.isPending} disabled={!changed}>
          {t().app.save}
        </Button>
      </Group>
    </form>
  );
}
