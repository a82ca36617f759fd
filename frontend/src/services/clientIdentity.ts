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
  if (!('locks' in navigator)) return claim(name);
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

const ANSWER_WITHIN_MS = 200;

interface Claim {
  /** Whose: no two tabs have the same, also if one is a copy of the other. */
  by: string;
  held: boolean;
}

/**
 * The same where there are no locks, as at a plain http address: who holds the name answers. Of
 * two who ask at once, the one whose mark is lower has it.
 */
function claim(name: string): Promise<(() => void) | null> {
  const by = randomId();
  const channel = new BroadcastChannel(name);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other
  const say = (held: boolean) => channel.postMessage({ by, held } satisfies Claim);
  return new Promise((resolve) => {
    let held = false;
    const timer = setTimeout(() => {
      held = true;
      resolve(() => channel.close());
    }, ANSWER_WITHIN_MS);
    channel.addEventListener('message', ({ data }: MessageEvent<Claim>) => {
      const yields = !held && (data.held || data.by < by);
      if (yields) {
        clearTimeout(timer);
        channel.close();
        resolve(null);
      } else if (!data.held) {
        say(held);
      }
    });
    say(false);
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
