// @vitest-environment node
/** What a comparison of two versions marks, and what it leaves alone. */
import { describe, expect, it } from 'vitest';
import { box } from '../../test/elements';
import { diffScenes } from '../sceneDiff';

const label = (text: string) => box('t', { type: 'text', text, containerId: 'a' });
const ids = (elements: { id: string }[]) => elements.map(({ id }) => id);

describe('diffScenes', () => {
  it('tells what came, what changed and what went', () => {
    const before = [box('a'), box('b'), box('c')];
    const after = [box('a'), box('b', { x: 5 }), box('d')];
    const diff = diffScenes(before, after);
    expect([ids(diff.added), ids(diff.changed), ids(diff.removed)]).toEqual([['d'], ['b'], ['c']]);
  });

  it('counts what is marked as deleted as gone, on either side', () => {
    const diff = diffScenes(
      [box('a'), box('b', { isDeleted: true })],
      [box('a', { isDeleted: true }), box('b')],
    );
    expect([ids(diff.added), ids(diff.changed), ids(diff.removed)]).toEqual([['b'], [], ['a']]);
  });

  it('takes no notice of versions, order and who is bound to what', () => {
    const after = box('a', {
      version: 9,
      versionNonce: 4,
      index: 'z',
      boundElements: [{ id: 'x' }],
    });
    expect(diffScenes([box('a')], [after])).toEqual({ added: [], changed: [], removed: [] });
  });

  it('marks a shape with its label once, but a label that alone changed', () => {
    expect(ids(diffScenes([], [box('a'), label('one')]).added)).toEqual(['a']);
    const changed = diffScenes([box('a'), label('one')], [box('a'), label('two')]);
    expect(ids(changed.changed)).toEqual(['t']);
  });
});
