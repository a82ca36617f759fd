/** A job in words: what it is called, where it stands, why it failed. */
import { t } from '../i18n';
import type { JobView } from '../types/ai';

export function titleOf(job: JobView): string {
  return job.instructions ?? t().jobs.jobOf(job.requestedBy?.name || t().app.someone);
}

/** One line that says where a job stands, counted where there is something to count. */
export function describeProgress(job: JobView): string {
  const words = t().jobs;
  const { planned } = job;
  switch (job.phase) {
    case 'queued':
      return job.queuePosition ? words.inQueue(job.queuePosition) : words.waiting;
    case 'planning':
      return planned ? words.planned(planned) : words.planning;
    case 'layout':
      return planned ? words.arrangingSome(planned) : words.arranging;
    case 'drawing':
      return planned ? words.drawnOf(job.drawn ?? 0, planned) : words.drawing;
    case 'completed':
      if (job.undone) return words.undone;
      return job.drawn ? words.drew(job.drawn) : words.done;
    case 'cancelled':
      return words.cancelled;
    case 'failed':
      return words.failed;
  }
}

/** The server's sentence is the most precise one; other languages know the common reasons. */
export function reasonOf(job: JobView): string {
  const words = t().jobs;
  return words.reasons[job.errorCode ?? ''] ?? job.error ?? job.message ?? words.failedNoReason;
}
