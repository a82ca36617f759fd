/** A stroke ends, and the next begins where it ended, before it has more points than an object may. */
import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { useEffect, type RefObject } from 'react';
import { BOUNDS } from '../../sync/vocabulary';

/** The editor adds a few when a stroke ends. */
const SPARE = 10;
const SURFACE = 'canvas.interactive';
const ENDS = ['pointerup', 'pointercancel'] as const;

/** The editor has no way to end a stroke but the pointer's: it is lifted and put down again. */
export function useLongStrokes(
  api: ExcalidrawImperativeAPI | null,
  root: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (!api) return undefined;
    let frame = 0;
    const say = (type: string, { pointerId, pointerType, clientX, clientY }: PointerEvent) => {
      const where = { pointerId, pointerType, clientX, clientY };
      const event = new PointerEvent(type, { ...where, isPrimary: true, bubbles: true });
      root.current?.querySelector(SURFACE)?.dispatchEvent(event);
    };
    const onMove = (event: PointerEvent) => {
      const stroke = api.getAppState().newElement;
      if (frame !== 0 || stroke?.type !== 'freedraw') return;
      if (stroke.points.length < BOUNDS.points - SPARE) return;
      say('pointerup', event);
      frame = requestAnimationFrame(() => {
        frame = 0;
        say('pointerdown', event);
      });
    };
    const onEnd = ({ isTrusted }: PointerEvent) => {
      if (!isTrusted) return; // our own
      cancelAnimationFrame(frame);
      frame = 0;
    };
    window.addEventListener('pointermove', onMove, { capture: true });
    for (const end of ENDS) window.addEventListener(end, onEnd, { capture: true });
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('pointermove', onMove, { capture: true });
      for (const end of ENDS) window.removeEventListener(end, onEnd, { capture: true });
    };
  }, [api, root]);
}
