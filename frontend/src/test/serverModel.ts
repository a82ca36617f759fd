/** A small, honest model of the server's side of the protocol, for tests of the client's side. */
import type {
  Frame,
  Joined,
  SceneElement,
  SceneUpdate,
  SequencedChange,
  UpdateReply,
} from '../types/protocol';

export class ServerModel {
  readonly elements = new Map<string, SceneElement>();
  private readonly changedAt = new Map<string, number>();
  private readonly lastN = new Map<string, number>();
  epoch = 'e-1';
  seq = 0;
  minSeq = 0;

  constructor(readonly canvasId = 'canvas-1') {}

  /** Commits a batch exactly once; the frame goes to everybody, the author included. */
  commit(update: SceneUpdate): { reply: UpdateReply; frame: Frame | null } {
    const { client_id, n, after } = update;
    const last = this.lastN.get(client_id) ?? 0;
    if (n <= last) return { reply: { ok: true, seq: this.seq }, frame: null };
    if (after !== last) {
      const reply = { ok: false, code: 'out_of_order', error: 'One is missing.' } as const;
      return { reply, frame: null };
    }
    if (update.changes.some((change) => change.set.type === 'forbidden')) {
      const reply = { ok: false, code: 'invalid_element', error: 'Not a valid element.' } as const;
      return { reply, frame: null };
    }
    this.lastN.set(client_id, n);
    const frame = this.apply(update.changes, client_id, { [client_id]: n });
    return { reply: { ok: true, seq: this.seq }, frame };
  }

  apply(changes: SceneUpdate['changes'], by: string, acks: Record<string, number> = {}): Frame {
    const from = this.seq + 1;
    const sequenced: SequencedChange[] = [];
    for (const { id, create, set } of changes) {
      const before = this.elements.get(id);
      if (!before && !create) continue;
      this.seq += 1;
      const version = Math.max(before?.version ?? 0, Number(set.version ?? 0)) + 1;
      const written = { ...set, version, versionNonce: this.seq };
      this.elements.set(id, { ...before, ...written, id } as SceneElement);
      this.changedAt.set(id, this.seq);
      sequenced.push({ seq: this.seq, id, set: structuredClone(written), by });
    }
    return { canvas_id: this.canvasId, from, to: this.seq, changes: sequenced, acks };
  }

  /** Tombstones are pruned: an older client must take a snapshot. */
  prune(): void {
    for (const [id, element] of this.elements) if (element.isDeleted) this.elements.delete(id);
    this.minSeq = this.seq;
  }

  join(clientId: string, epoch?: string, since?: number): Joined {
    const delta =
      epoch === this.epoch && since !== undefined && since >= this.minSeq && since <= this.seq;
    const all = [...this.elements.values()];
    const objects = delta
      ? all.filter((element) => (this.changedAt.get(element.id) ?? 0) > since)
      : all.filter((element) => !element.isDeleted);
    return {
      ok: true,
      epoch: this.epoch,
      seq: this.seq,
      min_seq: this.minSeq,
      mode: delta ? 'delta' : 'snapshot',
      objects: structuredClone(objects),
      last_n: this.lastN.get(clientId) ?? 0,
      role: 'editor',
      members: [],
    };
  }
}
