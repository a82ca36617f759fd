/** A part of the page that is loaded when it is needed, and waited for while the server is away. */
import { lazy, type ComponentType } from 'react';

const TRIES = 15;
const PAUSE_MS = 2_000;

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** Gives up in the end: after an update of the server the part may have another name. */
async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    try {
      return await load();
    } catch {
      await pause();
    }
  }
  return load();
}

/** `begin` starts loading before the part is shown. */
export function lazyPart<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  let loaded: ReturnType<typeof load> | null = null;
  const begin = () => (loaded ??= untilLoaded(load));
  return Object.assign(lazy(begin), { begin: () => void begin().catch(() => undefined) });
}
