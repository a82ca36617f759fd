/** Where shapes to come are sketched: in free space in view, else beside what is there. */
import type { Rectangle } from '../types/ai';
import { boundsOf, overlap } from './rectangles';

export interface Ghost extends Rectangle {
  /** Unique among the ghosts of one job; labels need not be. */
  id: string;
  label: string;
}

const HEIGHT = 60;
const GAP = 40;
const CLEARANCE = 100;
const MARGIN = 40;
const STEP = 80;
const MOST_SPOTS = 40;
const CHARACTER = 9;
const PADDING = 40;
const WIDTHS = { least: 120, most: 260 };

const widthOf = (label: string) =>
  Math.min(Math.max(label.length * CHARACTER + PADDING, WIDTHS.least), WIDTHS.most);

/** Boxes in rows, from the origin, about as wide as high. */
export function arrangeGhosts(labels: readonly string[]): Ghost[] {
  const ghosts: Ghost[] = [];
  const width = labels.reduce((widest, label) => Math.max(widest, widthOf(label)), 0);
  const columns = Math.max(1, Math.min(4, Math.round(Math.sqrt(labels.length / 1.5))));
  for (const [position, label] of labels.entries()) {
    const column = position % columns;
    const row = Math.floor(position / columns);
    ghosts.push({
      id: `${position}-${label}`,
      label,
      x: column * (width + GAP) + (width - widthOf(label)) / 2,
      y: row * (HEIGHT + GAP),
      width: widthOf(label),
      height: HEIGHT,
    });
  }
  return ghosts;
}

/** The top left corner for something of `size`, by the rule that the server places drawings by. */
export function freeSpot(
  size: { width: number; height: number },
  taken: readonly Rectangle[],
  view: Rectangle,
): { x: number; y: number } {
  const content = boundsOf(taken);
  const roomX = view.width - size.width;
  const roomY = view.height - size.height;
  const middle = { x: view.x + roomX / 2, y: view.y + roomY / 2 };
  if (!content) {
    return { x: Math.max(middle.x, view.x + MARGIN), y: Math.max(middle.y, view.y + MARGIN) };
  }
  const isFree = (spot: { x: number; y: number }) =>
    !taken.some((rectangle) => overlap({ ...spot, ...size }, rectangle, CLEARANCE - MARGIN));
  const inView = roomX >= 0 && roomY >= 0 ? [middle, ...spots(view, roomX, roomY, middle)] : [];
  const free = inView.find(isFree);
  if (free) return free;
  return content.width <= 1.6 * content.height
    ? { x: content.x + content.width + CLEARANCE, y: content.y }
    : { x: content.x, y: content.y + content.height + CLEARANCE };
}

function along(start: number, room: number): number[] {
  const count = Math.min(Math.floor(room / STEP) + 2, MOST_SPOTS);
  return Array.from({ length: count }, (_, step) => start + Math.min(step * STEP, room));
}

function spots(view: Rectangle, roomX: number, roomY: number, middle: { x: number; y: number }) {
  const all = along(view.x, roomX).flatMap((x) => along(view.y, roomY).map((y) => ({ x, y })));
  const far = (spot: { x: number; y: number }) =>
    Math.abs(spot.x - middle.x) + Math.abs(spot.y - middle.y);
  return all.toSorted((a, b) => far(a) - far(b));
}

/** Room for at least this many: a plan that has just begun will grow. */
const EXPECTED = 8;

/**
 * Where a job's ghosts go: `before`, as long as they lie on nothing there, so that what a person
 * looks at does not jump while the plan grows.
 */
export function spotFor(
  ghosts: readonly Ghost[],
  taken: readonly Rectangle[],
  view: Rectangle,
  before: { x: number; y: number } | null,
): { x: number; y: number } {
  const now = boundsOf(ghosts);
  if (before && now) {
    const there = { x: before.x, y: before.y, width: now.width, height: now.height };
    if (!taken.some((rectangle) => overlap(there, rectangle, 0))) return before;
  }
  const labels = ghosts.map((ghost) => ghost.label);
  const more = Array.from({ length: Math.max(0, EXPECTED - labels.length) }, () => '');
  const size = boundsOf(arrangeGhosts([...labels, ...more]));
  return size ? freeSpot(size, taken, view) : { x: view.x, y: view.y };
}
