// @vitest-environment node
/** Pictures on their way: kept until they have arrived, repeated, refused. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../apiClient';
import { ImageUploads, type FileStore, type Send, type StoredFile } from '../imageUploads';
import { canvasStore, fileStore } from '../localStore';

const LIMIT = 1_000;
const picture = (text: string) => new Blob([text], { type: 'image/png' });
/** SHA-256 of "abc", as everybody knows it. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

function memoryStore(): FileStore & { files: Map<string, StoredFile> } {
  const files = new Map<string, StoredFile>();
  return {
    files,
    loadFiles: async () => [...files.values()],
    saveFile: async (file) => void files.set(file.id, file),
    dropFile: async (id) => void files.delete(id),
  };
}

let store: ReturnType<typeof memoryStore>;
let online: boolean;
let answers: (string | Error)[];
let sent: Blob[];
let stored: string[];
let refused: string[];
let open: ImageUploads[];

const send: Send = async (content, onProgress) => {
  sent.push(content);
  onProgress(0.5);
  const answer = answers.shift() ?? ABC;
  if (answer instanceof Error) throw answer;
  return answer;
};

function begin(): ImageUploads {
  const uploads = new ImageUploads(store, send, () => online, {
    onStored: (id) => stored.push(id),
    onRefused: (_id, sentence) => refused.push(sentence),
  });
  void uploads.start();
  open.push(uploads);
  return uploads;
}

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  store = memoryStore();
  [online, answers, sent, stored, refused, open] = [true, [], [], [], [], []];
});

afterEach(() => {
  for (const uploads of open) uploads.stop();
  vi.useRealTimers();
});

describe('ImageUploads', () => {
  it('names a picture by its content and forgets it once it has arrived', async () => {
    const uploads = begin();
    expect(await uploads.add(picture('abc'), 'abc.png', LIMIT)).toBe(ABC);
    await vi.waitFor(() => expect(stored).toEqual([ABC]));
    expect(store.files.size).toBe(0);
    expect(uploads.list()).toEqual([]);
  });

  it('keeps a picture offline, over a reload, and sends it when the connection is back', async () => {
    online = false;
    await begin().add(picture('abc'), 'abc.png', LIMIT);
    await later(100);
    expect(sent).toHaveLength(0);
    const again = begin();
    await later(100);
    expect(again.list()).toEqual([{ id: ABC, name: 'abc.png', sent: 0 }]);
    expect(await (await again.find(ABC))?.text()).toBe('abc');
    online = true;
    again.retry();
    await vi.waitFor(() => expect(stored).toEqual([ABC]));
  });

  it('tries again when the server is busy', async () => {
    answers = [new ApiError('Busy.', 503, 'unavailable'), new ApiError('Too many.', 429, 'rate')];
    await begin().add(picture('abc'), 'abc.png', LIMIT);
    await later(10_000);
    expect(sent).toHaveLength(3);
    expect(stored).toEqual([ABC]);
    expect(refused).toEqual([]);
  });

  it('gives up what is refused for good, says why, and goes on with the next', async () => {
    answers = [new ApiError('The pictures of a canvas may have 200 MB.', 409, 'files_full')];
    const uploads = begin();
    await uploads.add(picture('abc'), 'abc.png', LIMIT);
    await uploads.add(picture('abcd'), 'more.png', LIMIT);
    await vi.waitFor(() => expect(stored).toHaveLength(1));
    expect(refused).toEqual([
      '"abc.png" was not uploaded. The pictures of a canvas may have 200 MB.',
    ]);
    expect(store.files.size).toBe(0);
  });

  it('gives up in the end what the line carries away each time', async () => {
    answers = Array.from({ length: 20 }, () => new ApiError('Unreachable.', 0, 'unreachable'));
    await begin().add(picture('abc'), 'abc.png', LIMIT);
    await later(60_000);
    expect(sent).toHaveLength(8);
    expect(refused).toHaveLength(1);
  });

  it('refuses what is too large before it leaves', async () => {
    const large = picture('x'.repeat(LIMIT + 1));
    await expect(begin().add(large, 'huge.png', LIMIT)).rejects.toThrow('"huge.png" is too large.');
    expect(sent).toHaveLength(0);
  });
});

describe('fileStore', () => {
  it('keeps the pictures of a person and a canvas apart from all others', async () => {
    vi.useRealTimers();
    const file = { id: ABC, name: 'abc.png', content: picture('abc') };
    await fileStore('ana', 'c-1').saveFile(file);
    const [kept] = await fileStore('ana', 'c-1').loadFiles();
    expect(kept).toMatchObject({ id: ABC, name: 'abc.png' });
    expect([kept?.content.type, await kept?.content.text()]).toEqual(['image/png', 'abc']);
    expect(await fileStore('ana', 'c-2').loadFiles()).toEqual([]);
    expect(await fileStore('ben', 'c-1').loadFiles()).toEqual([]);
    await fileStore('ana', 'c-1').dropFile(ABC);
    expect(await fileStore('ana', 'c-1').loadFiles()).toEqual([]);
    expect(await canvasStore('ana', 'c-1').clientsWithEdits()).toEqual([]);
  });
});
