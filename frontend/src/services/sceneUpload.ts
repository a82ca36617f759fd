/** Putting many objects on a canvas at once, through the same path as a person's edits. */
import { Room } from '../sync/room';
import type { Change, SceneElement } from '../types/protocol';
import { CanvasSession } from './canvasSession';
import { randomId } from './ids';
import type { CanvasStore } from './localStore';
import type { SessionState, SocketPort } from './sessionTypes';

const PATIENCE_MS = 60_000;

/** Nothing outlives the upload: if it is cut off, it is begun anew. */
const FORGETFUL: CanvasStore = {
  loadOutbox: () => Promise.resolve(undefined),
  saveOutbox: () => Promise.resolve(),
  clientsWithEdits: () => Promise.resolve([]),
  loadScene: () => Promise.resolve(undefined),
  saveScene: () => Promise.resolve(),
};

function until(session: CanvasSession, reached: (state: SessionState) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(new Error('timeout')), PATIENCE_MS);
    const finish = (error?: Error) => {
      clearTimeout(timer);
      stop();
      if (error) reject(error);
      else resolve();
    };
    const look = () => {
      if (session.getState().ended) finish(new Error('ended'));
      else if (reached(session.getState())) finish();
    };
    const stop = session.subscribe(look);
    look();
  });
}

/** Resolves once the server has everything; answers with how many objects it refused. */
export async function uploadScene(
  socket: SocketPort,
  canvasId: string,
  elements: readonly SceneElement[],
): Promise<number> {
  let refused = 0;
  const session = new CanvasSession(canvasId, new Room(randomId('c-')), socket, FORGETFUL);
  const stop = session.listen({ onNotice: () => (refused += 1) });
  try {
    await session.start();
    await until(session, (state) => state.ready);
    const changes = elements.map((element): Change => ({
      id: element.id,
      create: true,
      set: { ...element },
    }));
    session.edit(changes);
    await until(session, () => session.getUnsaved() === 0);
    return refused;
  } finally {
    stop();
    session.stop();
  }
}
