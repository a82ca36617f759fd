/**
 * For tests and for the curious: `window.collabcanvas.scene()` is a copy of what the editor shows,
 * in its order; `session()` is what the session holds, which is what the others get.
 */
import { useEffect, type RefObject } from 'react';
import type { CanvasSession } from '../../hooks/useCanvasSession';
import { byIndex, copy } from '../../sync/elements';
import type { SceneElement } from '../../types/protocol';
import type { BoardHandle } from './Board';

declare global {
  interface Window {
    collabcanvas?: { scene: () => SceneElement[]; session: () => SceneElement[] };
  }
}

export function useTestWindow(
  session: CanvasSession | null,
  board: RefObject<BoardHandle | null>,
): void {
  useEffect(() => {
    if (!session) return undefined;
    window.collabcanvas = {
      scene: () => copy([...(board.current?.elements() ?? [])]),
      session: () => {
        const present = session.scene().filter((element) => !element.isDeleted);
        return copy(present.toSorted(byIndex));
      },
    };
    return () => {
      delete window.collabcanvas;
    };
  }, [session, board]);
}
