/** The tab's one socket. Everyone who needs it asks here; nobody else opens a connection. */
import { io, type Socket } from 'socket.io-client';
import type { ServerEvent } from '../sync/vocabulary';
import type { ConnectionState } from '../types/protocol';

/** How long a lost connection is called "reconnecting" before it is called "offline". */
const OFFLINE_AFTER_MS = 10_000;
/** The client library does not come back by itself when the server hung up. */
const RETURN_AFTER_MS = 1_500;

let socket: Socket | null = null;

export function getSocket(): Socket {
  socket ??= io({ transports: ['websocket'], autoConnect: false, reconnectionDelayMax: 5_000 });
  return socket;
}

export function connectSocket(): void {
  getSocket().connect();
}

export function disconnectSocket(): void {
  socket?.disconnect();
}

type Listener = () => void;

/** What a person sees of the connection, as an external store. */
export class ConnectionMonitor {
  private state: ConnectionState = 'connecting';
  private readonly listeners = new Set<Listener>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watching = false;
  /** How long the server said that it will be away. */
  private restartMs = 0;

  constructor(private readonly socketOf: () => Socket = getSocket) {}

  subscribe = (listener: Listener): Listener => {
    this.listeners.add(listener);
    this.watch();
    return () => this.listeners.delete(listener);
  };

  current = (): ConnectionState => this.state;

  private watch(): void {
    if (this.watching) return;
    this.watching = true;
    const active = this.socketOf();
    active.on('connect', () => {
      this.restartMs = 0;
      this.set('connected');
    });
    const restart: ServerEvent = 'server_restart';
    active.on(restart, ({ seconds }: { seconds: number }) => {
      this.restartMs = seconds * 1_000;
    });
    active.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return;
      this.lost();
      if (reason === 'io server disconnect') setTimeout(() => active.connect(), RETURN_AFTER_MS);
    });
    active.on('connect_error', () => {
      if (this.state === 'connected' || this.state === 'connecting') this.lost();
      if (!active.active) setTimeout(() => active.connect(), RETURN_AFTER_MS * 2);
    });
    window.addEventListener('offline', () => this.set('offline'));
    window.addEventListener('online', () => {
      if (!active.connected) this.lost();
    });
    if (active.connected) this.set('connected');
  }

  private lost(): void {
    this.set(this.restartMs > 0 ? 'restarting' : 'reconnecting');
    const patience = OFFLINE_AFTER_MS + this.restartMs;
    this.timer = setTimeout(() => this.set('offline'), patience);
  }

  private set(state: ConnectionState): void {
    clearTimeout(this.timer);
    if (state === this.state) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const connection = new ConnectionMonitor();
