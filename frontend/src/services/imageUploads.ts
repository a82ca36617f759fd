/**
 * Pictures on their way to the server: kept on this device until they have arrived, one at a time,
 * again and again while the connection is down, and given up with a sentence when they are refused.
 */
import { t } from '../i18n';
import { ApiError } from './apiClient';
import { asPicture, fileIdOf } from './pictures';
import { Timers } from './timers';

export interface StoredFile {
  id: string;
  name: string;
  content: Blob;
}

export interface FileStore {
  loadFiles(): Promise<StoredFile[]>;
  saveFile(file: StoredFile): Promise<void>;
  dropFile(id: string): Promise<void>;
}

export interface Upload {
  id: string;
  name: string;
  /** From 0 to 1. */
  sent: number;
}

export interface UploadListener {
  onStored(id: string): void;
  onRefused(id: string, sentence: string): void;
}

export type Send = (content: Blob, onProgress: (part: number) => void) => Promise<string>;

const MOST_WAITING_BYTES = 200 * 1024 * 1024;
const RETRY_MS = 3_000;
const MOST_TRIES = 8;
/** Refused now and for ever. */
const FINAL = new Set([400, 401, 403, 404, 409, 413, 415, 422]);

interface Waiting extends StoredFile {
  sent: number;
  tries: number;
}

export class ImageUploads {
  private readonly waiting = new Map<string, Waiting>();
  private readonly listeners = new Set<() => void>();
  private readonly timers = new Timers();
  private shown: readonly Upload[] = [];
  private running = false;
  private stopped = false;
  private loaded: Promise<void> | null = null;

  constructor(
    private readonly store: FileStore,
    private readonly send: Send,
    private readonly isOnline: () => boolean,
    private readonly listener: UploadListener,
  ) {}

  /** Goes on with what an earlier visit left behind. */
  start(): Promise<void> {
    this.loaded ??= this.load();
    return this.loaded;
  }

  list = (): readonly Upload[] => this.shown;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A picture that this device still holds. */
  async find(id: string): Promise<Blob | undefined> {
    await this.start();
    return this.waiting.get(id)?.content;
  }

  /** Answers with the picture's id as soon as it is safe on this device. Throws with a sentence. */
  async add(file: Blob, name: string, limit: number): Promise<string> {
    await this.start();
    const content = await asPicture(file).catch(() => {
      throw new Error(t().images.unreadable(name));
    });
    if (content.size > limit) throw new Error(t().images.tooLarge(name, limit));
    const held = [...this.waiting.values()].reduce((sum, each) => sum + each.content.size, 0);
    if (held + content.size > MOST_WAITING_BYTES) throw new Error(t().images.tooMany);
    const id = await fileIdOf(content);
    if (id === null) return this.send(content, () => undefined);
    if (!this.waiting.has(id)) {
      await this.store.saveFile({ id, name, content });
      this.waiting.set(id, { id, name, content, sent: 0, tries: 0 });
      this.notify();
    }
    void this.run();
    return id;
  }

  /** The connection is back. */
  retry = (): void => void this.run();

  stop(): void {
    this.stopped = true;
    this.timers.stop();
  }

  private async load(): Promise<void> {
    for (const file of await this.store.loadFiles()) {
      this.waiting.set(file.id, { ...file, sent: 0, tries: 0 });
    }
    this.notify();
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (;;) {
        const [next] = this.waiting.values();
        if (!next || this.stopped || !this.isOnline()) return;
        if (!(await this.deliver(next))) {
          this.timers.after('retry', RETRY_MS, this.retry);
          return;
        }
      }
    } finally {
      this.running = false;
    }
  }

  /** False: the same again later. */
  private async deliver(file: Waiting): Promise<boolean> {
    try {
      await this.send(file.content, (part) => {
        file.sent = part;
        this.notify();
      });
      await this.forget(file.id);
      this.listener.onStored(file.id);
      return true;
    } catch (error) {
      file.sent = 0;
      file.tries += 1;
      const final = error instanceof ApiError && FINAL.has(error.status);
      if (!final && (file.tries < MOST_TRIES || !this.isOnline())) {
        this.notify();
        return false;
      }
      await this.forget(file.id);
      const reason = error instanceof Error ? error.message : '';
      this.listener.onRefused(file.id, t().images.refused(file.name, reason));
      return true;
    }
  }

  private async forget(id: string): Promise<void> {
    await this.store.dropFile(id);
    this.waiting.delete(id);
    this.notify();
  }

  private notify(): void {
    this.shown = [...this.waiting.values()].map(({ id, name, sent }) => ({ id, name, sent }));
    for (const listener of this.listeners) listener();
  }
}
