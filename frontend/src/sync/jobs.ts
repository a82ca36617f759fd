/** Job cards out of jobs over HTTP and events over the socket, whichever is newer. */
import type {
  AIJob,
  AIJobStatus,
  JobPhase,
  JobStatus,
  JobView,
  Refusal,
  Suggestion,
} from '../types/ai';

const STATUSES: ReadonlySet<string> = new Set([
  'queued',
  'processing',
  'completed',
  'failed',
  'cancelled',
]);

const isStatus = (value: string): value is JobStatus => STATUSES.has(value);
/** Each kind of job has its own phases, new ones too. */
const isPhase = (value: string): value is JobPhase => value !== 'processing';

export function isFinished(status: string): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

function phaseOf(status: JobStatus, phase: string | undefined): JobPhase {
  if (phase && isPhase(phase)) return phase;
  return status === 'processing' ? 'planning' : status;
}

/** Seconds from a start to an end, both ISO times. */
export function secondsBetween(
  start: string | null | undefined,
  end: string | null | undefined,
): number | null {
  const took = start && end ? (Date.parse(end) - Date.parse(start)) / 1000 : NaN;
  return Number.isFinite(took) ? Math.max(0, took) : null;
}

/** None where the instruction was not the reason, or may not be read. */
function refusalOf(said: {
  message?: string | null;
  values?: Record<string, string>;
  suggestions?: readonly Suggestion[];
}): Refusal | null {
  const { message, values, suggestions = [] } = said;
  return message && values?.language
    ? { sentence: message, language: values.language, suggestions }
    : null;
}

export function viewOfJob(job: AIJob): JobView {
  return {
    id: job.id,
    type: job.job_type,
    canvasId: job.canvas_id ?? null,
    status: job.status,
    phase: phaseOf(job.status, job.phase),
    instructions: job.request_data.instructions ?? null,
    request: job.request_data,
    requestedBy: job.requested_by ?? null,
    message: job.message ?? null,
    error: job.error_message ?? null,
    errorCode: job.error_code ?? null,
    refusal: refusalOf(job),
    progress: job.progress ?? (job.status === 'completed' ? 100 : 0),
    planned: job.planned ?? null,
    drawn: job.drawn ?? null,
    queuePosition: job.queue_position ?? null,
    attempt: job.attempt ?? 0,
    preview: null,
    remarks: job.result_data?.remarks ?? [],
    effects: job.result_data?.effects ?? [],
    undone: job.undone ?? false,
    canRedo: job.can_redo ?? false,
    canRetry: job.can_retry ?? false,
    eventSeq: job.event_seq ?? 0,
    createdAt: job.created_at,
    seconds: secondsBetween(job.started_at, job.completed_at),
    tokens: job.tokens ?? 0,
    version: job.result_data?.seq ?? null,
  };
}

function viewOfEvent(event: AIJobStatus, before: JobView | undefined, seenAt: string): JobView {
  const status = isStatus(event.status) ? event.status : 'processing';
  // Editors get an event as everybody does and once more, with what only they may read.
  const sameMoment = before && before.eventSeq === event.event_seq ? before : null;
  return {
    id: event.job_id,
    type: event.job_type ?? before?.type ?? 'create_canvas',
    canvasId: event.canvas_id ?? before?.canvasId ?? null,
    status,
    phase: phaseOf(status, event.phase),
    instructions: event.instructions ?? before?.instructions ?? null,
    request: before?.request ?? {},
    requestedBy: event.requested_by ?? before?.requestedBy ?? null,
    message: event.message ?? null,
    error: event.error ?? null,
    errorCode: event.error_code ?? null,
    refusal: refusalOf(event) ?? sameMoment?.refusal ?? null,
    progress: event.progress ?? before?.progress ?? 0,
    planned: event.planned ?? before?.planned ?? null,
    drawn: event.drawn ?? before?.drawn ?? null,
    queuePosition: event.queue_position ?? null,
    attempt: event.attempt ?? before?.attempt ?? 0,
    preview: isFinished(status) ? null : (event.preview ?? before?.preview ?? null),
    remarks: event.result?.remarks ?? before?.remarks ?? [],
    effects: event.result?.effects ?? before?.effects ?? [],
    undone: event.undone ?? before?.undone ?? false,
    canRedo: event.can_redo ?? before?.canRedo ?? false,
    canRetry: status === 'failed',
    eventSeq: event.event_seq ?? (before?.eventSeq ?? 0) + 1,
    createdAt: before?.createdAt ?? seenAt,
    // A job that is tried again has not ended yet.
    seconds: isFinished(status) ? (before?.seconds ?? null) : null,
    tokens: before?.tokens ?? 0,
    version: event.result?.seq ?? before?.version ?? null,
  };
}

/**
 * Events may come late, twice or out of order: the highest `event_seq` holds. `seenAt` (ISO) stands
 * in for the time of a job that is first heard of by an event.
 */
export function mergeEvent(
  before: JobView | undefined,
  event: AIJobStatus,
  seenAt: string,
): JobView {
  const after = viewOfEvent(event, before, seenAt);
  return before && after.eventSeq < before.eventSeq ? before : after;
}

export function mergeJob(before: JobView | undefined, job: AIJob): JobView {
  const after = viewOfJob(job);
  if (!before) return after;
  if (after.eventSeq < before.eventSeq) {
    const { createdAt, request } = after; // which no event contains
    return { ...before, createdAt, request };
  }
  const preview = isFinished(after.status) ? null : before.preview;
  return { ...after, preview, remarks: after.remarks.length ? after.remarks : before.remarks };
}

export function newestFirst(jobs: Iterable<JobView>): JobView[] {
  return [...jobs].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
}

const RANK: Record<JobStatus, number> = {
  processing: 0,
  queued: 1,
  completed: 2,
  failed: 2,
  cancelled: 2,
};

/** What runs, then what waits, then what has ended; jobs come newest first and stay so. */
export function runningFirst(jobs: readonly JobView[]): JobView[] {
  return jobs.toSorted((a, b) => RANK[a.status] - RANK[b.status]);
}
