/** Fitting a drawing into that part of the screen that nothing covers. */
import type { Rectangle } from '../types/ai';
import type { Scroll } from './follow';
import { overlap } from './rectangles';

/** The editor's own least zoom; a drawing is never blown up. */
const ZOOM = { least: 0.1, most: 1 };
const AIR = 16;
/** What is narrower is no place for a drawing. */
const LEAST_SIDE = 80;
/** What rounding may add up to. */
const PIXEL = 1;

/**
 * The view in which `drawing` is as large as it can be, in the middle of a free part of `screen`.
 * `covers` lie over the screen, in its coordinates.
 */
export function fitClear(
  drawing: Rectangle,
  screen: Rectangle,
  covers: readonly Rectangle[],
): Scroll {
  const parts = freeParts(screen, covers);
  const zoomIn = ({ width, height }: Rectangle) =>
    Math.min(width / Math.max(drawing.width, 1), height / Math.max(drawing.height, 1), ZOOM.most);
  const best = parts.reduce((a, b) => {
    const better = zoomIn(b) - zoomIn(a);
    return better > 0 || (better === 0 && areaOf(b) > areaOf(a)) ? b : a;
  }, parts[0] ?? screen);
  const zoom = Math.max(zoomIn(best), ZOOM.least);
  return {
    scrollX: (best.x + best.width / 2) / zoom - (drawing.x + drawing.width / 2),
    scrollY: (best.y + best.height / 2) / zoom - (drawing.y + drawing.height / 2),
    zoom,
  };
}

/** Whether all of `drawing` is on `screen` with nothing over it. */
export function isClear(
  drawing: Rectangle,
  screen: Rectangle,
  covers: readonly Rectangle[],
  { scrollX, scrollY, zoom }: Scroll,
): boolean {
  const shown = {
    x: (drawing.x + scrollX) * zoom,
    y: (drawing.y + scrollY) * zoom,
    width: drawing.width * zoom,
    height: drawing.height * zoom,
  };
  const inside =
    shown.x >= screen.x - PIXEL &&
    shown.y >= screen.y - PIXEL &&
    shown.x + shown.width <= screen.x + screen.width + PIXEL &&
    shown.y + shown.height <= screen.y + screen.height + PIXEL;
  return inside && !covers.some((cover) => overlap(shown, cover));
}

const areaOf = ({ width, height }: Rectangle) => width * height;

/** The screen cut along a side of each cover in every way; a few covers make a few parts. */
function freeParts(screen: Rectangle, covers: readonly Rectangle[]): Rectangle[] {
  const [cover, ...rest] = covers;
  if (!cover) return [screen];
  if (!overlap(screen, cover)) return freeParts(screen, rest);
  const { x, y, width, height } = screen;
  const right = cover.x + cover.width + AIR;
  const below = cover.y + cover.height + AIR;
  return [
    { x, y, width: cover.x - AIR - x, height },
    { x, y, width, height: cover.y - AIR - y },
    { x: right, y, width: x + width - right, height },
    { x, y: below, width, height: y + height - below },
  ]
    .filter((part) => Math.min(part.width, part.height) >= LEAST_SIDE)
    .flatMap((part) => freeParts(part, rest));
}
