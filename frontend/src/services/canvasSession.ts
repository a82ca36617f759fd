/** One tab's live connection to one canvas: joins, sends edits, takes frames, heals what was lost. */
import { t } from '../i18n';
import type { Role } from '../types/api';
import type * as Wire from '../types/protocol';
import type { JobEffects } from '../sync/effects';
import { meaningOf } from '../sync/refusals';
import { Room, type Touched } from '../sync/room';
import type { ClientEvent, ServerEvent } from '../sync/vocabulary';
import type { CanvasStore } from './localStore';
import {
  NOT_READY,
  type Ending,
  type SessionListener,
  type SessionState,
  type SocketPort,
} from './sessionTypes';
import { Timers } from './timers';

const SEND_EVERY_MS = 50;
const HOLD_MS = 250;
const RESYNC_EVERY_MS = 2_000;
const REPLY_WITHIN_MS = 10_000;
const SAVE_OUTBOX_AFTER_MS = 250;
const SAVE_SCENE_AFTER_MS = 2_000;
const BUSY_RETRY_MS = 1_000;

const touchedOf = (ids: Set<string>): Touched => ({ ids, byJob: new Map() });

export class CanvasSession {
  private state = NOT_READY;
  private unsaved = 0;
  private readonly stateListeners = new Set<() => void>();
  private readonly listeners = new Set<SessionListener>();
  private readonly timers = new Timers();
  private held: Wire.Frame[] = [];
  private joining = false;
  private lastJoin = 0;
  private stopped = false;

  constructor(
    readonly canvasId: string,
    private readonly room: Room,
    private readonly socket: SocketPort,
    private readonly store: CanvasStore,
  ) {}

  /** Restores what this device knows, then joins as soon as there is a connection. */
  async start(): Promise<void> {
    const [outbox, scene] = await Promise.all([
      this.store.loadOutbox(this.room.clientId),
      this.store.loadScene(),
    ]);
    if (this.stopped) return;
    this.room.restore(outbox, scene);
    for (const [event, handler] of this.handlers)
      this.socket.on(event, handler as (...args: unknown[]) => void);
    if (this.room.joined) this.shown(touchedOf(this.room.ids()));
    if (this.socket.connected) void this.join();
  }

  stop(): void {
    this.stopped = true;
    for (const [event, handler] of this.handlers)
      this.socket.off(event, handler as (...args: unknown[]) => void);
    this.save();
    this.timers.stop();
    if (this.socket.connected) this.socket.emit('leave_canvas', { canvas_id: this.canvasId });
  }

  getState = (): SessionState => this.state;

  /** Edits that the server has not acknowledged: apart, as it changes with every stroke. */
  getUnsaved = (): number => this.unsaved;

  subscribe = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  listen(listener: SessionListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  socketId = (): string | undefined => this.socket.id;

  element = (id: string): Wire.SceneElement | undefined => this.room.shown(id);

  elementIds(): Set<string> {
    return this.room.ids();
  }

  scene(): Wire.SceneElement[] {
    return [...this.room.ids()].flatMap((id) => this.room.shown(id) ?? []);
  }

  get effects(): JobEffects {
    return this.room.effects;
  }

  edit(changes: readonly Wire.Change[]): void {
    if (changes.length === 0 || this.state.role === 'viewer' || this.state.ended) return;
    this.room.edit(changes);
    this.noteUnsaved();
    for (const l of this.listeners) l.onEdit?.();
    this.timers.after('send', SEND_EVERY_MS, () => this.flush());
  }

  pointAt(cursor: Omit<Wire.CursorMessage, 'canvas_id'>): void {
    if (!this.socket.connected || !this.state.ready) return;
    this.socket.volatile.emit('cursor', { canvas_id: this.canvasId, ...cursor });
  }

  /** Writes everything to this device now; call before the page goes away. */
  save = (): void => {
    void this.store.saveOutbox(this.room.clientId, this.room.outbox());
    if (this.room.joined) void this.store.saveScene(this.room.snapshot());
  };

  private readonly handlers: [ServerEvent | 'connect', (body: never) => void][] = [
    ['connect', () => void this.join()],
    ['server_restart', () => this.save()],
    ['scene_update', (frame: Wire.Frame) => this.ours(frame) && this.receive(frame)],
    [
      'head',
      (body: { canvas_id: string; seq: number }) => this.ours(body) && this.onHead(body.seq),
    ],
    [
      'presence',
      (body: { canvas_id: string; members: Wire.PresentMember[] }) =>
        this.ours(body) && this.update({ members: body.members }),
    ],
    [
      'cursors',
      (body: { canvas_id: string; by_socket: Record<string, Wire.Cursor> }) => {
        if (this.ours(body)) for (const l of this.listeners) l.onCursors?.(body.by_socket);
      },
    ],
    [
      'role_changed',
      (body: { canvas_id: string; role: Role }) => this.ours(body) && this.changeRole(body.role),
    ],
    ['removed', (body: { canvas_id: string }) => this.ours(body) && this.end('removed')],
    ['canvas_deleted', (body: { canvas_id: string }) => this.ours(body) && this.end('deleted')],
  ];

  private ours(body: { canvas_id: string }): boolean {
    return body.canvas_id === this.canvasId && !this.state.ended;
  }

  private async join(): Promise<void> {
    if (this.joining || this.stopped || this.state.ended) return;
    this.joining = true;
    this.lastJoin = Date.now();
    const body: Wire.JoinRequest = { canvas_id: this.canvasId, client_id: this.room.clientId };
    if (this.room.joined) Object.assign(body, { epoch: this.room.epoch, since: this.room.seq });
    try {
      const reply = (await this.ask('join_canvas', body)) as Wire.JoinReply;
      if (this.stopped) return;
      if (!reply.ok) {
        if (meaningOf(reply.code) === 'forbidden') this.end('unavailable');
        else this.timers.after('join', RESYNC_EVERY_MS, () => void this.join());
        return;
      }
      const touched = touchedOf(new Set());
      touched.ids = this.room.applyJoin(reply, touched.byJob);
      this.update({ ready: true, members: reply.members });
      this.changeRole(reply.role);
      this.joining = false;
      for (const l of this.listeners) l.onScene?.(touched);
      this.replayHeld();
      this.resend();
    } catch {
      // No answer in time: the connection is gone (its return joins again) or the server is busy.
      this.timers.after('join', RESYNC_EVERY_MS, () => void this.join());
    } finally {
      this.joining = false;
    }
  }

  private resync(): void {
    if (!this.socket.connected) return;
    const wait = Math.max(0, this.lastJoin + RESYNC_EVERY_MS - Date.now());
    this.timers.after('join', wait, () => void this.join());
  }

  private receive(frame: Wire.Frame): void {
    if (this.joining || !this.room.joined) {
      this.held.push(frame);
      return;
    }
    const touched = touchedOf(new Set());
    if (this.room.applyFrame(frame, touched) === 'gap') {
      this.held.push(frame);
      this.timers.after('gap', HOLD_MS, () => this.held.length > 0 && this.resync());
      return;
    }
    this.applied(touched);
    if (this.held.length > 0) this.replayHeld();
  }

  private replayHeld(): void {
    const touched = touchedOf(new Set());
    this.held = this.held
      .toSorted((a, b) => a.from - b.from)
      .filter((frame) => this.room.applyFrame(frame, touched) === 'gap');
    this.applied(touched);
    if (this.held.length > 0) this.timers.after('gap', HOLD_MS, () => this.resync());
  }

  private applied(touched: Touched): void {
    this.shown(touched);
    this.timers.after('scene', SAVE_SCENE_AFTER_MS, this.save);
    this.noteUnsaved();
    if (this.room.hasPending) this.timers.after('send', SEND_EVERY_MS, () => this.flush());
  }

  /** The server says how far it is: if frames went missing silently, ask again. */
  private onHead(seq: number): void {
    if (seq <= this.room.seq) return;
    this.timers.after('gap', HOLD_MS, () => seq > this.room.seq && this.resync());
  }

  private flush(): void {
    if (!this.socket.connected || !this.state.ready || this.stopped) return;
    const lost = new Set<string>();
    if (this.room.takeBatch(lost)) void this.send();
    this.giveUp(lost, t().canvas.tooLarge);
  }

  /** Stored before it leaves (S10), so that a reload repeats this batch under its own number. */
  private async send(): Promise<void> {
    await this.store.saveOutbox(this.room.clientId, this.room.outbox());
    if (!this.stopped) await this.transmit();
  }

  private resend(): void {
    if (this.room.sent) void this.transmit();
    else this.flush();
    this.noteUnsaved();
  }

  private async transmit(): Promise<void> {
    const batch = this.room.sent;
    if (!batch || batch.committedAt !== undefined) return;
    const { n, changes } = batch;
    const from = { canvas_id: this.canvasId, client_id: this.room.clientId };
    const body: Wire.SceneUpdate = { ...from, n, after: this.room.lastN, changes };
    const reply = (await this.ask('scene_update', body).catch(
      () => null,
    )) as Wire.UpdateReply | null;
    if (this.stopped) return;
    if (!reply) {
      this.resync();
      return;
    }
    if (reply.ok) this.shown(touchedOf(this.room.acknowledge(n, reply.seq)));
    else this.refused(n, reply.code, reply.error);
    this.noteUnsaved();
    if (this.room.hasPending) this.timers.after('send', SEND_EVERY_MS, () => this.flush());
    // Acknowledged, but its frame has not come: it may have been lost.
    if (this.room.sent?.committedAt !== undefined) {
      this.timers.after(
        'frame',
        REPLY_WITHIN_MS / 5,
        () => this.room.sent?.committedAt && this.resync(),
      );
    }
  }

  private refused(n: number, code: string, error: string): void {
    switch (meaningOf(code)) {
      case 'rejoin':
        return this.resync();
      case 'busy':
        return this.timers.after('busy', BUSY_RETRY_MS, () => void this.transmit());
      case 'forbidden':
        this.giveUp(this.room.discard(), error);
        return this.resync();
      case 'invalid':
        this.giveUp(this.room.refuse(n), error);
        void this.send();
    }
  }

  private giveUp(ids: Set<string>, error: string): void {
    if (ids.size === 0) return;
    this.shown(touchedOf(ids));
    this.noteUnsaved();
    for (const l of this.listeners) l.onNotice?.(t().canvas.notSaved(error));
  }

  private changeRole(role: Role): void {
    this.update({ role });
    if (role === 'viewer' && this.room.unsaved > 0) {
      this.giveUp(this.room.discard(), t().canvas.viewOnly);
    }
  }

  private end(ended: Ending): void {
    this.room.discard();
    this.unsaved = 0;
    this.update({ ended });
  }

  private shown(touched: Touched): void {
    if (touched.ids.size > 0) for (const l of this.listeners) l.onScene?.(touched);
  }

  private noteUnsaved(): void {
    const { unsaved } = this.room;
    if (unsaved !== this.unsaved) {
      this.unsaved = unsaved;
      this.notify();
    }
    this.timers.after('outbox', SAVE_OUTBOX_AFTER_MS, () => {
      void this.store.saveOutbox(this.room.clientId, this.room.outbox());
    });
  }

  private update(change: Partial<SessionState>): void {
    this.state = { ...this.state, ...change };
    this.notify();
  }

  private notify(): void {
    for (const listener of this.stateListeners) listener();
  }

  private ask(event: ClientEvent, body: unknown): Promise<unknown> {
    return this.socket.timeout(REPLY_WITHIN_MS).emitWithAck(event, body);
  }
}
