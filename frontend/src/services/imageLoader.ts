/** Gives the editor the pictures that its scene mentions, from this device or from the server. */
import type { Change, SceneElement } from '../types/protocol';
import { ApiError } from './apiClient';
import { blobOf, dataUrlOf } from './pictures';
import { atMostEvery, Timers } from './timers';

export interface EditorFile {
  id: string;
  mimeType: string;
  dataURL: string;
}

/** The editor's own store of pictures. */
export interface EditorFiles {
  get(id: string): EditorFile | undefined;
  add(file: EditorFile): void;
}

interface Scene {
  scene(): SceneElement[];
  edit(changes: readonly Change[]): void;
}

interface Sources {
  /** Pictures that this device has not uploaded yet. */
  find(id: string): Promise<Blob | undefined>;
  fetch(id: string): Promise<Blob>;
  /** Uploads a picture that came with a copied shape; answers with its id here. */
  adopt(content: Blob): Promise<string>;
}

const LOOK_EVERY_MS = 200;
const ASK_AGAIN_MS = [5_000, 15_000, 60_000];

type Outcome = 'stored' | 'refused';
type State = { here: true } | { here: false; status: unknown; tries: number; busy: boolean };

function picturesOf(scene: readonly SceneElement[]): Map<string, SceneElement[]> {
  const pictures = new Map<string, SceneElement[]>();
  for (const element of scene) {
    if (element.type !== 'image' || element.isDeleted || typeof element.fileId !== 'string')
      continue;
    pictures.set(element.fileId, [...(pictures.get(element.fileId) ?? []), element]);
  }
  return pictures;
}

/** Nobody has said yet that its picture is on the server. */
const isUnsaved = ({ status }: SceneElement) => status !== 'saved';

export class ImageLoader {
  private readonly states = new Map<string, State>();
  /** A small picture may have arrived before the editor shows the shape that it belongs to. */
  private readonly outcomes = new Map<string, Outcome>();
  private readonly timers = new Timers();
  private editor: EditorFiles | null = null;

  constructor(
    private readonly scene: Scene,
    private readonly sources: Sources,
  ) {}

  /** The scene may mention new pictures. */
  readonly soon = atMostEvery(LOOK_EVERY_MS, () => this.look());

  bind(editor: EditorFiles): () => void {
    this.editor = editor;
    this.states.clear();
    this.soon.soon();
    return () => {
      this.editor = null;
      this.soon.stop();
    };
  }

  /** The pictures of a scene that is not the editor's own; those that are nowhere are left out. */
  async filesOf(scene: readonly SceneElement[]): Promise<EditorFile[]> {
    const found = [...picturesOf(scene).keys()].map(async (id): Promise<EditorFile | null> => {
      const known = this.editor?.get(id);
      if (known) return known;
      const content = (await this.sources.find(id)) ?? (await this.sources.fetch(id));
      return { id, mimeType: content.type, dataURL: await dataUrlOf(content) };
    });
    const settled = await Promise.allSettled(found);
    return settled.flatMap((file) => (file.status === 'fulfilled' ? (file.value ?? []) : []));
  }

  /** The connection is back: what could not be loaded may be there now. */
  retry = (): void => {
    for (const [id, state] of this.states) if (!state.here && !state.busy) this.states.delete(id);
    this.soon.soon();
  };

  stop(): void {
    this.editor = null;
    this.soon.stop();
    this.timers.stop();
  }

  /** The server has it: everybody else learns from the status that it can be loaded. */
  stored(id: string): void {
    this.states.set(id, { here: true });
    this.meet(id, 'stored');
  }

  /** It will never be there. */
  refused(id: string): void {
    this.meet(id, 'refused');
  }

  private meet(id: string, outcome: Outcome): void {
    this.outcomes.set(id, outcome);
    if (outcome === 'refused') this.change(id, () => ({ isDeleted: true }));
    else this.change(id, (element) => (isUnsaved(element) ? { status: 'saved' } : null));
  }

  /** Dropping a refused picture again tries again. */
  private async meetAgain(id: string, outcome: Outcome): Promise<void> {
    if (outcome === 'refused' && (await this.sources.find(id))) this.outcomes.delete(id);
    else this.meet(id, outcome);
  }

  private change(id: string, setOf: (element: SceneElement) => Change['set'] | null): void {
    const elements = picturesOf(this.scene.scene()).get(id) ?? [];
    this.scene.edit(
      elements.flatMap((element) => {
        const set = setOf(element);
        return set ? [{ id: element.id, set }] : [];
      }),
    );
  }

  private look(): void {
    for (const [id, elements] of picturesOf(this.scene.scene())) {
      const [element] = elements;
      const outcome = this.outcomes.get(id);
      if (outcome === 'refused' || (outcome && elements.some(isUnsaved)))
        void this.meetAgain(id, outcome);
      const state = this.states.get(id);
      if (state?.here || state?.busy) continue;
      if (state && state.status === element?.status) continue;
      void this.load(id, element?.status, state?.tries ?? 0);
    }
  }

  private async load(id: string, status: unknown, tries: number): Promise<void> {
    const state: State = { here: false, status, tries, busy: true };
    this.states.set(id, state);
    try {
      const held = await this.sources.find(id);
      // Somebody is still uploading it, and will say so when it is there.
      if (!held && status === 'pending' && tries === 0) throw new Error('not yet');
      await this.show(id, held ?? (await this.sources.fetch(id)));
      this.states.set(id, { here: true });
      // Its uploader left before the status was set.
      if (!held && status === 'pending') this.meet(id, 'stored');
    } catch (error) {
      state.busy = false;
      const missing = error instanceof ApiError && error.status === 404;
      const copied = missing ? this.editor?.get(id) : undefined;
      if (copied) await this.adopt(id, copied);
      else this.later(id, tries);
    }
  }

  private later(id: string, tries: number): void {
    const wait = ASK_AGAIN_MS[tries];
    if (wait === undefined) return;
    this.timers.after(id, wait, () => {
      const state = this.states.get(id);
      if (state && !state.here && !state.busy) void this.load(id, state.status, tries + 1);
    });
  }

  private async show(id: string, content: Blob): Promise<void> {
    if (!this.editor || this.editor.get(id)) return;
    const dataURL = await dataUrlOf(content);
    this.editor.add({ id, mimeType: content.type, dataURL });
  }

  /** A shape copied from another canvas brought its picture along; here it gets a life of its own. */
  private async adopt(id: string, copied: EditorFile): Promise<void> {
    this.states.set(id, { here: true });
    try {
      const content = blobOf(copied.dataURL);
      const ours = await this.sources.adopt(content);
      if (ours === id) return;
      await this.show(ours, content);
      this.change(id, () => ({ fileId: ours, status: 'pending' }));
    } catch {
      this.later(id, 0);
    }
  }
}
