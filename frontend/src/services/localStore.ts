/** What a tab keeps on this device: unsent edits (never lost by a reload) and the last known scene. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Outbox, Snapshot } from '../sync/room';
import type { FileStore } from './imageUploads';

interface Schema extends DBSchema {
  outboxes: { key: [user: string, canvas: string, client: string]; value: Outbox };
  scenes: { key: [user: string, canvas: string]; value: Snapshot };
  /** Pictures not uploaded yet. Bytes and type apart: not every browser stores blobs. */
  files: {
    key: [user: string, canvas: string, file: string];
    value: { name: string; type: string; bytes: ArrayBuffer };
  };
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
  database ??= openDB<Schema>('collabcanvas', 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('outboxes');
        db.createObjectStore('scenes');
      }
      db.createObjectStore('files');
    },
    /** A newer version of this page wants to change the store in another tab. */
    blocking(_current, _wanted, { target }) {
      (target as IDBDatabase).close();
      database = null;
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

export function fileStore(user: string, canvas: string): FileStore {
  const range = () => IDBKeyRange.bound([user, canvas, ''], [user, canvas, '\uffff']);
  return {
    loadFiles: () =>
      attempt(async () => {
        const db = await open();
        const keys = await db.getAllKeys('files', range());
        const values = await db.getAll('files', range());
        return keys.flatMap(([, , id], i) => {
          const value = values[i];
          if (!value) return [];
          return [{ id, name: value.name, content: new Blob([value.bytes], { type: value.type }) }];
        });
      }, []),
    saveFile: ({ id, name, content }) =>
      attempt(async () => {
        const bytes = await content.arrayBuffer();
        await (await open()).put('files', { name, type: content.type, bytes }, [user, canvas, id]);
      }, undefined),
    dropFile: (id) =>
      attempt(async () => {
        await (await open()).delete('files', [user, canvas, id]);
      }, undefined),
  };
}

/** On signing out: scenes leave the device; unsent edits stay until their owner returns. */
export async function forgetScenes(): Promise<void> {
  await attempt(async () => (await open()).clear('scenes'), undefined);
}
