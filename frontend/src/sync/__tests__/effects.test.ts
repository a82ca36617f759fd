// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { JobView } from '../../types/ai';
import type { Joined, SceneElement } from '../../types/protocol';
import { Room } from '../room';

const NOBODY = new Set<string>();
const nothing = () => ({ ids: new Set<string>(), byJob: new Map<string, string>() });

function job(change: Partial<JobView> = {}): JobView {
  return {
    id: 'j1',
    type: 'create_canvas',
    status: 'completed',
    undone: false,
    ...change,
  } as JobView;
}

function box(id: string, change: Partial<SceneElement> = {}): SceneElement {
  return { id, type: 'rectangle', version: 1, versionNonce: 1, isDeleted: false, ...change };
}

function roomWith(...objects: SceneElement[]): Room {
  const room = new Room('c-1');
  const reply = { ok: true, epoch: 'e', seq: 0, min_seq: 0, mode: 'snapshot', last_n: 0 };
  room.applyJoin({ ...reply, role: 'editor', members: [], objects } as Joined);
  return room;
}

function frame(room: Room, id: string, set: Record<string, unknown>, by = 'job:j1'): void {
  const seq = room.seq + 1;
  const changes = [{ seq, id, set, by }];
  room.applyFrame({ canvas_id: 'c', from: seq, to: seq, changes, acks: {} }, nothing());
}

function gone(room: Room, of = job(), arrived: ReadonlySet<string> = NOBODY): boolean {
  const scene = [...room.ids()].flatMap((id) => room.shown(id) ?? []);
  return room.effects.withoutTrace([of], scene, arrived).has(of.id);
}

describe('what is left of a job', () => {
  it('is nothing once a person has undone its drawing by hand, and all again after a redo', () => {
    const room = roomWith();
    frame(room, 'a', { ...box('a'), customData: { job: 'j1' } });
    expect(gone(room)).toBe(false);
    room.edit([{ id: 'a', set: { isDeleted: true } }]);
    expect(gone(room)).toBe(true);
    room.edit([{ id: 'a', set: { isDeleted: false } }]);
    expect(gone(room)).toBe(false);
  });

  it('is a changed property as long as it has the value that the job gave it', () => {
    const room = roomWith(box('a', { strokeColor: '#000', x: 1 }));
    frame(room, 'a', { strokeColor: '#f00', x: 1 });
    const modify = job({ type: 'modify_canvas' });
    expect(gone(room, modify)).toBe(false);
    room.edit([{ id: 'a', set: { strokeColor: '#000' } }]);
    expect(gone(room, modify)).toBe(true);
  });

  it('is a deletion as long as the element stays deleted', () => {
    const room = roomWith(box('a'));
    frame(room, 'a', { isDeleted: true });
    expect(gone(room, job({ type: 'modify_canvas' }))).toBe(false);
    frame(room, 'a', { isDeleted: false }, 'ana');
    expect(gone(room, job({ type: 'modify_canvas' }))).toBe(true);
  });

  it('is known after a reload from the elements themselves', () => {
    expect(gone(roomWith(box('a', { customData: { job: 'j1' } })))).toBe(false);
    expect(gone(roomWith(box('a')))).toBe(true);
  });

  it('is not judged while the drawing may still be on its way, nor where nobody can know', () => {
    expect(gone(roomWith(), job(), new Set(['j1']))).toBe(false);
    expect(gone(roomWith(), job({ type: 'modify_canvas' }))).toBe(false);
    expect(gone(roomWith(), job({ status: 'processing' }))).toBe(false);
  });
});
