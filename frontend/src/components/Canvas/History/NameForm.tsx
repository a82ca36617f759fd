/** Giving a name to a version. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../i18n';

const LONGEST = 120;

interface Props {
  label: string;
  button: string;
  initial?: string;
  busy: boolean;
  /** It was asked for just now, so typing can begin. */
  takesFocus?: boolean;
  onSubmit: (name: string) => void;
}

const takeFocus = (input: HTMLInputElement | null) => input?.select();

export function NameForm({ label, button, initial = '', busy, takesFocus, onSubmit }: Props) {
  const [name, setName] = useState(initial);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const given = name.trim();
        if (given) onSubmit(given);
        setName('');
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          size="xs"
          label={label}
          placeholder={t().history.placeholder}
          maxLength={LONGEST}
          style={{ flex: 1 }}
          value={name}
          {...(takesFocus && { ref: takeFocus })}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" variant="light" type="submit" loading={busy} disabled={!name.trim()}>
          {button}
        </Button>
      </Group>
    </form>
  );
}
