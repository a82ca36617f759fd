/** What a session needs of a socket, and what it reports to the components that show it. */
import type { Touched } from '../sync/room';
import type { ClientEvent } from '../sync/vocabulary';
import type { Role } from '../types/api';
import type { Cursor, PresentMember } from '../types/protocol';

/** What is needed of a socket, so that tests can bring their own. */
export interface SocketPort {
  readonly connected: boolean;
  readonly id?: string | undefined;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  off(event: string, listener: (...args: unknown[]) => void): unknown;
  emit(event: ClientEvent, ...args: unknown[]): unknown;
  timeout(ms: number): { emitWithAck(event: string, body: unknown): Promise<unknown> };
  volatile: { emit(event: ClientEvent, ...args: unknown[]): unknown };
}

export type Ending = 'removed' | 'deleted' | 'unavailable';

export interface SessionState {
  ready: boolean;
  role: Role | null;
  members: PresentMember[];
  ended: Ending | null;
}

export const NOT_READY: SessionState = {
  ready: false,
  role: null,
  members: [],
  ended: null,
};

export interface SessionListener {
  /** Something may have to be shown anew; also after each join, even of an empty canvas. */
  onScene?(touched: Touched): void;
  /** The person here changed something. */
  onEdit?(): void;
  onCursors?(cursors: Record<string, Cursor>): void;
  onNotice?(message: string): void;
}
