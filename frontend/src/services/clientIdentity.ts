/**
 * Which client a tab is to the server. A reload keeps its id, a duplicated tab gets a new one, and
 * a new tab takes over from one that was closed with edits unsent.
 */
import { randomId } from './ids';

const KEY = 'collabcanvas.client';

export interface Identity {
  clientId: string;
  release: () => void;
}

/** Holds `name` until released; null if another tab has it. */
function hold(name: string): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((release) => resolve(release));
    });
  });
}

export async function takeIdentity(
  userId: string,
  canvasId: string,
  abandoned: () => Promise<string[]>,
): Promise<Identity> {
  const key = `${KEY}.${userId}.${canvasId}`;
  const own = sessionStorage.getItem(key);
  const candidates = own ? [own] : 'locks' in navigator ? await abandoned() : [];
  for (const clientId of [...candidates, randomId('c-')]) {
    const release = await hold(`${KEY}.${clientId}`);
    if (!release) continue;
    sessionStorage.setItem(key, clientId);
    return { clientId, release };
  }
  const clientId = randomId('c-');
  return { clientId, release: () => undefined };
}
