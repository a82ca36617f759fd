/** Seeing what another person sees: their view, fitted into one's own screen. */
import type { Rectangle } from '../types/ai';
import type { Cursor } from '../types/protocol';

const ZOOM = { least: 0.1, most: 30 };

export interface Scroll {
  scrollX: number;
  scrollY: number;
  zoom: number;
}

/** All of `view` is to be seen, in the middle of the screen. */
export function fitted(view: Rectangle, screen: { width: number; height: number }): Scroll | null {
  if (view.width <= 0 || view.height <= 0) return null;
  const wanted = Math.min(screen.width / view.width, screen.height / view.height);
  const zoom = Math.min(ZOOM.most, Math.max(ZOOM.least, wanted));
  return {
    scrollX: (screen.width / zoom - view.width) / 2 - view.x,
    scrollY: (screen.height / zoom - view.height) / 2 - view.y,
    zoom,
  };
}

/** The latest view of each person, whichever of their tabs it is from. */
export function viewsOf(cursors: Record<string, Cursor>): Map<string, Rectangle> {
  const views = new Map<string, Rectangle>();
  for (const { user_id, view } of Object.values(cursors)) if (view) views.set(user_id, view);
  return views;
}
