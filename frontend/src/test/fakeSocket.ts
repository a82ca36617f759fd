/** A socket wired to the server model, with a switch for the line and one for lost frames. */
import type { SocketPort } from '../services/sessionTypes';
import type { Frame, JoinRequest, SceneUpdate } from '../types/protocol';
import type { ServerModel } from './serverModel';

type Listener = (...args: unknown[]) => void;

export class FakeSocket implements SocketPort {
  connected = true;
  id = 'socket-1';
  /** Frames are dropped while set. */
  loseFrames = false;
  /** Answers of the server in place of the model's, first come first served. */
  refusals: { ok: false; code: string; error: string }[] = [];
  readonly sent: SceneUpdate[] = [];
  readonly joins: JoinRequest[] = [];
  readonly pointed: unknown[] = [];
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly server: ServerModel) {}

  volatile = {
    emit: (_event: string, body: unknown) => this.pointed.push(body),
  };

  on(event: string, listener: Listener): void {
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known.add(listener));
  }

  off(event: string, listener: Listener): void {
    this.listeners.get(event)?.delete(listener);
  }

  emit(): void {}

  timeout() {
    return {
      emitWithAck: async (event: string, body: unknown): Promise<unknown> => {
        if (!this.connected) throw new Error('timeout');
        if (event === 'join_canvas') return this.join(structuredClone(body) as JoinRequest);
        return this.update(structuredClone(body) as SceneUpdate);
      },
    };
  }

  /** The server says something to this tab. */
  receive(event: string, body: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(structuredClone(body));
  }

  receiveFrame(frame: Frame | null): void {
    if (frame && this.connected && !this.loseFrames) this.receive('scene_update', frame);
  }

  drop(): void {
    this.connected = false;
    this.receive('disconnect', 'transport close');
  }

  restore(): void {
    this.connected = true;
    this.receive('connect', null);
  }

  private join(request: JoinRequest) {
    this.joins.push(request);
    return this.server.join(request.client_id, request.epoch, request.since);
  }

  private update(update: SceneUpdate) {
    this.sent.push(update);
    const refusal = this.refusals.shift();
    if (refusal) return refusal;
    const { reply, frame } = this.server.commit(update);
    this.receiveFrame(frame);
    return reply;
  }
}
