/** One job: whose, what, how far, and what can be done about it. */
import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core';
import { IconEye, IconRepeat, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n';
import { isFinished } from '../../sync/jobs';
import type { JobStatus, JobView } from '../../types/ai';
import {
  costOf,
  describeProgress,
  languageOfReason,
  languageOfServer,
  reasonOf,
  titleOf,
} from '../jobWords';
import { Arrows } from '../ui/Arrows';
import { Suggestions } from './Suggestions';
import classes from './JobCard.module.css';

export interface JobActions {
  cancel: (job: JobView) => void;
  retry: (job: JobView) => void;
  undo: (job: JobView) => void;
  redo: (job: JobView) => void;
  dismiss?: (job: JobView) => void;
  /** Given while the drawing is outside of the view: brings it there. */
  show?: (job: JobView) => void;
  showChanges?: (job: JobView) => void;
  /** Puts the instruction back where it was written, to be changed or drawn once more. */
  reuse?: (job: JobView) => void;
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
  queued: 'gray.5',
  processing: 'indigo',
  completed: 'teal',
  failed: 'red',
  cancelled: 'gray.5',
};

export function JobCard(props: Props) {
  const { job, userId, gone = false, dismiss, footer } = props;
  const words = t().jobs;
  const mine = job.requestedBy === null || job.requestedBy.id === userId;
  const title = titleOf(job);
  const active = !isFinished(job.status);
  const takenBack = job.status === 'completed' && (gone || job.undone);
  const stand = gone && job.status === 'completed' ? words.takenBack : describeProgress(job);
  return (
    <article className={classes.card} aria-label={title} data-status={job.status}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Text size="sm" fw={500} lineClamp={2} className={classes.title} title={title}>
          <Arrows text={title} />
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
      <Progress.Root size={active ? 'sm' : 3} mt={8} mb={6}>
        <Progress.Section
          value={job.status === 'completed' ? 100 : job.progress}
          color={takenBack ? 'gray.5' : JOB_COLORS[job.status]}
          aria-label={words.progress}
          animated={job.status === 'processing'}
        />
      </Progress.Root>
      <Group justify="space-between" gap={6} align="center">
        <Text size="xs" className={classes.phase}>
          <span className={job.status === 'failed' ? classes.error : undefined}>{stand}</span>
          {job.attempt > 1 && active ? ` ${words.attempt(job.attempt)}` : ''}
          {costOf(job).map((cost) => (
            <span key={cost} className={classes.cost}>
              {cost}
            </span>
          ))}
        </Text>
        <Actions {...props} mine={mine} active={active} />
      </Group>
      {job.status === 'failed' && (
        <Text size="xs" mt={6} className={classes.reason} {...languageOfReason(job)}>
          <Arrows text={reasonOf(job)} />
        </Text>
      )}
      {job.refusal && props.canEdit && props.reuse && (
        <Suggestions refusal={job.refusal} choose={chooseInstead(job, props.reuse)} />
      )}
      {job.remarks.map((remark) => (
        <Text key={remark} size="xs" c="dimmed" mt={4} {...languageOfServer()}>
          {remark}
        </Text>
      ))}
      {footer}
    </article>
  );
}

/** Something else is a drawing of its own, even where a change was asked for. */
const chooseInstead = (job: JobView, reuse: (job: JobView) => void) => (instructions: string) =>
  reuse({ ...job, instructions, type: 'create_canvas', refusal: null });

function Actions(props: Props & { mine: boolean; active: boolean }) {
  const { job, canEdit, gone, mine, active, cancel, retry, undo, redo } = props;
  const { show, showChanges, reuse } = props;
  const words = t().jobs;
  const drawn = job.status === 'completed' && !job.undone && !gone;
  const misunderstood = job.status === 'failed' && job.errorCode === 'not_understood';
  // Without a language model the same words would not be understood once more.
  const retriable = job.canRetry && !(misunderstood && job.tokens === 0);
  return (
    <Group gap={6} wrap="nowrap" ml="auto">
      {active && canEdit && (
        <Button size="compact-xs" variant="default" onClick={() => cancel(job)}>
          {words.cancel}
        </Button>
      )}
      {drawn && show && (
        <Button size="compact-xs" variant="light" onClick={() => show(job)}>
          {words.show}
        </Button>
      )}
      {job.status === 'completed' && showChanges && (
        <Sign
          name={words.showChanges}
          icon={<IconEye size={16} />}
          onClick={() => showChanges(job)}
        />
      )}
      {!active && canEdit && job.instructions && reuse && !misunderstood && (
        <Sign name={words.reuse} icon={<IconRepeat size={16} />} onClick={() => reuse(job)} />
      )}
      {misunderstood && canEdit && job.instructions && reuse && (
        <Button size="compact-xs" variant="light" onClick={() => reuse(job)}>
          {words.rewrite}
        </Button>
      )}
      {retriable && mine && canEdit && !active && (
        <Button size="compact-xs" variant="light" onClick={() => retry(job)}>
          {words.retry}
        </Button>
      )}
      {drawn && canEdit && (
        <Button size="compact-xs" variant="default" onClick={() => undo(job)}>
          {words.undo}
        </Button>
      )}
      {job.canRedo && canEdit && (
        <Button size="compact-xs" variant="default" onClick={() => redo(job)}>
          {words.redo}
        </Button>
      )}
    </Group>
  );
}

function Sign({ name, icon, onClick }: { name: string; icon: ReactNode; onClick: () => void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  );
}
