/**
 * What one tab knows of one canvas: `base` (the server's state at `seq`), the batch on its way,
 * and edits not sent yet. What is shown is always base + sent + pending.
 */
import type { Change, Frame, Joined, SceneElement, SequencedChange } from '../types/protocol';
import { JobEffects, jobOf } from './effects';
import { asElement, mergeChange } from './elements';
import { BOUNDS } from './vocabulary';

/** Of one batch: below the 1 MiB of a message, however many bytes a character has. */
const MAX_CHARACTERS = 180_000;
/** A character is at most three bytes. */
const BYTES_PER_CHARACTER = 3;

export interface Batch {
  n: number;
  changes: Change[];
  /** Known once the server acknowledged: the `seq` at which it was committed. */
  committedAt?: number;
}

/** The part of a room that must survive a reload. */
export interface Outbox {
  nextN: number;
  sent: Batch | null;
  pending: Change[];
}

export interface Snapshot {
  epoch: string;
  seq: number;
  elements: SceneElement[];
}

export type FrameOutcome = 'applied' | 'known' | 'gap';

/** Ids whose shown state may have changed, and which of them a job drew (by job id). */
export interface Touched {
  ids: Set<string>;
  byJob: Map<string, string>;
}

const JOB_PREFIX = 'job:';

export class Room {
  epoch = '';
  seq = -1;
  sent: Batch | null = null;
  /** The newest batch that the server has: it takes the next one only after that. */
  lastN = 0;
  readonly effects = new JobEffects();
  private base = new Map<string, SceneElement>();
  private pending = new Map<string, Change>();
  private nextN = 1;

  constructor(readonly clientId: string) {}

  get joined(): boolean {
    return this.seq >= 0;
  }

  get unsaved(): number {
    return this.pending.size + (this.sent?.changes.length ?? 0);
  }

  get hasPending(): boolean {
    return this.pending.size > 0;
  }

  ids(): Set<string> {
    const ids = new Set(this.base.keys());
    for (const change of this.sent?.changes ?? []) ids.add(change.id);
    for (const id of this.pending.keys()) ids.add(id);
    return ids;
  }

  /** The element as it should be on screen; undefined if it exists nowhere. */
  shown(id: string): SceneElement | undefined {
    const sent = this.sent?.changes.find((change) => change.id === id);
    const pending = this.pending.get(id);
    const base = this.base.get(id);
    if (!sent && !pending) return base;
    if (!base && !sent?.create && !pending?.create) return undefined;
    return { ...asElement(id, {}), ...base, ...sent?.set, ...pending?.set, ...versionOf(base) };
  }

  /** Records a person's edits; nothing is sent yet. */
  edit(changes: readonly Change[]): void {
    for (const change of changes) {
      this.pending.set(change.id, mergeChange(this.pending.get(change.id), change));
    }
  }

  /**
   * The batch to send now, or null while one is on its way or there is nothing to say. Edits that
   * no message can carry are given up (the server would hang up on each try) and named in `lost`.
   */
  takeBatch(lost = new Set<string>()): Batch | null {
    if (this.sent || this.pending.size === 0) return null;
    const changes: Change[] = [];
    let characters = 0;
    for (const change of this.pending.values()) {
      const text = JSON.stringify(change);
      const size = text.length;
      if (isOversized(text)) {
        this.pending.delete(change.id);
        lost.add(change.id);
        continue;
      }
      const full = changes.length >= BOUNDS.batch_changes || characters + size > MAX_CHARACTERS;
      if (changes.length > 0 && full) break;
      changes.push(change);
      characters += size;
    }
    if (changes.length === 0) return null;
    for (const change of changes) this.pending.delete(change.id);
    this.sent = { n: this.nextN++, changes };
    return this.sent;
  }

  /**
   * The server says that batch `n` was committed at `seq`; its frame may still be on its way.
   * Returns the ids that are now shown as the server has them.
   */
  acknowledge(n: number, seq: number): Set<string> {
    this.lastN = Math.max(this.lastN, n);
    if (this.sent?.n !== n) return new Set();
    this.sent.committedAt = seq;
    return this.settle(0);
  }

  /**
   * The server refused batch `n`. A batch of several is halved, so that one bad element does not
   * take the others with it; a single refused change is given up. Returns the ids given up.
   */
  refuse(n: number): Set<string> {
    const batch = this.sent;
    if (batch?.n !== n) return new Set();
    this.sent = null;
    const [first, ...rest] = batch.changes;
    if (first && rest.length === 0) {
      if (first.create) this.pending.delete(first.id);
      return new Set([first.id]);
    }
    const half = Math.ceil(batch.changes.length / 2);
    const later = batch.changes.slice(half);
    for (const change of later) {
      const newer = this.pending.get(change.id);
      this.pending.delete(change.id);
      this.edit(newer ? [change, newer] : [change]);
    }
    this.sent = { n: this.nextN++, changes: batch.changes.slice(0, half) };
    return new Set();
  }

  /** Gives up every edit that is not on the server. Returns the ids that change on screen. */
  discard(): Set<string> {
    const ids = new Set(this.pending.keys());
    for (const change of this.sent?.changes ?? []) ids.add(change.id);
    this.pending.clear();
    this.sent = null;
    return ids;
  }

  /** Applies a frame if it continues what is known; 'gap' means that something is missing. */
  applyFrame(frame: Frame, touched: Touched): FrameOutcome {
    const empty = frame.to < frame.from;
    if (frame.from > this.seq + 1 || this.hasStranger(frame)) return 'gap';
    for (const change of frame.changes) {
      if (change.seq <= this.seq) continue;
      const before = this.base.get(change.id);
      this.applyChange(change);
      touched.ids.add(change.id);
      if (!change.by.startsWith(JOB_PREFIX)) continue;
      const jobId = change.by.slice(JOB_PREFIX.length);
      const after = this.base.get(change.id);
      if (after) this.effects.note(jobId, before, after);
      touched.byJob.set(change.id, jobId);
    }
    const outcome = !empty && frame.to <= this.seq ? 'known' : 'applied';
    this.seq = Math.max(this.seq, frame.to);
    for (const id of this.settle(frame.acks[this.clientId] ?? 0)) touched.ids.add(id);
    return outcome;
  }

  /**
   * Takes the server's answer to a join: a delta on top of `base`, or a whole new `base`. What a job
   * drew since (its frame was too large, or lost) goes into `byJob`.
   */
  applyJoin(reply: Joined, byJob = new Map<string, string>()): Set<string> {
    const ids = reply.mode === 'snapshot' ? this.ids() : new Set<string>();
    if (reply.mode === 'snapshot') this.base.clear();
    for (const element of reply.objects) {
      const jobId = reply.mode === 'delta' && !element.isDeleted && jobOf(element);
      if (jobId && !this.base.has(element.id)) {
        this.effects.note(jobId, undefined, element);
        byJob.set(element.id, jobId);
      }
      this.base.set(element.id, element);
      ids.add(element.id);
    }
    // Another epoch counts anew: what was acknowledged under the old one is sent again.
    if (reply.epoch !== this.epoch) delete this.sent?.committedAt;
    this.epoch = reply.epoch;
    this.seq = reply.seq;
    this.nextN = Math.max(this.nextN, reply.last_n + 1);
    this.lastN = reply.last_n;
    for (const id of this.settle(reply.last_n)) ids.add(id);
    return ids;
  }

  outbox(): Outbox {
    return { nextN: this.nextN, sent: this.sent, pending: [...this.pending.values()] };
  }

  snapshot(): Snapshot {
    return { epoch: this.epoch, seq: this.seq, elements: [...this.base.values()] };
  }

  restore(outbox: Outbox | undefined, snapshot: Snapshot | undefined): void {
    if (snapshot) {
      this.epoch = snapshot.epoch;
      this.seq = snapshot.seq;
      this.base = new Map(snapshot.elements.map((element) => [element.id, element]));
    }
    if (!outbox) return;
    this.nextN = outbox.nextN;
    const { sent, pending } = outbox;
    const hopeless = sent?.changes.some((change) => isOversized(JSON.stringify(change)));
    this.sent = sent && !hopeless ? { n: sent.n, changes: sent.changes } : null;
    if (sent && hopeless) this.edit(sent.changes);
    this.edit(pending);
  }

  /** A deletion undone, of an element deleted before we came: only a join brings the whole of it. */
  private hasStranger(frame: Frame): boolean {
    const met = new Set<string>();
    return frame.changes.some(({ seq, id, set }) => {
      if (seq <= this.seq || this.base.has(id) || met.has(id)) return false;
      if ('type' in set) met.add(id);
      return !('type' in set) && set.isDeleted === false;
    });
  }

  private applyChange(change: SequencedChange): void {
    const before = this.base.get(change.id);
    if (before) this.base.set(change.id, { ...before, ...change.set, id: change.id });
    else if ('type' in change.set) this.base.set(change.id, asElement(change.id, change.set));
  }

  /** Forgets the sent batch once the server's own state covers it. Returns its ids. */
  private settle(lastN: number): Set<string> {
    this.lastN = Math.max(this.lastN, lastN);
    const sent = this.sent;
    if (!sent) return new Set();
    const arrived = sent.committedAt !== undefined && this.seq >= sent.committedAt;
    if (sent.n > lastN && !arrived) return new Set();
    this.sent = null;
    return new Set(sent.changes.map((change) => change.id));
  }
}

function isOversized(text: string): boolean {
  if (text.length * BYTES_PER_CHARACTER <= BOUNDS.object_bytes) return false;
  return new TextEncoder().encode(text).length > BOUNDS.object_bytes;
}

function versionOf(base: SceneElement | undefined): Partial<SceneElement> {
  return base ? { version: base.version, versionNonce: base.versionNonce } : {};
}
