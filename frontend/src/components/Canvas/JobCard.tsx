/** One job: whose, what, how far, and what can be done about it. */
import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core';
import { IconEye, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n';
import { isFinished } from '../../sync/jobs';
import type { JobStatus, JobView } from '../../types/ai';
import { describeProgress, reasonOf, titleOf } from '../jobWords';
import classes from './JobCard.module.css';

export interface JobActions {
  cancel: (job: JobView) => void;
  retry: (job: JobView) => void;
  undo: (job: JobView) => void;
  dismiss?: (job: JobView) => void;
  /** Given while the drawing is out of sight: brings it into view. */
  show?: (job: JobView) => void;
  showChanges?: (job: JobView) => void;
}

interface Props extends JobActions {
  job: JobView;
  userId: string;
  canEdit: boolean;
  /** Nothing of the drawing is on the canvas any more. */
  gone?: boolean;
  /** What a list beyond one canvas says besides. */
  footer?: ReactNode;
}

export const JOB_COLORS: Record<JobStatus, string> = {
  queued: 'gray',
  processing: 'indigo',
  completed: 'teal',
  failed: 'red',
  cancelled: 'gray',
};

export function JobCard(props: Props) {
  const { job, userId, gone = false, dismiss, footer } = props;
  const words = t().jobs;
  const mine = job.requestedBy === null || job.requestedBy.id === userId;
  const title = titleOf(job);
  const active = !isFinished(job.status);
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
            aria-label={words.dismiss}
            onClick={() => dismiss(job)}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
      {!mine && job.instructions && (
        <Text size="xs" c="dimmed">
          {words.askedBy(job.requestedBy?.name || t().app.someone)}
        </Text>
      )}
      <Progress.Root size="sm" my={8}>
        <Progress.Section
          value={job.status === 'completed' ? 100 : job.progress}
          color={JOB_COLORS[job.status]}
          aria-label={words.progress}
          animated={job.status === 'processing'}
        />
      </Progress.Root>
      <Group justify="space-between" gap="xs" align="center">
        <Text size="xs" className={classes.phase}>
          {gone && job.status === 'completed' ? words.takenBack : describeProgress(job)}
          {job.attempt > 1 && active ? ` ${words.attempt(job.attempt)}` : ''}
        </Text>
        <Actions {...props} mine={mine} active={active} />
      </Group>
      {job.status === 'failed' && (
        <Text size="xs" mt={6} className={classes.error}>
          {reasonOf(job)}
        </Text>
      )}
      {job.remarks.map((remark) => (
        <Text key={remark} size="xs" c="dimmed" mt={4}>
          {remark}
        </Text>
      ))}
      {footer}
    </article>
  );
}

function Actions(props: Props & { mine: boolean; active: boolean }) {
  const { job, canEdit, gone, mine, active, cancel, retry, undo, show, showChanges } = props;
  const words = t().jobs;
  const drawn = job.status === 'completed' && !job.undone && !gone;
  return (
    <Group gap={6} wrap="nowrap">
      {active && canEdit && (
        <Button size="compact-xs" variant="default" onClick={() => cancel(job)}>
          {words.cancel}
        </Button>
      )}
      {job.canRetry && mine && canEdit && !active && (
        <Button size="compact-xs" variant="light" onClick={() => retry(job)}>
          {words.retry}
        </Button>
      )}
      {drawn && show && (
        <Button size="compact-xs" variant="light" onClick={() => show(job)}>
          {words.show}
        </Button>
      )}
      {job.status === 'completed' && showChanges && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={words.showChanges}
          title={words.showChanges}
          onClick={() => showChanges(job)}
        >
          <IconEye size={16} />
        </ActionIcon>
      )}
      {drawn && canEdit && (
        <Button size="compact-xs" variant="default" onClick={() => undo(job)}>
          {words.undo}
        </Button>
      )}
    </Group>
  );
}
