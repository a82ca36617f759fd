// @vitest-environment node
/** Random edits, lost frames, lost acknowledgements, reloads: everybody ends with the server's scene. */
import { describe, expect, it } from 'vitest';
import { box, seeded } from '../../test/elements';
import { ServerModel } from '../../test/serverModel';
import type { Frame, SceneElement, UpdateReply } from '../../types/protocol';
import { meaningOf } from '../refusals';
import { Room } from '../room';
import { View, type EditorFocus } from '../view';

/** Instead of chance: nothing gets lost. */
const always = () => 0.99;

const FREE: EditorFocus = { busy: new Set(), unfinished: null };

/** A tab: an editor that mutates its own objects, between a person and a room. */
class Tab {
  room: Room;
  view = new View();
  editor: SceneElement[] = [];
  inbox: Frame[] = [];
  reply: { n: number; reply: UpdateReply } | null = null;
  focus: EditorFocus = FREE;
  sentCount = 0;

  constructor(
    readonly name: string,
    readonly server: ServerModel,
  ) {
    this.room = new Room(name);
    this.join();
  }

  join(): void {
    const { room } = this;
    const reply = this.server.join(
      this.name,
      room.epoch || undefined,
      room.joined ? room.seq : undefined,
    );
    this.show(room.applyJoin(reply));
  }

  show(ids: Set<string>): void {
    this.look();
    const shown = (id: string) => this.room.shown(id);
    const scene = this.view.compose(this.editor, ids, shown, this.focus);
    if (!scene) return;
    this.editor = scene;
    this.room.edit(this.view.accept(scene, shown, this.focus));
  }

  /** What the editor's change callback does. */
  look(): void {
    this.room.edit(this.view.collect(this.editor, this.focus));
  }

  mutate(id: string, properties: Partial<SceneElement>): void {
    const element = this.editor.find((candidate) => candidate.id === id);
    if (!element) return;
    Object.assign(element, properties, {
      version: element.version + 1,
      versionNonce: Math.floor(element.versionNonce * 7 + 13) % 1_000_003,
    });
  }

  receive(): boolean {
    const frame = this.inbox.shift();
    if (!frame) return false;
    const touched = { ids: new Set<string>(), byJob: new Map<string, string>() };
    this.look();
    if (this.room.applyFrame(frame, touched) === 'gap') this.join();
    else this.show(touched.ids);
    return true;
  }

  /** The tab closes without a word and comes back with what its device kept. */
  reload(): void {
    const outbox = structuredClone(this.room.outbox());
    this.room = new Room(this.name);
    this.room.restore(outbox, undefined);
    this.view = new View();
    this.editor = [];
    this.inbox = [];
    this.reply = null;
    this.join();
  }
}

function transmit(tab: Tab, tabs: Tab[], random: () => number): void {
  const batch = tab.room.sent ?? tab.room.takeBatch();
  if (!batch || batch.committedAt !== undefined) return;
  if (random() < 0.1) return; // lost on the way there
  const { n, changes } = structuredClone(batch);
  tab.sentCount += 1;
  const result = tab.server.commit({
    canvas_id: 'canvas-1',
    client_id: tab.name,
    n,
    after: tab.room.lastN,
    changes,
  });
  if (result.frame) {
    for (const other of tabs) if (random() > 0.1) other.inbox.push(structuredClone(result.frame));
  }
  if (random() > 0.1) {
    if (result.reply.ok) tab.show(tab.room.acknowledge(n, result.reply.seq));
    else if (meaningOf(result.reply.code) === 'rejoin') tab.join();
    else tab.show(tab.room.refuse(n));
  }
}

function editAtRandom(tab: Tab, random: () => number, fresh: () => string): void {
  const pick = tab.editor[Math.floor(random() * tab.editor.length)];
  const choice = random();
  if (!pick || choice < 0.15) tab.editor.push(box(fresh(), { index: `b${fresh()}` }));
  else if (choice < 0.45)
    tab.mutate(pick.id, { x: Math.floor(random() * 500), y: Math.floor(random() * 500) });
  else if (choice < 0.7) tab.mutate(pick.id, { strokeColor: `#${Math.floor(random() * 1e6)}` });
  else if (choice < 0.85)
    tab.mutate(pick.id, { backgroundColor: `#${Math.floor(random() * 1e6)}` });
  else tab.mutate(pick.id, { isDeleted: random() < 0.6 });
  tab.look();
}

/** Everything arrives in the end: replies, frames, and a `head` that reveals silent losses. */
function settle(tabs: Tab[], server: ServerModel): void {
  for (let round = 0; round < 50; round += 1) {
    for (const tab of tabs) {
      tab.focus = FREE;
      while (tab.receive());
      tab.look();
      tab.show(new Set());
      if (tab.room.seq < server.seq || tab.room.sent?.committedAt !== undefined) tab.join();
      transmit(tab, tabs, always);
    }
    if (
      tabs.every(
        (tab) => tab.room.unsaved === 0 && tab.inbox.length === 0 && tab.room.seq === server.seq,
      )
    )
      return;
  }
  throw new Error('did not settle');
}

const content = (elements: Iterable<SceneElement>) =>
  [...elements]
    .filter((element) => !element.isDeleted)
    .map(({ version: _v, versionNonce: _n, ...rest }) => rest)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

function run(seed: number): void {
  const random = seeded(seed);
  const server = new ServerModel();
  let count = 0;
  const fresh = () => `s${seed}-${(count += 1)}`;
  const tabs = ['ana', 'ben', 'vic'].map((name) => new Tab(name, server));
  for (let step = 0; step < 150; step += 1) {
    const tab = tabs[Math.floor(random() * tabs.length)] as Tab;
    const choice = random();
    if (choice < 0.4) editAtRandom(tab, random, fresh);
    else if (choice < 0.65) transmit(tab, tabs, random);
    else if (choice < 0.9) tab.receive();
    else if (choice < 0.93) tab.reload();
    else if (choice < 0.95) tab.join();
    else if (choice < 0.96) server.prune();
    else {
      const held = tab.editor[Math.floor(random() * tab.editor.length)];
      tab.focus = held && random() < 0.5 ? { busy: new Set([held.id]), unfinished: null } : FREE;
    }
  }
  settle(tabs, server);
  const expected = content(server.elements.values());
  for (const tab of tabs) {
    expect(content(tab.editor), `seed ${seed}, ${tab.name}'s screen`).toEqual(expected);
    expect(content([...tab.room.ids()].flatMap((id) => tab.room.shown(id) ?? []))).toEqual(
      expected,
    );
  }
  const before = tabs.map((tab) => tab.sentCount);
  for (let round = 0; round < 5; round += 1) {
    for (const tab of tabs) {
      while (tab.receive());
      tab.look();
      transmit(tab, tabs, always);
    }
  }
  expect(
    tabs.map((tab) => tab.sentCount),
    `seed ${seed}: silence once settled`,
  ).toEqual(before);
}

describe('three tabs and a server', () => {
  it('S10: converge for 200 random histories, and then stay silent', () => {
    for (let seed = 1; seed <= 200; seed += 1) run(seed);
  });
});
