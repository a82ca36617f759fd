/**
 * Completed jobs of which nothing is left on the canvas, so that no card offers an empty undo. What
 * a person took back by hand (Ctrl+Z) is reported, as the server does not see that it was a job's.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { atMostEvery } from '../services/timers';
import type { JobView } from '../types/ai';
import type { CanvasSession } from './useCanvasSession';

/** Looking through the whole scene can wait until a gesture pauses. */
const LOOK_AFTER_MS = 250;
const NONE: ReadonlySet<string> = new Set();

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((id) => b.has(id));

/**
 * `arrived`: jobs heard of by an event; their drawing may still be on its way. `onTakenBack`: this
 * person's own edit took away the last of it, or brought it back, and the server has that edit.
 */
export function useJobsGone(
  session: CanvasSession | null,
  jobs: readonly JobView[],
  arrived: ReadonlySet<string>,
  onTakenBack: (jobId: string, takenBack: boolean) => void,
): ReadonlySet<string> {
  const [gone, setGone] = useState(NONE);
  const edited = useRef(false);
  const reported = useRef(new Set<string>());
  const find = useCallback(() => {
    if (!session?.getState().ready) return NONE;
    // What was reported counts as undone everywhere; here it is looked at on.
    const looked = jobs.map((job) =>
      reported.current.has(job.id) ? { ...job, undone: false } : job,
    );
    return session.effects.withoutTrace(looked, session.scene(), arrived);
  }, [session, jobs, arrived]);
  useEffect(() => {
    if (!session) return undefined;
    const look = atMostEvery(LOOK_AFTER_MS, () => {
      const found = find();
      setGone((before) => (same(before, found) ? before : found));
    });
    look.soon();
    const onEdit = () => {
      edited.current = true;
      look.soon();
    };
    const stop = session.listen({ onScene: look.soon, onEdit });
    return () => {
      stop();
      look.stop();
    };
  }, [session, find]);
  useEffect(() => {
    if (!session) return undefined;
    const report = () => {
      if (session.getUnsaved() > 0 || !edited.current) return;
      for (const id of [...gone, ...reported.current]) {
        const takenBack = gone.has(id);
        if (takenBack === reported.current.has(id)) continue;
        if (session.effects.elementsOf(id).length === 0) continue;
        if (takenBack) reported.current.add(id);
        else reported.current.delete(id);
        onTakenBack(id, takenBack);
      }
    };
    report();
    return session.subscribe(report);
  }, [session, gone, onTakenBack]);
  return gone;
}
