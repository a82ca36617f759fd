/** Which jobs to list: by state, canvas and time. */
import { Group, NativeSelect } from '@mantine/core';
import type { JobQuery } from '../../hooks/useJobs';
import { t } from '../../i18n';
import classes from './JobFilter.module.css';
import type { JobStatus } from '../../types/ai';
import type { Canvas } from '../../types/api';

export const JOB_STATES: readonly JobStatus[] = [
  'queued',
  'processing',
  'completed',
  'failed',
  'cancelled',
];

interface Props {
  query: JobQuery;
  canvases: readonly Canvas[];
  onChange: (change: Partial<JobQuery>) => void;
}

export function JobFilter({ query, canvases, onChange }: Props) {
  const words = t().jobs;
  const days = [
    { value: '', label: words.anyTime },
    { value: '1', label: words.lastDay },
    { value: '7', label: words.lastWeek },
    { value: '30', label: words.lastMonth },
  ];
  return (
    <Group gap="sm" align="flex-end" className={classes.filter}>
      <NativeSelect
        label={words.state}
        value={query.status ?? ''}
        data={[
          { value: '', label: words.any },
          ...JOB_STATES.map((value) => ({ value, label: words.states[value] })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ status: JOB_STATES.find((state) => state === value) ?? null })
        }
      />
      <NativeSelect
        label={words.canvas}
        value={query.canvasId ?? ''}
        maw={260}
        data={[
          { value: '', label: words.anyCanvas },
          ...canvases.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onChange={({ currentTarget: { value } }) => onChange({ canvasId: value || null })}
      />
      <NativeSelect
        label={words.time}
        value={query.days === null ? '' : String(query.days)}
        data={days}
        onChange={({ currentTarget: { value } }) =>
          onChange({ days: value ? Number(value) : null })
        }
      />
    </Group>
  );
}
