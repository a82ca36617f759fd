// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readImport } from '../importFile';

const file = (name: string, content: string) => new File([content], name);
const box = { id: 'a', type: 'rectangle', isDeleted: false };

describe('an imported file', () => {
  it('of Excalidraw brings its objects and pictures, without what was deleted', async () => {
    const shown = { ...box, id: 'c', type: 'image', fileId: 'f' };
    const elements = [box, { ...box, id: 'b', isDeleted: true }, shown];
    const files = { f: { dataURL: 'data:,' } };
    const content = JSON.stringify({ type: 'excalidraw', elements, files });
    const imported = await readImport(file('Plan.excalidraw', content));
    const document = { type: 'excalidraw', elements: [box, shown], files };
    expect(imported).toEqual({ kind: 'scene', title: 'Plan', document });
  });

  it('of a picture is the picture', async () => {
    const photo = file('photo.JPG', 'x');
    expect(await readImport(photo)).toEqual({ kind: 'picture', title: 'photo', picture: photo });
  });

  it.each(['flow.mmd', 'outline.md', 'notes.txt', 'table.csv'])(
    '%s is an instruction',
    async (name) => {
      const imported = await readImport(file(name, ' a -> b\n'));
      expect(imported).toMatchObject({ kind: 'instructions', instructions: 'a -> b' });
    },
  );

  it.each([
    ['report.pdf', 'x', '"report.pdf" cannot be imported.'],
    ['broken.excalidraw', '{', '"broken.excalidraw" is not a readable Excalidraw file.'],
    ['other.json', '{"elements": 3}', '"other.json" is not a readable Excalidraw file.'],
    ['none.excalidraw', '{"elements": []}', 'There is nothing to draw in "none.excalidraw".'],
    ['empty.md', ' \n', 'There is nothing to draw in "empty.md".'],
    [
      'long.txt',
      'x'.repeat(4001),
      '"long.txt" is too long to be drawn. A text may have 4000 characters.',
    ],
  ])('%s is refused with a reason', async (name, content, reason) => {
    await expect(readImport(file(name, content))).rejects.toThrow(reason);
  });
});
