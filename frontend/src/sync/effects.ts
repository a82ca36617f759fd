/**
 * Whether anything of what a job did is still to be seen. A person's own undo (Ctrl+Z) deletes a
 * drawing as hands would: the server does not know that this "undid" a job, the scene shows it.
 */
import type { JobView } from '../types/ai';
import type { PropertySet, SceneElement } from '../types/protocol';
import { BOOKKEEPING, deepEqual } from './elements';

const JOBS_KEPT = 50;

/** The job that drew an element, as the element itself says. */
export function jobOf(element: SceneElement): string | undefined {
  const custom = element.customData as { job?: unknown } | null | undefined;
  return typeof custom?.job === 'string' ? custom.job : undefined;
}

export class JobEffects {
  private readonly marks = new Map<string, Map<string, PropertySet>>();

  /** A job's change of one element arrived: remember what it made different. */
  note(jobId: string, before: SceneElement | undefined, after: SceneElement): void {
    const made: PropertySet = {};
    for (const [key, value] of Object.entries(after)) {
      if (!BOOKKEEPING.has(key) && !deepEqual(before?.[key], value)) made[key] = value;
    }
    const elements = this.marks.get(jobId) ?? new Map<string, PropertySet>();
    if (Object.keys(made).length > 0) elements.set(after.id, made);
    this.marks.delete(jobId);
    this.marks.set(jobId, elements);
    const [oldest] = this.marks.keys();
    if (this.marks.size > JOBS_KEPT && oldest) this.marks.delete(oldest);
  }

  /** The elements that a job drew or changed while this tab looked. */
  elementsOf(jobId: string): readonly string[] {
    return [...(this.marks.get(jobId)?.keys() ?? [])];
  }

  /**
   * Of completed jobs, those that have left nothing behind. `arrived` are the jobs that ended while
   * this tab looked: their drawing may still be on its way.
   */
  withoutTrace(
    jobs: readonly JobView[],
    scene: readonly SceneElement[],
    arrived: ReadonlySet<string>,
  ): Set<string> {
    const byId = new Map(scene.map((element) => [element.id, element]));
    const drawn = new Set(
      scene.flatMap((element) => (element.isDeleted ? [] : jobOf(element)) ?? []),
    );
    const gone = jobs.filter((job) => {
      if (job.status !== 'completed' || job.undone) return false;
      const marks = this.marks.get(job.id);
      if (marks) return ![...marks].some(([id, made]) => holds(byId.get(id), made));
      return job.type === 'create_canvas' && !arrived.has(job.id) && !drawn.has(job.id);
    });
    return new Set(gone.map((job) => job.id));
  }
}

function holds(element: SceneElement | undefined, made: PropertySet): boolean {
  if (!element || element.isDeleted) return made.isDeleted === true;
  return Object.entries(made).some(([key, value]) => deepEqual(element[key], value));
}
