// @vitest-environment node
/** What a room does with frames and restored outboxes that are out of the ordinary. */
import { describe, expect, it } from 'vitest';
import { box } from '../../test/elements';
import { ServerModel } from '../../test/serverModel';
import type { SequencedChange } from '../../types/protocol';
import { Room } from '../room';

const touched = () => ({ ids: new Set<string>(), byJob: new Map<string, string>() });

function joined(): Room {
  const room = new Room('c-ana');
  room.applyJoin(new ServerModel().join('c-ana'));
  return room;
}

const frame = (...changes: SequencedChange[]) => ({
  canvas_id: 'canvas-1',
  from: 1,
  to: changes.length,
  changes,
  acks: {},
});

describe('a frame that brings back what was deleted before we came', () => {
  it('is a gap, even if something else of it changed earlier in the same frame', () => {
    const back = frame(
      { seq: 1, id: 'old', set: { strokeColor: '#f00' }, by: 'ben' },
      { seq: 2, id: 'old', set: { isDeleted: false }, by: 'ben' },
    );
    expect(joined().applyFrame(back, touched())).toBe('gap');
  });

  it('S6: is none if the frame tells the whole of it first', () => {
    const room = joined();
    const back = frame(
      { seq: 1, id: 'old', set: { ...box('old'), isDeleted: true }, by: 'ben' },
      { seq: 2, id: 'old', set: { isDeleted: false }, by: 'ben' },
    );
    expect(room.applyFrame(back, touched())).toBe('applied');
    expect(room.shown('old')?.isDeleted).toBe(false);
  });
});

describe('a batch acknowledged under an epoch that has ended', () => {
  it('is sent again, because its number means another change now', () => {
    const room = joined();
    room.edit([{ id: 'a', create: true, set: box('a') }]);
    const batch = room.takeBatch();
    room.acknowledge(batch?.n ?? 0, 7);
    const server = new ServerModel().join('c-ana');
    room.applyJoin({ ...server, epoch: 'after-the-restore', seq: 9 });
    expect(room.sent).toMatchObject({ n: batch?.n, changes: batch?.changes });
    expect(room.sent?.committedAt).toBeUndefined();
    expect(room.shown('a')).toBeDefined();
  });
});

describe('an edit too large for a message', () => {
  const large = {
    id: 'c',
    create: true as const,
    set: box('c', { points: Array.from({ length: 60_000 }, (_, i) => [i + 0.123456789, i]) }),
  };

  it('is dropped although an earlier start of the page tried to send it', () => {
    const room = new Room('c-ana');
    room.restore({ nextN: 5, sent: { n: 4, changes: [large] }, pending: [] }, undefined);
    const lost = new Set<string>();
    expect(room.takeBatch(lost)).toBeNull();
    expect([...lost]).toEqual(['c']);
    expect(room.unsaved).toBe(0);
  });

  it('counts bytes, not characters', () => {
    const room = joined();
    room.edit([{ id: 'a', set: { text: 'x'.repeat(600_000) } }]);
    room.edit([{ id: 'b', set: { text: '\u4e2d'.repeat(600_000) } }]);
    const lost = new Set<string>();
    expect(room.takeBatch(lost)?.changes.map(({ id }) => id)).toEqual(['a']);
    expect([...lost]).toEqual(['b']);
  });
});
