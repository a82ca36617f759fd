/** What is different between two states of a canvas, as a person would see it. */
import type { SceneElement } from '../types/protocol';
import { BOOKKEEPING, deepEqual } from './elements';

export interface SceneDiff {
  added: SceneElement[];
  changed: SceneElement[];
  /** As they were. */
  removed: SceneElement[];
}

const alive = (scene: readonly SceneElement[]) => scene.filter((element) => !element.isDeleted);

function looksDifferent(before: SceneElement, after: SceneElement): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].some((key) => !BOOKKEEPING.has(key) && !deepEqual(before[key], after[key]));
}

/** A label belongs to its shape: the shape alone is marked. */
function withoutLabels(elements: SceneElement[], marked: ReadonlySet<string>): SceneElement[] {
  return elements.filter(({ containerId }) => !marked.has(containerId as string));
}

export function diffScenes(
  before: readonly SceneElement[],
  after: readonly SceneElement[],
): SceneDiff {
  const old = new Map(alive(before).map((element) => [element.id, element]));
  const added: SceneElement[] = [];
  const changed: SceneElement[] = [];
  for (const element of alive(after)) {
    const was = old.get(element.id);
    old.delete(element.id);
    if (!was) added.push(element);
    else if (looksDifferent(was, element)) changed.push(element);
  }
  const removed = [...old.values()];
  const marked = new Set([...added, ...changed, ...removed].map(({ id }) => id));
  return {
    added: withoutLabels(added, marked),
    changed: withoutLabels(changed, marked),
    removed: withoutLabels(removed, marked),
  };
}
