/** Jobs as the API describes them, and as the page shows them. */
import type { Answer, Body, Person } from './api';
import type { AIJobStatus, JobPreview } from './protocol';

export type { AIJobStatus, JobPreview, Person };

export type JobStatus = Body<'JobStatus'>;
export type JobResult = Body<'JobResult'>;
export type AIJob = Body<'Job'>;
export type JobType = AIJob['job_type'];
export type JobPhase = AIJob['phase'];

export type Rectangle = Body<'CanvasCreationIn.Viewport'>;

/** Styles and color schemes are those that the server's settings list. */
export type CanvasCreationRequest = Omit<Body<'CanvasCreationIn'>, 'style' | 'colorScheme'> & {
  style?: string;
  colorScheme?: string;
};

export type CanvasCreationResponse = Answer<'create_canvas_with_ai'>;

/** A job just accepted: enough to show a card and to ask for more. */
export interface AcceptedJob {
  id: string;
  job_id: string;
  status: string;
  message: string;
  canvas_id: string | null;
}

export type Suggestion = Body<'JobSuggestion'>;

/** Why an instruction was refused, in its own language, and what can be drawn instead. */
export interface Refusal {
  sentence: string;
  language: string;
  suggestions: readonly Suggestion[];
}

export interface Effect {
  action: string;
  thing: string;
  count: number;
}

/** A job as a card shows it, from whichever source knew it last. */
export interface JobView {
  id: string;
  type: JobType;
  canvasId: string | null;
  status: JobStatus;
  phase: JobPhase;
  instructions: string | null;
  /** How it was asked for, as far as this person may know. */
  request: AIJob['request_data'];
  requestedBy: Person | null;
  message: string | null;
  error: string | null;
  errorCode: string | null;
  refusal: Refusal | null;
  progress: number;
  planned: number | null;
  drawn: number | null;
  queuePosition: number | null;
  attempt: number;
  preview: JobPreview | null;
  remarks: string[];
  /** What a completed job really did, in what people count. */
  effects?: readonly Effect[];
  undone: boolean;
  /** It was undone as a job; what was taken back by hand comes back by hand. */
  canRedo: boolean;
  canRetry: boolean;
  eventSeq: number;
  /** ISO time; when first heard of, while only events are known. */
  createdAt: string;
  /** From its start to its end. */
  seconds: number | null;
  tokens: number;
  /** The version of the canvas that it made. */
  version: number | null;
}

export type Spread = Body<'Spread'>;

/** Times in seconds, rates in percent. */
export type JobStatistics = Body<'JobStatistics'>;
