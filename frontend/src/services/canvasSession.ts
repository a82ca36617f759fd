/** One tab's live connection to one canvas: joins, sends edits, takes frames, heals what was lost. */
import type { Role } from '../types/api';
import type {
  Change,
  Cursor,
  CursorMessage,
  Frame,
  JoinReply,
  JoinRequest,
  PresentMember,
  SceneElement,
  SceneUpdate,
  UpdateReply,
} from '../types/protocol';
import { Room, type Touched } from '../sync/room';
import type { CanvasStore } from './localStore';

const SEND_EVERY_MS = 50;
const HOLD_MS = 250;
const RESYNC_EVERY_MS = 2_000;
const REPLY_WITHIN_MS = 10_000;
const SAVE_OUTBOX_AFTER_MS = 250;
const SAVE_SCENE_AFTER_MS = 2_000;
const BUSY_RETRY_MS = 1_000;

const BUSY = new Set(['rate_limited', 'unavailable', 'internal', 'error']);
const FORBIDDEN = new Set(['not_allowed', 'not_found', 'not_authenticated']);

/** What is needed of a socket, so that tests can bring their own. */
export interface SocketPort {
  readonly connected: boolean;
  readonly id?: string | undefined;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  off(event: string, listener: (...args: unknown[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  timeout(ms: number): { emitWithAck(event: string, body: unknown): Promise<unknown> };
  volatile: { emit(event: string, ...args: unknown[]): unknown };
}

export type Ending = 'removed' | 'deleted' | 'unavailable';

export interface SessionState {
  ready: boolean;
  role: Role | null;
  members: PresentMember[];
  unsaved: number;
  ended: Ending | null;
}

export interface SessionListener {
  /** Something may have to be shown anew; also after each join, even of an empty canvas. */
  onScene?(touched: Touched): void;
  onCursors?(cursors: Record<string, Cursor>): void;
  onNotice?(message: string): void;
}

const touchedOf = (ids: Set<string>): Touched => ({ ids, byJob: new Map() });

export class CanvasSession {
  private state: SessionState = {
    ready: false,
    role: null,
    members: [],
    unsaved: 0,
    ended: null,
  };
  private readonly stateListeners = new Set<() => void>();
  private readonly listeners = new Set<SessionListener>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private held: Frame[] = [];
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
    for (const timer of this.timers.values()) clearTimeout(timer);
    if (this.socket.connected) this.socket.emit('leave_canvas', { canvas_id: this.canvasId });
  }

  getState = (): SessionState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  listen(listener: SessionListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get socketId(): string | undefined {
    return this.socket.id;
  }

  element = (id: string): SceneElement | undefined => this.room.shown(id);

  elementIds(): Set<string> {
    return this.room.ids();
  }

  edit(changes: readonly Change[]): void {
    if (changes.length === 0 || this.state.role === 'viewer' || this.state.ended) return;
    this.room.edit(changes);
    this.noteUnsaved();
    this.after('send', SEND_EVERY_MS, () => this.flush());
  }

  pointAt(cursor: Omit<CursorMessage, 'canvas_id'>): void {
    if (!this.socket.connected || !this.state.ready) return;
    this.socket.volatile.emit('cursor', { canvas_id: this.canvasId, ...cursor });
  }

  /** Writes everything to this device now; call before the page goes away. */
  save = (): void => {
    void this.store.saveOutbox(this.room.clientId, this.room.outbox());
    if (this.room.joined) void this.store.saveScene(this.room.snapshot());
  };

  private readonly handlers: [string, (body: never) => void][] = [
    ['connect', () => void this.join()],
    ['scene_update', (frame: Frame) => this.ours(frame) && this.receive(frame)],
    ['head', (body: { canvas_id: string; seq: number }) => this.ours(body) && this.heed(body.seq)],
    [
      'presence',
      (body: { canvas_id: string; members: PresentMember[] }) =>
        this.ours(body) && this.update({ members: body.members }),
    ],
    [
      'cursors',
      (body: { canvas_id: string; by_socket: Record<string, Cursor> }) => {
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
    const body: JoinRequest = { canvas_id: this.canvasId, client_id: this.room.clientId };
    if (this.room.joined) Object.assign(body, { epoch: this.room.epoch, since: this.room.seq });
    try {
      const reply = (await this.ask('join_canvas', body)) as JoinReply;
      if (this.stopped) return;
      if (!reply.ok) {
        this.refusedJoin(reply.code);
        return;
      }
      const ids = this.room.applyJoin(reply);
      this.update({ ready: true, members: reply.members });
      this.changeRole(reply.role);
      this.joining = false;
      for (const l of this.listeners) l.onScene?.(touchedOf(ids));
      this.replayHeld();
      this.resend();
    } catch {
      // No answer in time: the connection is gone (its return joins again) or the server is busy.
      this.after('join', RESYNC_EVERY_MS, () => void this.join());
    } finally {
      this.joining = false;
    }
  }

  private refusedJoin(code: string): void {
    if (FORBIDDEN.has(code)) this.end('unavailable');
    else this.after('join', RESYNC_EVERY_MS, () => void this.join());
  }

  private resync(): void {
    if (!this.socket.connected) return;
    const wait = Math.max(0, this.lastJoin + RESYNC_EVERY_MS - Date.now());
    this.after('join', wait, () => void this.join());
  }

  private receive(frame: Frame): void {
    if (this.joining || !this.room.joined) {
      this.held.push(frame);
      return;
    }
    const touched = touchedOf(new Set());
    if (this.room.applyFrame(frame, touched) === 'gap') {
      this.held.push(frame);
      this.after('gap', HOLD_MS, () => this.held.length > 0 && this.resync());
      return;
    }
    this.applied(touched);
    if (this.held.length > 0) this.replayHeld();
  }

  private replayHeld(): void {
    const frames = this.held.toSorted((a, b) => a.from - b.from);
    this.held = [];
    const touched = touchedOf(new Set());
    for (const frame of frames) {
      if (this.room.applyFrame(frame, touched) === 'gap') this.held.push(frame);
    }
    this.applied(touched);
    if (this.held.length > 0) this.after('gap', HOLD_MS, () => this.resync());
  }

  private applied(touched: Touched): void {
    this.shown(touched);
    this.after('scene', SAVE_SCENE_AFTER_MS, this.save);
    this.noteUnsaved();
    if (this.room.hasPending) this.after('send', SEND_EVERY_MS, () => this.flush());
  }

  /** The server says how far it is: if frames went missing silently, ask again. */
  private heed(seq: number): void {
    if (seq <= this.room.seq) return;
    this.after('gap', HOLD_MS, () => seq > this.room.seq && this.resync());
  }

  private flush(): void {
    if (!this.socket.connected || !this.state.ready || this.stopped) return;
    if (!this.room.takeBatch()) return;
    // Before it leaves, so that a reload repeats this batch under its own number.
    void this.store.saveOutbox(this.room.clientId, this.room.outbox());
    void this.transmit();
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
    const { canvasId: canvas_id } = this;
    const body: SceneUpdate = { canvas_id, client_id: this.room.clientId, n, changes };
    let reply: UpdateReply;
    try {
      reply = (await this.ask('scene_update', body)) as UpdateReply;
    } catch {
      this.resync();
      return;
    }
    if (this.stopped) return;
    if (reply.ok) this.shown(touchedOf(this.room.acknowledge(n, reply.seq)));
    else this.refused(n, reply.code, reply.error);
    this.noteUnsaved();
    if (this.room.hasPending) this.after('send', SEND_EVERY_MS, () => this.flush());
    // Acknowledged, but its frame has not come: it may have been lost.
    if (this.room.sent?.committedAt !== undefined) {
      this.after('frame', REPLY_WITHIN_MS / 5, () => this.room.sent?.committedAt && this.resync());
    }
  }

  private refused(n: number, code: string, error: string): void {
    if (code === 'not_joined') this.resync();
    else if (BUSY.has(code)) this.after('busy', BUSY_RETRY_MS, () => void this.transmit());
    else if (FORBIDDEN.has(code)) {
      this.giveUp(this.room.discard(), error);
      this.resync();
    } else {
      const ids = this.room.refuse(n);
      if (ids.size > 0) this.giveUp(ids, error);
      void this.transmit();
    }
  }

  private giveUp(ids: Set<string>, error: string): void {
    if (ids.size === 0) return;
    this.shown(touchedOf(ids));
    for (const l of this.listeners) l.onNotice?.(`An edit was not saved. ${error}`);
  }

  private changeRole(role: Role): void {
    this.update({ role });
    if (role === 'viewer' && this.room.unsaved > 0) {
      this.giveUp(this.room.discard(), 'You may only view this canvas.');
      this.noteUnsaved();
    }
  }

  private end(ended: Ending): void {
    this.room.discard();
    this.update({ ended, unsaved: 0 });
  }

  private shown(touched: Touched): void {
    if (touched.ids.size > 0) for (const l of this.listeners) l.onScene?.(touched);
  }

  private noteUnsaved(): void {
    const { unsaved } = this.room;
    if (unsaved !== this.state.unsaved) this.update({ unsaved });
    this.after('outbox', SAVE_OUTBOX_AFTER_MS, () => {
      void this.store.saveOutbox(this.room.clientId, this.room.outbox());
    });
  }

  private update(change: Partial<SessionState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.stateListeners) listener();
  }

  private ask(event: string, body: unknown): Promise<unknown> {
    return this.socket.timeout(REPLY_WITHIN_MS).emitWithAck(event, body);
  }

  /** Runs `action` once after `ms`; asking again under the same name while it waits does nothing. */
  private after(name: string, ms: number, action: () => void): void {
    if (this.timers.has(name) || this.stopped) return;
    const run = () => {
      this.timers.delete(name);
      action();
    };
    this.timers.set(name, setTimeout(run, ms));
  }
}
