/** Which pictures the editor is given, from where, and what becomes of the shapes that show them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { box } from '../../test/elements';
import type { Change, SceneElement } from '../../types/protocol';
import { ApiError } from '../apiClient';
import { ImageLoader, type EditorFile } from '../imageLoader';

const image = (id: string, fileId: string, status = 'saved') =>
  box(id, { type: 'image', fileId, status });
const png = (text: string) => new Blob([text], { type: 'image/png' });

let scene: SceneElement[];
let edits: Change[];
let onServer: Map<string, Blob>;
let onDevice: Map<string, Blob>;
let fetched: string[];
let editor: Map<string, EditorFile>;
let loader: ImageLoader;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [scene, edits, fetched] = [[], [], []];
  onServer = new Map();
  onDevice = new Map();
  editor = new Map();
  loader = new ImageLoader(
    { scene: () => scene, edit: (changes) => void edits.push(...changes) },
    {
      find: async (id) => onDevice.get(id),
      fetch: async (id) => {
        fetched.push(id);
        const content = onServer.get(id);
        if (!content) throw new ApiError('Not found.', 404, 'not_found');
        return content;
      },
      adopt: async () => 'adopted',
    },
  );
  loader.bind({ get: (id) => editor.get(id), add: (file) => void editor.set(file.id, file) });
});

afterEach(() => {
  loader.stop();
  vi.useRealTimers();
});

const look = async () => {
  loader.soon.soon();
  await vi.advanceTimersByTimeAsync(250);
};

describe('ImageLoader', () => {
  it('fetches each picture of the scene once', async () => {
    onServer.set('f', png('abc'));
    scene = [image('a', 'f'), image('b', 'f'), image('c', 'g', 'pending')];
    scene[2]!.isDeleted = true;
    await look();
    await vi.waitFor(() => expect(editor.has('f')).toBe(true));
    await look();
    expect(fetched).toEqual(['f']);
    expect(editor.get('f')).toEqual({
      id: 'f',
      mimeType: 'image/png',
      dataURL: 'data:image/png;base64,YWJj',
    });
  });

  it('takes what this device has not uploaded yet from the device', async () => {
    onDevice.set('f', png('abc'));
    scene = [image('a', 'f', 'pending')];
    await look();
    await vi.waitFor(() => expect(editor.has('f')).toBe(true));
    expect(fetched).toEqual([]);
  });

  it('asks again when a shape says that its picture has arrived', async () => {
    scene = [image('a', 'f', 'pending')];
    await look();
    expect(fetched).toEqual([]);
    onServer.set('f', png('abc'));
    scene = [image('a', 'f', 'saved')];
    await look();
    await vi.waitFor(() => expect(editor.has('f')).toBe(true));
  });

  it('asks a few times more for what is missing, then leaves it', async () => {
    scene = [image('a', 'f')];
    await look();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(fetched).toHaveLength(4);
  });

  it('publishes that a picture has arrived, and takes away a refused one', () => {
    scene = [image('a', 'f', 'pending'), image('b', 'f'), image('c', 'g', 'pending')];
    loader.stored('f');
    expect(edits).toEqual([{ id: 'a', set: { status: 'saved' } }]);
    loader.refused('g');
    expect(edits.at(-1)).toEqual({ id: 'c', set: { isDeleted: true } });
  });

  it('publishes it for shapes that come after their picture', async () => {
    loader.stored('f');
    loader.refused('g');
    scene = [image('a', 'f', 'pending'), image('b', 'f'), image('c', 'g', 'pending')];
    await look();
    expect(edits).toEqual([
      { id: 'a', set: { status: 'saved' } },
      { id: 'c', set: { isDeleted: true } },
    ]);
  });

  it('says so for those who left before they could', async () => {
    onServer.set('f', png('abc'));
    scene = [image('a', 'f', 'pending')];
    await look();
    expect(edits).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_000);
    await vi.waitFor(() => expect(edits).toEqual([{ id: 'a', set: { status: 'saved' } }]));
  });

  it('lets a refused picture be tried again', async () => {
    loader.refused('f');
    onDevice.set('f', png('abc'));
    scene = [image('a', 'f', 'pending')];
    await look();
    expect(edits).toEqual([]);
    await vi.waitFor(() => expect(editor.has('f')).toBe(true));
  });

  it('gives a picture that came with a copied shape a life of its own here', async () => {
    editor.set('foreign', {
      id: 'foreign',
      mimeType: 'image/png',
      dataURL: 'data:image/png;base64,YWJj',
    });
    scene = [image('a', 'foreign')];
    await look();
    await vi.waitFor(() => expect(edits).toHaveLength(1));
    expect(edits[0]).toEqual({ id: 'a', set: { fileId: 'adopted', status: 'pending' } });
    expect(editor.get('adopted')?.dataURL).toBe('data:image/png;base64,YWJj');
  });
});
