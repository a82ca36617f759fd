/** `window.collabcanvas.scene()`: a copy of the objects shown, for tests and for the curious. */
import { useEffect } from 'react';
import type { CanvasSession } from '../../hooks/useCanvasSession';
import type { SceneElement } from '../../types/protocol';

declare global {
  interface Window {
    collabcanvas?: { scene: () => SceneElement[] };
  }
}

export function useTestWindow(session: CanvasSession | null): void {
  useEffect(() => {
    if (!session) return undefined;
    const scene = () =>
      [...session.elementIds()]
        .flatMap((id) => session.element(id) ?? [])
        .filter((element) => !element.isDeleted)
        .map((element) => structuredClone(element));
    window.collabcanvas = { scene };
    return () => {
      delete window.collabcanvas;
    };
  }, [session]);
}
