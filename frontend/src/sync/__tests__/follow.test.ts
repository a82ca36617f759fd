// @vitest-environment node
/** A follower sees all that the other person sees, whatever the size of their screen. */
import { describe, expect, it } from 'vitest';
import { fitted, viewsOf } from '../follow';

const view = { x: 100, y: -50, width: 400, height: 200 };

describe('fitted', () => {
  it('shows the same on a screen of the same shape', () => {
    expect(fitted(view, { width: 800, height: 400 })).toEqual({
      scrollX: -100,
      scrollY: 50,
      zoom: 2,
    });
  });

  it('centers the view where there is more room than needed', () => {
    const tall = fitted(view, { width: 400, height: 1000 });
    expect(tall).toEqual({ scrollX: -100, scrollY: 450, zoom: 1 });
  });

  it('stays within what the editor can zoom, and takes no empty view', () => {
    expect(fitted({ ...view, width: 90_000 }, { width: 400, height: 400 })?.zoom).toBe(0.1);
    expect(fitted({ x: 0, y: 0, width: 0, height: 0 }, { width: 400, height: 400 })).toBeNull();
  });
});

describe('viewsOf', () => {
  it('knows people by name, and leaves out people who have sent no view', () => {
    const cursor = { x: 0, y: 0 };
    const views = viewsOf({
      'tab-1': { ...cursor, user_id: 'ben', view },
      'tab-2': { ...cursor, user_id: 'vic' },
    });
    expect([...views]).toEqual([['ben', view]]);
  });
});
