/** Jobs as the API and the events describe them. */
import type { Body } from './api';

export type JobStatus = 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled';
export type JobType = 'create_canvas' | 'modify_canvas';
export type JobPhase =
  'queued' | 'planning' | 'layout' | 'drawing' | 'completed' | 'failed' | 'cancelled';

export interface Person {
  id: string;
  name: string;
}

export interface JobResult {
  planned?: number;
  drawn?: number;
  remarks?: string[];
  [key: string]: unknown;
}

export interface AIJob {
  id: string;
  user_id: string;
  canvas_id?: string | null;
  job_type: JobType;
  status: JobStatus;
  priority: number;
  request_data: Partial<CanvasCreationRequest>;
  result_data?: JobResult | null;
  error_message?: string | null;
  retry_count: number;
  max_retries: number;
  created_at: string;
  started_at?: string | null;
  completed_at?: string | null;
  progress?: number;
  phase?: JobPhase;
  message?: string | null;
  planned?: number | null;
  drawn?: number | null;
  queue_position?: number | null;
  attempt?: number;
  error_code?: string | null;
  event_seq?: number;
  requested_by?: Person;
  undone?: boolean;
  can_retry?: boolean;
}

/** What `ai_job_update`, `ai_job_complete` and `ai_job_error` carry. */
export interface AIJobStatus {
  job_id: string;
  job_type?: JobType;
  status: string;
  message?: string | null;
  progress?: number | null;
  result?: JobResult | null;
  error?: string | null;
  canvas_id?: string | null;
  requested_by?: Person;
  phase?: string;
  planned?: number | null;
  drawn?: number | null;
  queue_position?: number | null;
  attempt?: number;
  event_seq?: number;
  preview?: string[] | null;
  /** Only present for those who may edit the canvas. */
  instructions?: string | null;
  error_code?: string | null;
  undone?: boolean;
  can_retry?: boolean;
}

export type Rectangle = Body<'CanvasCreationIn.Viewport'>;

/** Styles and color schemes are those that the server's settings list. */
export type CanvasCreationRequest = Omit<Body<'CanvasCreationIn'>, 'style' | 'colorScheme'> & {
  style?: string;
  colorScheme?: string;
};

export interface CanvasCreationResponse {
  success: boolean;
  job_id: string;
  message: string;
  status: string;
  canvas_id?: string | null;
}

/** A job just accepted: enough to show a card and to ask for more. */
export interface AcceptedJob {
  id: string;
  job_id: string;
  status: string;
  message: string;
  canvas_id: string | null;
}

/** A job as a card shows it, from whichever source knew it last. */
export interface JobView {
  id: string;
  type: JobType;
  canvasId: string | null;
  status: JobStatus;
  phase: JobPhase;
  instructions: string | null;
  requestedBy: Person | null;
  message: string | null;
  error: string | null;
  errorCode: string | null;
  progress: number;
  planned: number | null;
  drawn: number | null;
  queuePosition: number | null;
  attempt: number;
  preview: string[];
  remarks: string[];
  undone: boolean;
  canRetry: boolean;
  eventSeq: number;
  /** ISO time; when first heard of, while only events are known. */
  createdAt: string;
}

export interface Spread {
  p50: number | null;
  p95: number | null;
}

/** Times in seconds, rates in percent. */
export interface JobStatistics {
  total_jobs: number;
  queued_jobs: number;
  processing_jobs: number;
  completed_jobs: number;
  failed_jobs: number;
  cancelled_jobs: number;
  success_rate: number;
  wait_seconds: Spread;
  duration_seconds: Spread;
}
