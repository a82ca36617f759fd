/** What several places need to know of rectangles. */
import type { Rectangle } from '../types/ai';

export function boundsOf(rectangles: readonly Rectangle[]): Rectangle | null {
  const [first] = rectangles;
  if (!first) return null;
  let { x, y } = first;
  let right = x + first.width;
  let bottom = y + first.height;
  for (const rectangle of rectangles) {
    x = Math.min(x, rectangle.x);
    y = Math.min(y, rectangle.y);
    right = Math.max(right, rectangle.x + rectangle.width);
    bottom = Math.max(bottom, rectangle.y + rectangle.height);
  }
  return { x, y, width: right - x, height: bottom - y };
}

/** Whether they overlap, or come nearer to each other than `clearance`. */
export function overlap(a: Rectangle, b: Rectangle, clearance = 0): boolean {
  return (
    a.x - clearance < b.x + b.width &&
    b.x < a.x + a.width + clearance &&
    a.y - clearance < b.y + b.height &&
    b.y < a.y + a.height + clearance
  );
}

export function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
