/**
 * The editor notices late that it fits a phone or a desktop now: its own watch on the window has
 * drawn already when it measures itself anew, and nothing makes it draw again.
 */
import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { useEffect, type RefObject } from 'react';

export function useFittedEditor(
  api: ExcalidrawImperativeAPI | null,
  root: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (!api || !root.current) return undefined;
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => api.refresh());
    });
    observer.observe(root.current);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [api, root]);
}
