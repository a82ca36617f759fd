// @vitest-environment node
/** A person's edits are distinguished from our own writes to the editor. */
import { describe, expect, it } from 'vitest';
import { box } from '../../test/elements';
import type { SceneElement } from '../../types/protocol';
import { asElement } from '../elements';
import { Room } from '../room';
import { View, type EditorFocus } from '../view';
import { BOUNDS } from '../vocabulary';

const FREE: EditorFocus = { busy: new Set(), unfinished: null };

function shownIn(elements: SceneElement[]) {
  const view = new View();
  const byId = new Map(elements.map((element) => [element.id, element]));
  const scene = view.compose([], new Set(byId.keys()), (id) => byId.get(id), FREE) ?? [];
  view.accept(scene, (id) => byId.get(id), FREE);
  return { view, scene, byId };
}

function touch(element: SceneElement, properties: Partial<SceneElement>): void {
  Object.assign(element, properties, { version: element.version + 1, versionNonce: 99 });
}

describe('View', () => {
  it('reports nothing after its own writes', () => {
    const { view, scene } = shownIn([box('a'), box('b')]);
    expect(view.collect(scene, FREE)).toEqual([]);
  });

  it('reports a move with its whole geometry and nothing else', () => {
    const { view, scene } = shownIn([box('a')]);
    touch(scene[0] as SceneElement, { x: 30 });
    expect(view.collect(scene, FREE)).toEqual([
      { id: 'a', set: { x: 30, y: 0, width: 100, height: 50, angle: 0 } },
    ]);
  });

  it('reports a copy of what a job drew as the person’s own', () => {
    const drawn = box('a', { customData: { job: 'j-1' } });
    const { view, scene } = shownIn([drawn]);
    const copied = { ...structuredClone(drawn), id: 'b', x: 40 };
    const [change] = view.collect([...scene, copied], FREE);
    expect(change).toMatchObject({ id: 'b', create: true, set: { x: 40 } });
    expect(change?.set).toHaveProperty('customData', null);
    expect(view.collect([...scene, copied], FREE)).toEqual([]);
    const shown = (id: string) => (id === 'b' ? asElement('b', change?.set ?? {}) : drawn);
    const after = view.compose([...scene, copied], new Set(), shown, FREE) ?? [];
    expect(after.find(({ id }) => id === 'b')).toHaveProperty('customData', null);
    expect(view.accept(after, shown, FREE)).toEqual([]);
    const again = { ...copied, version: 9, versionNonce: 9 };
    const [edit] = view.collect([...scene, again], FREE);
    expect(edit?.set).toEqual({ customData: null });
  });

  it('takes a copy out of the drawing that it was copied from', () => {
    const mark = { job: 'j-1', node: 'n', kind: 'mindmap', drawing: 'd-1' };
    const drawn = box('a', { customData: mark });
    const { view, scene } = shownIn([drawn]);
    const own = { node: 'n', kind: 'mindmap' };
    const copied = { ...structuredClone(drawn), id: 'b' };
    const [change] = view.collect([...scene, copied], FREE);
    expect(change?.set).toHaveProperty('customData', own);
    const older = box('c', { customData: { ...own, drawing: 'd-1' } }); // already without its job
    const [again] = view.collect([...scene, copied, older], FREE);
    expect(again?.set).toHaveProperty('customData', own);
    const shown = (id: string) => (id === 'a' ? drawn : box(id, { customData: own }));
    const after = view.compose([...scene, copied, older], new Set(), shown, FREE) ?? [];
    expect(after.map(({ customData }) => customData)).toEqual([mark, own, own]);
  });

  it('leaves a shape in its drawing when an undo gives it back to an earlier job', () => {
    const { view, scene } = shownIn([box('a', { customData: { job: 'j-2', drawing: 'd-1' } })]);
    touch(scene[0] as SceneElement, { customData: { job: 'j-1', drawing: 'd-1' } });
    expect(view.collect(scene, FREE)).toEqual([
      { id: 'a', set: { customData: { drawing: 'd-1' } } },
    ]);
  });

  it('keeps a picture to itself until it has been read', () => {
    const { view, scene } = shownIn([]);
    const picture = box('p', { type: 'image', fileId: null });
    expect(view.collect([...scene, picture], FREE)).toEqual([]);
    touch(picture, { fileId: 'f' });
    expect(view.collect([...scene, picture], FREE)).toMatchObject([{ id: 'p', create: true }]);
  });

  it('reports a color alone', () => {
    const { view, scene } = shownIn([box('a')]);
    touch(scene[0] as SceneElement, { strokeColor: 'red' });
    expect(view.collect(scene, FREE)).toEqual([{ id: 'a', set: { strokeColor: 'red' } }]);
  });

  it('does not turn a change from elsewhere into an edit while a shape is held', () => {
    const { view, scene, byId } = shownIn([box('a')]);
    byId.set('a', box('a', { strokeColor: 'blue', version: 2 }));
    const held: EditorFocus = { busy: new Set(['a']), unfinished: null };
    expect(view.compose(scene, new Set(['a']), (id) => byId.get(id), held)).toBeNull();
    touch(scene[0] as SceneElement, { x: 5 });
    expect(view.collect(scene, held)).toEqual([
      { id: 'a', set: { x: 5, y: 0, width: 100, height: 50, angle: 0 } },
    ]);
    expect(view.hasDeferred).toBe(true);
    const after = view.compose(
      scene,
      new Set(),
      (id) => ({ ...byId.get(id), x: 5 }) as never,
      FREE,
    );
    expect(after?.[0]).toMatchObject({ x: 5, strokeColor: 'blue' });
  });

  it('waits with a freehand line until it is finished', () => {
    const { view } = shownIn([]);
    const line = box('f', { type: 'freedraw', points: [[0, 0], [1, 1]] }); // prettier-ignore
    expect(view.collect([line], { busy: new Set(['f']), unfinished: 'f' })).toEqual([]);
    expect(view.collect([line], FREE)).toMatchObject([{ id: 'f', create: true }]);
  });

  it('keeps a stroke that others wrote around', () => {
    const { view, scene, byId } = shownIn([]);
    const drawing: EditorFocus = { busy: new Set(['f']), unfinished: 'f' };
    const line = box('f', { type: 'freedraw', points: [[0, 0], [1, 1]] }); // prettier-ignore
    byId.set('theirs', box('theirs'));
    const held = [...scene, line];
    const after = view.compose(held, new Set(['theirs']), (id) => byId.get(id), drawing) ?? [];
    expect(view.accept(after, (id) => byId.get(id), drawing)).toEqual([]);
    expect(view.collect(after, FREE)).toMatchObject([{ id: 'f', create: true }]);
  });

  it('reports where the editor put one of two shapes that had the same place', () => {
    const { view, scene, byId } = shownIn([box('a', { index: 'a1' })]);
    byId.set('b', box('b', { index: 'a1' }));
    const shown = (id: string) => byId.get(id);
    const after = view.compose(scene, new Set(['b']), shown, FREE) ?? [];
    expect(after.map(({ id }) => id)).toEqual(['a', 'b']);
    touch(after[1] as SceneElement, { index: 'a2' });
    expect(view.accept(after, shown, FREE)).toEqual([{ id: 'b', set: { index: 'a2' } }]);
    expect(view.collect(after, FREE)).toEqual([]);
  });

  it('does not take a shape back to its old place while it is held', () => {
    const { view, scene, byId } = shownIn([box('a', { index: 'a1' })]);
    byId.set('a', box('a', { index: 'a0', version: 2 }));
    byId.set('b', box('b', { index: 'a5' }));
    const held: EditorFocus = { busy: new Set(['a']), unfinished: null };
    const shown = (id: string) => byId.get(id);
    const after = view.compose(scene, new Set(['a', 'b']), shown, held) ?? [];
    touch(after[0] as SceneElement, { index: 'a2' });
    expect(view.accept(after, shown, held)).toEqual([]);
  });

  it('hands back what somebody deleted while it was held', () => {
    const { view, scene, byId } = shownIn([box('t', { type: 'text', text: 'half a sen' })]);
    byId.set('t', box('t', { type: 'text', text: 'half', isDeleted: true, version: 5 }));
    const shown = (id: string) => byId.get(id);
    const held: EditorFocus = { busy: new Set(['t']), unfinished: null };
    expect(view.compose(scene, new Set(['t']), shown, held)).toBeNull();
    expect(view.takeLost()).toEqual([]);
    expect(view.compose(scene, new Set(), shown, FREE)?.[0]).toMatchObject({ isDeleted: true });
    expect(view.takeLost()).toMatchObject([{ id: 't', text: 'half a sen' }]);
    expect(view.takeLost()).toEqual([]);
  });

  it('says nothing about an empty text or a shape without size', () => {
    const { view } = shownIn([]);
    const unborn = [box('t', { type: 'text', text: '' }), box('r', { width: 0, height: 0 })];
    expect(view.collect(unborn, FREE)).toEqual([]);
  });

  it('takes a shape given up while it was drawn for deleted, and brings back anything else', () => {
    const { view, scene, byId } = shownIn([box('theirs')]);
    const mine = box('mine');
    view.collect([...scene, mine], FREE);
    expect(view.collect([], FREE)).toEqual([{ id: 'mine', set: { isDeleted: true } }]);
    expect(view.compose([], new Set(), (id) => byId.get(id), FREE)).toMatchObject([
      { id: 'theirs' },
    ]);
  });

  it('deletes a text that an undo left without words, but not under the hands of its writer', () => {
    const { view, scene } = shownIn([box('t', { type: 'text', text: 'pay' })]);
    touch(scene[0] as SceneElement, { text: '' });
    expect(view.collect(scene, { ...FREE, busy: new Set(['t']) })).toEqual([]);
    expect(view.collect(scene, FREE)).toEqual([{ id: 't', set: { isDeleted: true } }]);
    const gone = { ...(scene[0] as SceneElement), isDeleted: true };
    const [after] = view.compose(scene, new Set(), () => gone, FREE) ?? [];
    expect(after?.isDeleted).toBe(true);
  });

  it('always hands the editor a newer version, or it would be ignored', () => {
    const { view, scene, byId } = shownIn([box('a', { version: 40 })]);
    byId.set('a', box('a', { version: 3, strokeColor: 'blue' }));
    const [next] = view.compose(scene, new Set(['a']), (id) => byId.get(id), FREE) ?? [];
    expect(next?.version).toBe(41);
    expect(next?.versionNonce).not.toBe(scene[0]?.versionNonce);
  });
});

describe('Room', () => {
  it('cuts a paste of many shapes into batches the server takes', () => {
    const room = new Room('c-1');
    room.edit(
      Array.from({ length: 2 * BOUNDS.batch_changes + 1 }, (_, i) => ({
        id: `s${i}`,
        set: { x: i },
      })),
    );
    const sizes: number[] = [];
    for (let batch = room.takeBatch(); batch; batch = room.takeBatch()) {
      sizes.push(batch.changes.length);
      room.acknowledge(batch.n, -1);
    }
    expect(sizes).toEqual([BOUNDS.batch_changes, BOUNDS.batch_changes, 1]);
  });
});
