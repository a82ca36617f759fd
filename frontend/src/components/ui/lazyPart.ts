/** A part of the page that is loaded when it is needed, and waited for while the server is away. */
import { lazy, type ComponentType } from 'react';
import { PartMissing } from './PartMissing';
import { loadAtRest } from './restLoading';

const TRIES = 15;
const PAUSE_MS = 2_000;

export const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

type Loaded<P> = { default: ComponentType<P> };

/**
 * Gives up in the end, as after an update of the server the part may have another name: then its
 * place says so, and the rest of the page goes on.
 */
async function untilLoaded<P>(load: () => Promise<Loaded<P>>): Promise<Loaded<P>> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      return await load();
    } catch {
      if (tries < TRIES) await pause();
    }
  }
  return { default: PartMissing };
}

/**
 * `begin` starts loading before the part is shown. A `large` one waits until it is wanted; others
 * are loaded when the page rests.
 */
export function lazyPart<P>(load: () => Promise<Loaded<P>>, { large = false } = {}) {
  let loaded: Promise<Loaded<P>> | null = null;
  const begin = () => (loaded ??= untilLoaded(load));
  if (!large) loadAtRest(() => void begin());
  return Object.assign(lazy(begin), { begin: () => void begin() });
}
