/** The socket's messages: elements, frames, acknowledgements, presence, jobs. */
import type { JobResult, JobType, Rectangle, Suggestion } from './ai';
import type { Person, Role } from './api';

/** An Excalidraw element as stored and sent: the client reads few of its properties by name. */
export interface SceneElement {
  id: string;
  type: string;
  version: number;
  versionNonce: number;
  isDeleted: boolean;
  index?: string | null;
  [property: string]: unknown;
}

export type PropertySet = Record<string, unknown>;

/** One element's edit as a client sends it. */
export interface Change {
  id: string;
  create?: true;
  set: PropertySet;
}

/** One element's edit as the server orders it. */
export interface SequencedChange {
  seq: number;
  id: string;
  set: PropertySet;
  by: string;
}

/** `from` is the first `seq` in it, `to` the last; `to = from - 1` only acknowledges. */
export interface Frame {
  canvas_id: string;
  from: number;
  to: number;
  changes: SequencedChange[];
  acks: Record<string, number>;
}

export interface SceneUpdate {
  canvas_id: string;
  client_id: string;
  n: number;
  /** The batch that the server has to have before this one. */
  after: number;
  changes: Change[];
}

export interface Refusal {
  ok: false;
  code: string;
  error: string;
}

export type UpdateReply = { ok: true; seq: number } | Refusal;

export interface PresentMember {
  user_id: string;
  name: string;
  role?: Role;
  sockets?: string[];
}

export interface JoinRequest {
  canvas_id: string;
  client_id: string;
  epoch?: string;
  since?: number;
}

export interface Joined {
  ok: true;
  epoch: string;
  seq: number;
  min_seq: number;
  mode: 'delta' | 'snapshot';
  objects: SceneElement[];
  last_n: number;
  role: Role;
  members: PresentMember[];
}

export type JoinReply = Joined | Refusal;

export interface Cursor {
  user_id: string;
  name?: string;
  /** Absent as long as this person has not pointed anywhere. */
  x?: number;
  y?: number;
  tool?: string;
  selected?: string[];
  view?: Rectangle;
}

export interface CursorMessage {
  canvas_id: string;
  x?: number;
  y?: number;
  tool: string;
  selected: string[];
  /** The part of the canvas in view. */
  view?: Rectangle;
}

export type ConnectionState =
  'connecting' | 'connected' | 'reconnecting' | 'restarting' | 'offline';

/** What a running job is about to draw, in the canvas's coordinates. */
export interface JobPreview {
  boxes: (Rectangle & { label: string })[];
  lines: [x: number, y: number][][];
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
  preview?: JobPreview | null;
  /** Only present for those who may edit the canvas. */
  instructions?: string | null;
  error_code?: string | null;
  values?: Record<string, string>;
  suggestions?: Suggestion[];
  undone?: boolean;
  can_redo?: boolean;
}
