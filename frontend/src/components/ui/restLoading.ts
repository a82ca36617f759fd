/**
 * Parts that are loaded before anybody wants them, once the page is connected and rests: Firefox
 * and WebKit never ask again for an address that failed once, as it does while the server is away.
 */
import { connection } from '../../services/socketClient';

const REST_MS = 3_000;

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function later(): void {
  clearTimeout(timer);
  if (waiting.size === 0 || connection.current() !== 'connected') return;
  timer = setTimeout(() => {
    const loads = [...waiting];
    waiting.clear();
    for (const load of loads) load();
  }, REST_MS);
}

export function loadAtRest(load: () => void): void {
  if (waiting.size === 0) connection.subscribe(later);
  waiting.add(load);
  later();
}
