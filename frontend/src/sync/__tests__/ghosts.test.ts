// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Rectangle } from '../../types/ai';
import { arrangeGhosts, freeSpot, spotFor } from '../ghosts';
import { boundsOf } from '../rectangles';

const VIEW: Rectangle = { x: 0, y: 0, width: 1200, height: 800 };
const SIZE = { width: 300, height: 200 };
const labels = (count: number) => Array.from({ length: count }, (_, number) => `Step ${number}`);

function apart(a: Rectangle, b: Rectangle): boolean {
  return (
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
  );
}

describe('ghosts', () => {
  it.each([1, 2, 5, 12, 40])('of %i shapes never overlap and keep their words', (count) => {
    const ghosts = arrangeGhosts(labels(count));
    expect(ghosts.map((ghost) => ghost.label)).toEqual(labels(count));
    for (const [position, ghost] of ghosts.entries()) {
      for (const other of ghosts.slice(position + 1)) expect(apart(ghost, other)).toBe(true);
    }
  });

  it('stand in the middle of an empty canvas', () => {
    expect(freeSpot(SIZE, [], VIEW)).toEqual({ x: 450, y: 300 });
  });

  it('stand in view beside what is there, if there is room', () => {
    const taken = [{ x: 400, y: 250, width: 400, height: 300 }];
    const spot = { ...freeSpot(SIZE, taken, VIEW), ...SIZE };
    expect(taken.every((rectangle) => apart(spot, rectangle))).toBe(true);
    expect(spot.x >= 0 && spot.y >= 0 && spot.x + 300 <= 1200 && spot.y + 200 <= 800).toBe(true);
  });

  it('stand to the right of high content and below wide content when the view is full', () => {
    const high = { x: 0, y: -500, width: 1200, height: 2000 };
    expect(freeSpot(SIZE, [high], VIEW)).toEqual({ x: 1300, y: -500 });
    const wide = { x: -900, y: 0, width: 3000, height: 800 };
    expect(freeSpot(SIZE, [wide], VIEW)).toEqual({ x: -900, y: 900 });
  });

  it('stay where they are while the plan grows, unless they would lie on something', () => {
    const spot = spotFor(arrangeGhosts(labels(1)), [], VIEW, null);
    expect(spotFor(arrangeGhosts(labels(9)), [], VIEW, spot)).toEqual(spot);
    const taken = [{ x: spot.x, y: spot.y + 150, width: 50, height: 50 }];
    expect(spotFor(arrangeGhosts(labels(1)), taken, VIEW, spot)).toEqual(spot);
    expect(spotFor(arrangeGhosts(labels(9)), taken, VIEW, spot)).not.toEqual(spot);
  });

  it('know the bounds of what is there', () => {
    expect(boundsOf([])).toBeNull();
    const both = [VIEW, { x: -10, y: 700, width: 20, height: 200 }];
    expect(boundsOf(both)).toEqual({ x: -10, y: 0, width: 1210, height: 900 });
  });
});
