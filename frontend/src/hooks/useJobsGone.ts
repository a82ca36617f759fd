/** Completed jobs of which nothing is left on the canvas, so that no card offers an empty undo. */
import { useCallback, useEffect, useState } from 'react';
import { atMostEvery } from '../services/timers';
import type { JobView } from '../types/ai';
import type { CanvasSession } from './useCanvasSession';

/** Looking through the whole scene can wait until a gesture pauses. */
const LOOK_AFTER_MS = 250;
const NONE: ReadonlySet<string> = new Set();

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((id) => b.has(id));

/** `arrived`: jobs heard of by an event; their drawing may still be on its way. */
export function useJobsGone(
  session: CanvasSession | null,
  jobs: readonly JobView[],
  arrived: ReadonlySet<string>,
): ReadonlySet<string> {
  const [gone, setGone] = useState(NONE);
  const find = useCallback(
    () =>
      session?.getState().ready
        ? session.effects.withoutTrace(jobs, session.scene(), arrived)
        : NONE,
    [session, jobs, arrived],
  );
  useEffect(() => {
    if (!session) return undefined;
    const look = atMostEvery(LOOK_AFTER_MS, () => {
      const found = find();
      setGone((before) => (same(before, found) ? before : found));
    });
    look.soon();
    const stop = session.listen({ onScene: look.soon, onEdit: look.soon });
    return () => {
      stop();
      look.stop();
    };
  }, [session, find]);
  return gone;
}
