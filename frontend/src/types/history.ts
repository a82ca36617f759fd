/** Versions of a canvas as the API describes them. */
import type { Person } from './ai';

export type VersionKind = 'edit' | 'job' | 'undo' | 'restore' | 'named';

/** A version is named by the number of its last change. */
export interface Version {
  version: number;
  kind: VersionKind;
  name: string | null;
  named_by: Person | null;
  named_at: string | null;
  authors: Person[];
  job_id: string | null;
  /** Only for those who may edit the canvas, while the job is kept. */
  instructions: string | null;
  restores: number | null;
  /** How many changes it holds; 0 if only its picture of the canvas is kept. */
  changes: number;
  added: number;
  changed: number;
  removed: number;
  started_at: string;
  ended_at: string;
  thumbnail: string;
}

export interface VersionPage {
  versions: Version[];
  next_before: number | null;
}
