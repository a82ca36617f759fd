// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readImport } from '../importFile';

const file = (name: string, content: string) => new File([content], name);
const box = { id: 'a', type: 'rectangle', isDeleted: false };

describe('an imported file', () => {
  it('of Excalidraw brings its objects, without deleted and foreign ones', async () => {
    const elements = [
      box,
      { ...box, id: 'b', isDeleted: true },
      { ...box, id: 'c', type: 'image' },
    ];
    const content = JSON.stringify({ type: 'excalidraw', elements });
    const imported = await readImport(file('Plan.excalidraw', content));
    expect(imported).toEqual({ kind: 'scene', title: 'Plan', elements: [box] });
  });

  it.each(['flow.mmd', 'outline.md', 'notes.txt', 'table.csv'])(
    '%s is an instruction',
    async (name) => {
      const imported = await readImport(file(name, ' a -> b\n'));
      expect(imported).toMatchObject({ kind: 'instructions', instructions: 'a -> b' });
    },
  );

  it.each([
    ['photo.png', 'x', '"photo.png" cannot be imported.'],
    ['broken.excalidraw', '{', '"broken.excalidraw" is not a readable Excalidraw file.'],
    ['other.json', '{"elements": 3}', '"other.json" is not a readable Excalidraw file.'],
    ['none.excalidraw', '{"elements": []}', 'There is nothing to draw in "none.excalidraw".'],
    ['empty.md', ' \n', 'There is nothing to draw in "empty.md".'],
    ['long.txt', 'x'.repeat(4001), '"long.txt" is too large to import.'],
  ])('%s is refused with a reason', async (name, content, reason) => {
    await expect(readImport(file(name, content))).rejects.toThrow(reason);
  });
});
