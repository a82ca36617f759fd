/** Elements as property maps: comparing, copying, and the groups whose properties belong together. */
import type { Change, PropertySet, SceneElement } from '../types/protocol';
import { PROPERTY_GROUPS, SERVER_PROPERTIES } from './vocabulary';

/** Written by the server on commit, so never part of an edit. */
const SERVER_OWNED = new Set<string>(SERVER_PROPERTIES);

/**
 * Groups that only make sense as a whole: points belong to their origin, a text to its size.
 * Touching one of their properties sends all of them; of any other property, only itself is sent.
 */
const WHOLE_GROUPS: readonly (readonly string[])[] = Object.values(PROPERTY_GROUPS.whole);

/** What changes along with other things and carries no information. */
export const BOOKKEEPING: ReadonlySet<string> = new Set([
  ...SERVER_OWNED,
  'index',
  'boundElements',
]);

export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as PropertySet;
  const right = b as PropertySet;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && deepEqual(left[key], right[key]))
  );
}

/** Shares nothing with `value`, which is plain data; many times as fast as `structuredClone`. */
export function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  const made: PropertySet = {};
  for (const key of Object.keys(value)) made[key] = copy((value as PropertySet)[key]);
  return made as T;
}

/** The properties in which `after` differs from `before`, widened to whole groups; null if none. */
export function diffElement(before: SceneElement, after: SceneElement): PropertySet | null {
  const changed = new Set<string>();
  for (const key of Object.keys(after)) {
    if (!SERVER_OWNED.has(key) && !deepEqual(before[key], after[key])) changed.add(key);
  }
  if (changed.size === 0) return null;
  for (const group of WHOLE_GROUPS) {
    if (!group.some((key) => changed.has(key))) continue;
    for (const key of group) if (after[key] !== undefined) changed.add(key);
  }
  const set: PropertySet = {};
  for (const key of changed) set[key] = copy(after[key]) ?? null;
  return set;
}

/** Later edits of one element folded into earlier, not yet sent ones. */
export function mergeChange(earlier: Change | undefined, later: Change): Change {
  if (!earlier) return later;
  const set = { ...earlier.set, ...later.set };
  return earlier.create || later.create
    ? { id: later.id, create: true, set }
    : { id: later.id, set };
}

export function asElement(id: string, set: PropertySet): SceneElement {
  return { type: 'rectangle', version: 1, versionNonce: 1, isDeleted: false, ...set, id };
}

/** Paint order: by fractional index, ties by id so that everybody agrees. */
export function byIndex(a: SceneElement, b: SceneElement): number {
  const left = a.index ?? '';
  const right = b.index ?? '';
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
