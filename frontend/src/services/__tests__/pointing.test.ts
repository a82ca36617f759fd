// @vitest-environment node
/** What others hear of this person's cursor: gathered, bounded, and nothing that did not happen. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pointing } from '../pointing';

const view = { x: 0, y: 0, width: 800, height: 600 };
let sent: unknown[];
let pointing: Pointing;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  pointing = new Pointing((cursor) => sent.push(cursor));
});
afterEach(() => {
  pointing.stop();
  vi.useRealTimers();
});

it('gathers what happens within a moment', () => {
  pointing.look(view);
  pointing.point({ x: 1, y: 2, tool: 'pointer' });
  pointing.point({ x: 3, y: 4, tool: 'laser' });
  vi.advanceTimersByTime(60);
  expect(sent).toEqual([{ x: 3, y: 4, tool: 'laser', selected: [], view }]);
});

it('points nowhere for who has not pointed yet', () => {
  pointing.look(view);
  vi.advanceTimersByTime(60);
  expect(sent).toEqual([{ tool: 'pointer', selected: [], view }]);
});

it('repeats itself for who has just come, and names a bounded selection', () => {
  pointing.again();
  vi.advanceTimersByTime(60);
  expect(sent).toEqual([]);
  pointing.look(view);
  pointing.select(Array.from({ length: 500 }, (_, i) => `id-${i}`));
  vi.advanceTimersByTime(60);
  pointing.again();
  vi.advanceTimersByTime(60);
  expect(sent).toHaveLength(2);
  expect((sent[1] as { selected: string[] }).selected).toHaveLength(200);
});
