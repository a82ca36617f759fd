/** What the API tells operators: everybody's jobs, workers, the queue and the model over time. */
import type { JobPhase, JobStatus, JobType, Person, Spread } from './ai';

/** A job without what it is about, which only the members of its canvas may read. */
export interface OperatorJob {
  id: string;
  requested_by: Person;
  canvas_id: string | null;
  job_type: JobType;
  status: JobStatus;
  phase: JobPhase;
  priority: number;
  progress: number;
  planned: number;
  drawn: number;
  attempt: number;
  retry_count: number;
  error_code: string | null;
  error_message: string | null;
  tokens: number;
  worker: string | null;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
}

export interface OperatorJobPage {
  jobs: OperatorJob[];
  has_older: boolean;
}

export type Circuit = 'closed' | 'open' | 'trial';

/** One process; null is what nobody knows. */
export interface Worker {
  host: string;
  pid: number | null;
  slots: number | null;
  running: number;
  seen_seconds: number | null;
  circuit: Circuit | null;
}

export interface Workers {
  mode: 'embedded' | 'server';
  workers: Worker[];
  missing: 'only_this_process' | 'redis_unreachable' | null;
}

export type Period = 'hour' | 'day' | 'week' | 'month';

export interface QueueBucket {
  at: string;
  submitted: number;
  completed: number;
  failed: number;
  cancelled: number;
  failures: Record<string, number>;
  wait_seconds: Spread;
  tokens: number;
}

export interface ModelHealth {
  name: string;
  offline: boolean;
  circuit: Circuit | null;
  finished: number;
  failed: number;
  again: number;
  error_rate: number | null;
  duration_seconds: Spread;
  input_tokens: number;
  output_tokens: number;
}

export interface Queue {
  now: {
    ready: number;
    postponed: number;
    running: number;
    oldest_queued_seconds: number;
    oldest_running_seconds: number;
    tickets: number | null;
  };
  wait_seconds: Spread;
  failures: Record<string, number>;
  bucket_seconds: number;
  buckets: QueueBucket[];
  model: ModelHealth;
}
