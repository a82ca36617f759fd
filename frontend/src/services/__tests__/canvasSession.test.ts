/** A tab's session against the server model: sending, losing the line, refusals, roles. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Room, type Touched } from '../../sync/room';
import { box } from '../../test/elements';
import { FakeSocket } from '../../test/fakeSocket';
import { ServerModel } from '../../test/serverModel';
import type { Role } from '../../types/api';
import { CanvasSession } from '../canvasSession';
import type { CanvasStore } from '../localStore';

const CANVAS = 'canvas-1';

function memoryStore(): CanvasStore {
  const outboxes = new Map<string, unknown>();
  return {
    loadOutbox: async (id) => structuredClone(outboxes.get(id)) as never,
    saveOutbox: async (id, outbox) => void outboxes.set(id, structuredClone(outbox)),
    clientsWithEdits: async () => [...outboxes.keys()],
    loadScene: async () => undefined,
    saveScene: async () => undefined,
  };
}

let server: ServerModel;
let socket: FakeSocket;
let store: CanvasStore;
let session: CanvasSession;

async function open(clientId = 'c-ana'): Promise<CanvasSession> {
  const opened = new CanvasSession(CANVAS, new Room(clientId), socket, store);
  await opened.start();
  await vi.advanceTimersByTimeAsync(0);
  return opened;
}

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const create = (id: string) => ({ id, create: true as const, set: box(id) });
const move = (id: string, x: number) => ({ id, set: { x } });

beforeEach(async () => {
  vi.useFakeTimers();
  server = new ServerModel(CANVAS);
  server.apply([create('a'), create('b')], 'ben');
  socket = new FakeSocket(server);
  store = memoryStore();
  session = await open();
});

afterEach(() => {
  session.stop();
  vi.useRealTimers();
});

describe('CanvasSession', () => {
  it('shows the scene after joining', () => {
    expect(session.getState()).toMatchObject({ ready: true, role: 'editor' });
    expect(session.getUnsaved()).toBe(0);
    expect(session.elementIds()).toEqual(new Set(['a', 'b']));
  });

  it('gathers edits and sends one batch at a time', async () => {
    session.edit([move('a', 1)]);
    session.edit([move('a', 2), move('b', 3)]);
    expect(session.getUnsaved()).toBe(2);
    await later(60);
    expect(socket.sent).toHaveLength(1);
    expect(socket.sent[0]).toMatchObject({
      n: 1,
      changes: [
        { id: 'a', set: { x: 2 } },
        { id: 'b', set: { x: 3 } },
      ],
    });
    expect(session.getUnsaved()).toBe(0);
  });

  it('S10: keeps edits made without a line and sends them when it is back', async () => {
    socket.drop();
    session.edit([move('a', 7)]);
    await later(1_000);
    expect(socket.sent).toHaveLength(0);
    expect(session.element('a')?.x).toBe(7);
    socket.restore();
    await later(100);
    expect(server.elements.get('a')?.x).toBe(7);
    expect(session.getUnsaved()).toBe(0);
  });

  it('S10: keeps edits over a reload, under the same client and number', async () => {
    socket.drop();
    session.edit([move('a', 9)]);
    await later(300);
    session.stop();
    socket.connected = true;
    session = await open();
    await later(100);
    expect(server.elements.get('a')?.x).toBe(9);
    expect(socket.sent).toHaveLength(1);
  });

  it('S4: asks again when a frame went missing and the next one shows it', async () => {
    socket.loseFrames = true;
    socket.receiveFrame(server.apply([move('a', 5)], 'ben'));
    socket.loseFrames = false;
    socket.receiveFrame(server.apply([move('b', 6)], 'ben'));
    expect(session.element('b')?.x).toBe(0);
    await later(3_000);
    expect(session.element('a')?.x).toBe(5);
    expect(session.element('b')?.x).toBe(6);
    expect(socket.joins.at(-1)).toMatchObject({ epoch: 'e-1', since: 2 });
  });

  it('puts two frames that crossed on the way in order without asking', async () => {
    const first = server.apply([move('a', 5)], 'ben');
    const second = server.apply([move('a', 6)], 'ben');
    socket.receiveFrame(second);
    socket.receiveFrame(first);
    await later(3_000);
    expect(session.element('a')?.x).toBe(6);
    expect(socket.joins).toHaveLength(1);
  });

  it('S4: learns from the head that the last frame before a silence was lost', async () => {
    socket.loseFrames = true;
    server.apply([move('a', 5)], 'ben');
    socket.receive('head', { canvas_id: CANVAS, seq: server.seq });
    await later(3_000);
    expect(session.element('a')?.x).toBe(5);
  });

  it('S2: repeats a batch that the server was too busy for, under its old number', async () => {
    socket.refusals.push({ ok: false, code: 'rate_limited', error: 'Too many.' });
    session.edit([move('a', 4)]);
    await later(1_500);
    expect(socket.sent.map(({ n }) => n)).toEqual([1, 1]);
    expect(server.elements.get('a')?.x).toBe(4);
  });

  it('gives up only the edit that is not valid, and says so', async () => {
    const notices: string[] = [];
    const shown: Touched[] = [];
    session.listen({ onNotice: (text) => notices.push(text), onScene: (t) => shown.push(t) });
    session.edit([
      move('a', 1),
      { id: 'c', create: true, set: { ...box('c'), type: 'forbidden' } },
    ]);
    session.edit([move('b', 2)]);
    await later(500);
    expect(server.elements.get('a')?.x).toBe(1);
    expect(server.elements.get('b')?.x).toBe(2);
    expect(session.element('c')).toBeUndefined();
    expect(shown.some(({ ids }) => ids.has('c'))).toBe(true);
    expect(notices).toEqual(['An edit was not saved. Not a valid element.']);
    expect(session.getUnsaved()).toBe(0);
  });

  it('S10: stores the half of a refused batch before it leaves under its new number', async () => {
    const stored: (number | undefined)[] = [];
    const onArrival: (number | undefined)[] = [];
    const saveOutbox = store.saveOutbox.bind(store);
    store.saveOutbox = async (id, outbox) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      stored.push(outbox.sent?.n);
      await saveOutbox(id, outbox);
    };
    const commit = server.commit.bind(server);
    server.commit = (update) => {
      onArrival.push(stored.at(-1));
      return commit(update);
    };
    session.edit([
      move('a', 1),
      { id: 'c', create: true, set: { ...box('c'), type: 'forbidden' } },
    ]);
    await later(190); // the store is not written for any other reason within 250 ms
    expect(socket.sent.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(onArrival).toEqual([1, 2, 3]);
  });

  it('drops an edit that no message can carry, says so, and goes on', async () => {
    const notices: string[] = [];
    session.listen({ onNotice: (text) => notices.push(text) });
    const points = Array.from({ length: 60_000 }, (_, i) => [i + 0.123456789, i]);
    session.edit([{ id: 'c', create: true, set: box('c', { points }) }, move('a', 3)]);
    await later(500);
    expect(socket.sent).toHaveLength(1);
    expect(session.element('c')).toBeUndefined();
    expect(server.elements.get('a')?.x).toBe(3);
    expect(notices).toEqual([
      'An edit was not saved. It is too large for one object. Draw it in several parts.',
    ]);
    expect(session.getUnsaved()).toBe(0);
  });

  it('S9: undoes what a person did who may no longer edit', async () => {
    socket.refusals.push({
      ok: false,
      code: 'not_allowed',
      error: 'Your role does not allow this.',
    });
    const notices: string[] = [];
    session.listen({ onNotice: (text) => notices.push(text) });
    session.edit([move('a', 50)]);
    await later(200);
    expect(session.element('a')?.x).toBe(0);
    expect(notices).toHaveLength(1);
  });

  it('takes no edits from a viewer', async () => {
    socket.receive('role_changed', { canvas_id: CANVAS, role: 'viewer' satisfies Role });
    session.edit([move('a', 50)]);
    await later(200);
    expect(session.getState().role).toBe('viewer');
    expect(socket.sent).toHaveLength(0);
    expect(session.element('a')?.x).toBe(0);
  });

  it.each([
    ['removed', 'removed'],
    ['canvas_deleted', 'deleted'],
  ])('ends when it hears %s', (event, ended) => {
    socket.receive(event, { canvas_id: 'another' });
    expect(session.getState().ended).toBeNull();
    socket.receive(event, { canvas_id: CANVAS });
    expect(session.getState().ended).toBe(ended);
  });

  it('knows which job drew what', () => {
    const shown: Touched[] = [];
    session.listen({ onScene: (touched) => shown.push(touched) });
    socket.receiveFrame(server.apply([create('d')], 'job:j-1'));
    expect(shown[0]?.byJob).toEqual(new Map([['d', 'j-1']]));
  });

  it('knows what a job drew also when the frame was too large to be sent', async () => {
    const shown: Touched[] = [];
    session.listen({ onScene: (touched) => shown.push(touched) });
    const drawn = {
      id: 'd',
      create: true as const,
      set: { ...box('d'), customData: { job: 'j-1' } },
    };
    const { to } = server.apply([drawn, create('by-hand')], 'job:j-1');
    socket.receive('head', { canvas_id: CANVAS, seq: to });
    await later(3_000);
    expect(session.elementIds()).toContain('by-hand');
    const named = new Map(shown.flatMap(({ byJob }) => Array.from(byJob)));
    expect(named).toEqual(new Map([['d', 'j-1']]));
    expect(session.effects.elementsOf('j-1')).toEqual(['d']);
  });
});
