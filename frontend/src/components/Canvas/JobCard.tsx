/** One job: whose, what, how far, and what can be done about it. */
import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { describeProgress, isFinished } from '../../sync/jobs';
import type { JobStatus, JobView } from '../../types/ai';
import classes from './JobCard.module.css';

export interface JobActions {
  cancel: (job: JobView) => void;
  retry: (job: JobView) => void;
  undo: (job: JobView) => void;
  dismiss?: (job: JobView) => void;
}

interface Props extends JobActions {
  job: JobView;
  userId: string;
  canEdit: boolean;
}

const COLORS: Record<JobStatus, string> = {
  queued: 'gray',
  processing: 'indigo',
  completed: 'teal',
  failed: 'red',
  cancelled: 'gray',
};

export function JobCard({ job, userId, canEdit, cancel, retry, undo, dismiss }: Props) {
  const mine = job.requestedBy === null || job.requestedBy.id === userId;
  const author = job.requestedBy?.name ?? 'someone';
  const title = job.instructions ?? `A job of ${author}`;
  const active = !isFinished(job.status);
  const value = job.status === 'completed' ? 100 : job.progress;
  return (
    <article className={classes.card} aria-label={title} data-status={job.status}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Text size="sm" fw={500} lineClamp={2} className={classes.title}>
          {title}
        </Text>
        {dismiss && !active && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label="Dismiss"
            onClick={() => dismiss(job)}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
      {!mine && (
        <Text size="xs" c="dimmed">
          asked for by {author}
        </Text>
      )}
      <Progress.Root size="sm" my={8}>
        <Progress.Section
          value={value}
          color={COLORS[job.status]}
          aria-label="Progress"
          animated={job.status === 'processing'}
        />
      </Progress.Root>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="center">
        <Text size="xs" className={classes.phase}>
          {describeProgress(job)}
          {job.attempt > 1 && active ? ` (attempt ${job.attempt})` : ''}
        </Text>
        <Group gap={6} wrap="nowrap">
          {active && canEdit && (
            <Button size="compact-xs" variant="default" onClick={() => cancel(job)}>
              Cancel
            </Button>
          )}
          {job.canRetry && mine && canEdit && !active && (
            <Button size="compact-xs" variant="light" onClick={() => retry(job)}>
              Retry
            </Button>
          )}
          {job.status === 'completed' && !job.undone && canEdit && (
            <Button size="compact-xs" variant="default" onClick={() => undo(job)}>
              Undo
            </Button>
          )}
        </Group>
      </Group>
      {job.status === 'failed' && (
        <Text size="xs" mt={6} className={classes.error}>
          {job.error ?? job.message ?? 'The job failed.'}
        </Text>
      )}
      {job.remarks.map((remark) => (
        <Text key={remark} size="xs" c="dimmed" mt={4}>
          {remark}
        </Text>
      ))}
    </article>
  );
}
