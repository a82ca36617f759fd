/** What a tab keeps on this device: unsent edits (never lost by a reload) and the last known scene. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Outbox, Snapshot } from '../sync/room';

interface Schema extends DBSchema {
  outboxes: { key: [user: string, canvas: string, client: string]; value: Outbox };
  scenes: { key: [user: string, canvas: string]; value: Snapshot };
}

export interface CanvasStore {
  loadOutbox(clientId: string): Promise<Outbox | undefined>;
  saveOutbox(clientId: string, outbox: Outbox): Promise<void>;
  /** Tabs of this canvas that left edits behind. */
  clientsWithEdits(): Promise<string[]>;
  loadScene(): Promise<Snapshot | undefined>;
  saveScene(snapshot: Snapshot): Promise<void>;
}

let database: Promise<IDBPDatabase<Schema>> | null = null;

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('collabcanvas', 1, {
    upgrade(db) {
      db.createObjectStore('outboxes');
      db.createObjectStore('scenes');
    },
  });
  return database;
}

function isEmpty(outbox: Outbox): boolean {
  return outbox.sent === null && outbox.pending.length === 0;
}

const PATIENCE_MS = 2_000;

/** Storage may be full, forbidden (private windows) or stuck; work then goes on in memory. */
async function attempt<T>(action: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  try {
    return await Promise.race([action(), patience]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}

export function canvasStore(user: string, canvas: string): CanvasStore {
  const range = () => IDBKeyRange.bound([user, canvas, ''], [user, canvas, '\uffff']);
  return {
    loadOutbox: (client) =>
      attempt(async () => (await open()).get('outboxes', [user, canvas, client]), undefined),
    saveOutbox: (client, outbox) =>
      attempt(async () => {
        await (await open()).put('outboxes', structuredClone(outbox), [user, canvas, client]);
      }, undefined),
    clientsWithEdits: () =>
      attempt(async () => {
        const db = await open();
        const keys = await db.getAllKeys('outboxes', range());
        const values = await db.getAll('outboxes', range());
        return keys.flatMap((key, i) => (values[i] && !isEmpty(values[i]) ? [key[2]] : []));
      }, []),
    loadScene: () => attempt(async () => (await open()).get('scenes', [user, canvas]), undefined),
    saveScene: (snapshot) =>
      attempt(async () => {
        await (await open()).put('scenes', snapshot, [user, canvas]);
      }, undefined),
  };
}

/** On signing out: scenes leave the device; unsent edits stay until their owner returns. */
export async function forgetScenes(): Promise<void> {
  await attempt(async () => (await open()).clear('scenes'), undefined);
}
