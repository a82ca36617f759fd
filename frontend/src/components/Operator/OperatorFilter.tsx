/** Which of everybody's jobs to list: by state, person, canvas and time. */
import { Group, NativeSelect, Pill, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OperatorQuery } from '../../hooks/useOperator';
import { t } from '../../i18n';
import { JOB_STATES } from '../Jobs/JobFilter';
import classes from '../Jobs/JobFilter.module.css';

interface Props {
  query: OperatorQuery;
  /** The name of the person whose jobs are listed, if one was chosen from the list. */
  name: string | null;
  onChange: (change: Partial<OperatorQuery>) => void;
}

export function OperatorFilter({ query, name, onChange }: Props) {
  const words = t().operator;
  const jobs = t().jobs;
  const hours = [
    { value: '', label: jobs.anyTime },
    { value: '1', label: words.periods.hour },
    { value: '24', label: jobs.lastDay },
    { value: '168', label: jobs.lastWeek },
  ];
  return (
    <Group gap="sm" align="flex-end" className={classes.filter}>
      <NativeSelect
        label={jobs.state}
        value={query.status ?? ''}
        data={[
          { value: '', label: jobs.any },
          ...JOB_STATES.map((value) => ({ value, label: jobs.states[value] })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ status: JOB_STATES.find((state) => state === value) ?? null })
        }
      />
      <Person key={query.user} user={name ? '' : query.user} onChange={onChange} />
      <NativeSelect
        label={jobs.time}
        value={query.hours === null ? '' : String(query.hours)}
        data={hours}
        onChange={({ currentTarget: { value } }) =>
          onChange({ hours: value ? Number(value) : null })
        }
      />
      {name && <Chosen text={words.ofOnePerson(name)} onRemove={() => onChange({ user: '' })} />}
      {query.canvasId && (
        <Chosen text={words.ofOneCanvas} onRemove={() => onChange({ canvasId: null })} />
      )}
    </Group>
  );
}

/** Asked for when it is complete: with Enter, or on leaving the field. */
function Person({ user, onChange }: { user: string; onChange: Props['onChange'] }) {
  const words = t().operator;
  const [typed, setTyped] = useState(user);
  const done = () => {
    if (typed.trim() !== user) onChange({ user: typed.trim() });
  };
  return (
    <TextInput
      label={words.person}
      placeholder={words.personHint}
      type="email"
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === 'Enter' && done()}
    />
  );
}

function Chosen({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <Pill
      size="md"
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{
        'aria-label': t().operator.clearOne(text),
        'aria-hidden': false,
        tabIndex: 0,
      }}
    >
      {text}
    </Pill>
  );
}
