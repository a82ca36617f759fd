/** The live session of the canvas on screen, for as long as it is on screen. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { CanvasSession } from '../services/canvasSession';
import { takeIdentity } from '../services/clientIdentity';
import { canvasStore } from '../services/localStore';
import { NOT_READY, type SessionState } from '../services/sessionTypes';
import { connection, getSocket } from '../services/socketClient';
import { Room } from '../sync/room';

export { randomId } from '../services/ids';
export type { CanvasSession, SessionState };

const neverChanges = () => () => undefined;
const notYet = () => NOT_READY;
const none = () => 0;

export interface LiveCanvas {
  session: CanvasSession | null;
  state: SessionState;
}

export function useCanvasSession(canvasId: string, userId: string): LiveCanvas {
  const [session, setSession] = useState<CanvasSession | null>(null);

  useEffect(() => {
    let opened: CanvasSession | null = null;
    let release: (() => void) | undefined;
    let gone = false;
    const open = async () => {
      const store = canvasStore(userId, canvasId);
      const identity = await takeIdentity(userId, canvasId, () => store.clientsWithEdits());
      if (gone) {
        identity.release();
        return;
      }
      ({ release } = identity);
      opened = new CanvasSession(canvasId, new Room(identity.clientId), getSocket(), store);
      window.addEventListener('pagehide', opened.save);
      setSession(opened);
      await opened.start();
    };
    void open();
    return () => {
      gone = true;
      if (opened) window.removeEventListener('pagehide', opened.save);
      opened?.stop();
      release?.();
      setSession(null);
    };
  }, [canvasId, userId]);

  const state = useSyncExternalStore(
    session?.subscribe ?? neverChanges,
    session?.getState ?? notYet,
  );
  return { session, state };
}

/** How many edits wait for the server. */
export function useUnsaved(session: CanvasSession | null): number {
  return useSyncExternalStore(session?.subscribe ?? neverChanges, session?.getUnsaved ?? none);
}

export function useConnection() {
  return useSyncExternalStore(connection.subscribe, connection.current);
}
