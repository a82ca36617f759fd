/**
 * Canvases that were deleted a moment ago, while that can still be undone: the server hears of it only
 * when the moment is over. Leaving the page does not undo.
 */
import { deleteCanvas } from './canvasService';

let waiting: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function change(next: ReadonlySet<string>): void {
  waiting = next;
  for (const listener of listeners) listener();
}

const without = (id: string) => new Set([...waiting].filter((other) => other !== id));

export const deletions = {
  current: (): ReadonlySet<string> => waiting,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  begin(id: string): void {
    change(new Set(waiting).add(id));
  },
  undo(id: string): void {
    change(without(id));
  },
  /** Does nothing if it was undone. The canvas stays hidden until the server has answered. */
  async commit(id: string): Promise<boolean> {
    if (!waiting.has(id)) return false;
    try {
      await deleteCanvas(id);
      return true;
    } finally {
      change(without(id));
    }
  },
  /** The page goes away: what waits is deleted now. */
  async flush(): Promise<void> {
    const asked = [...waiting].map((id) => deleteCanvas(id, { keepalive: true }));
    change(new Set());
    await Promise.allSettled(asked);
  },
};

globalThis.addEventListener?.('pagehide', () => void deletions.flush());
