/** Drawings that landed outside of the view while their requester was busy, until they are seen. */
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { CanvasSession } from '../../hooks/useCanvasSession';
import type { JobView } from '../../types/ai';
import type { BoardHandle } from './Board';

const LOOK_EVERY_MS = 300;

export function useHiddenDrawings(
  session: CanvasSession | null,
  board: RefObject<BoardHandle | null>,
) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const timer = useRef<number | undefined>(undefined);

  const elementsOf = useCallback(
    (jobId: string) => new Set(session?.effects.elementsOf(jobId)),
    [session],
  );
  const actions = useMemo(() => {
    const seen = () => {
      setHidden((before) => {
        const left = [...before].filter((id) => !board.current?.isVisible(elementsOf(id)));
        return left.length === before.size ? before : new Set(left);
      });
    };
    return {
      hide: (jobId: string) => setHidden((before) => new Set(before).add(jobId)),
      /** The view moved: look again once it rests. */
      look: () => {
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(seen, LOOK_EVERY_MS);
      },
      /** It stays hidden until it is seen: the person may touch the canvas on the way to it. */
      show: (job: JobView) => board.current?.show(elementsOf(job.id)),
    };
  }, [board, elementsOf]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  return { hidden, ...actions };
}
