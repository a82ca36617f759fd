/**
 * References between objects, as the server repairs them with each commit (rule S11): an arrow's two
 * ends and a text's `containerId` are the truth, and a shape's `boundElements` follows from them.
 * `contract/references.json` has the examples that both ends are held to.
 */
import type { PropertySet, SceneElement } from '../types/protocol';
import { deepEqual } from './elements';

const ENDS = ['startBinding', 'endBinding'] as const;
const OWNERS = ['containerId', 'frameId'] as const;
/** A second label becomes a text of its own, so far below the shape. */
const BELOW = 8;

interface Entry {
  id: string;
  type: string;
}
type Scene = ReadonlyMap<string, SceneElement>;

const targetOf = (element: SceneElement, end: (typeof ENDS)[number]) =>
  (element[end] as { elementId: string } | null | undefined)?.elementId;

/** What an arrow or a label hangs on: its id, and the kind as `boundElements` names it. */
function boundTo(element: SceneElement): [string, string][] {
  const bound: [string, string][] = [];
  for (const end of ENDS) {
    const target = targetOf(element, end);
    if (target) bound.push([target, 'arrow']);
  }
  if (element['containerId']) bound.push([element['containerId'] as string, 'text']);
  return bound;
}

const entriesOf = (element: SceneElement) => (element['boundElements'] ?? []) as Entry[];

function referred(element: SceneElement): string[] {
  const owners = OWNERS.flatMap((name) => (element[name] ? [element[name] as string] : []));
  return [...boundTo(element).map(([id]) => id), ...entriesOf(element).map((e) => e.id), ...owners];
}

/** What has to be set, by id, so that the references of the `touched` objects hold. */
export function repairReferences(
  after: Scene,
  touched: ReadonlySet<string>,
): Map<string, PropertySet> {
  const referrers = new Map<string, Map<string, string>>();
  for (const [id, element] of after) {
    if (element.isDeleted) continue;
    for (const [target, kind] of boundTo(element)) {
      if (!referrers.has(target)) referrers.set(target, new Map());
      referrers.get(target)?.set(id, kind);
    }
  }
  const hangingOn = (id: string) => referrers.get(id) ?? new Map<string, string>();
  const repaired = new Map<string, PropertySet>();
  for (const id of concerned(after, touched, hangingOn)) {
    for (const [text, set] of secondLabels(after, touched, id, hangingOn(id)))
      repaired.set(text, set);
  }
  for (const id of concerned(after, touched, hangingOn)) {
    const set = repairOne(after, touched, id, hangingOn(id));
    if (Object.keys(set).length > 0) repaired.set(id, { ...repaired.get(id), ...set });
  }
  return repaired;
}

function concerned(
  after: Scene,
  touched: ReadonlySet<string>,
  hangingOn: (id: string) => ReadonlyMap<string, string>,
): string[] {
  const ids = new Set(touched);
  for (const id of touched) {
    const element = after.get(id);
    for (const other of [...(element ? referred(element) : []), ...hangingOn(id).keys()])
      ids.add(other);
  }
  for (const [id, element] of after) {
    const inFrame = touched.has((element['frameId'] as string | null | undefined) ?? '');
    if (inFrame || entriesOf(element).some((entry) => touched.has(entry.id))) ids.add(id);
  }
  return [...ids].filter((id) => after.get(id)?.isDeleted === false).toSorted();
}

/** The label that was there first stays; others keep their words, as texts of their own. */
function secondLabels(
  after: Scene,
  touched: ReadonlySet<string>,
  shapeId: string,
  referrers: Map<string, string>,
): [string, PropertySet][] {
  const shape = after.get(shapeId);
  const texts = [...referrers].flatMap(([id, kind]) => (kind === 'text' ? [id] : []));
  if (!shape || texts.length < 2) return [];
  if (![shapeId, ...texts].some((id) => touched.has(id))) return [];
  const order = entriesOf(shape).map((entry) => entry.id);
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  texts.sort(
    (a, b) =>
      Number(touched.has(a)) - Number(touched.has(b)) || place(a) - place(b) || (a < b ? -1 : 1),
  );
  let y = (shape['y'] as number) + Math.max(shape['height'] as number, 0) + BELOW;
  return texts.slice(1).map((id) => {
    referrers.delete(id);
    const freed: [string, PropertySet] = [id, { containerId: null, x: shape['x'], y }];
    y += (after.get(id)?.['height'] as number) + BELOW;
    return freed;
  });
}

function repairOne(
  after: Scene,
  touched: ReadonlySet<string>,
  id: string,
  referrers: ReadonlyMap<string, string>,
): PropertySet {
  const element = after.get(id);
  if (!element) return {};
  // What untouched objects mention besides is none of our business.
  const isKnown = (other: string) => touched.has(id) || touched.has(other);
  const isGone = (other: string) => isKnown(other) && after.get(other)?.isDeleted !== false;
  const set: PropertySet = {};
  for (const end of ENDS) {
    const target = targetOf(element, end);
    if (target && isGone(target)) set[end] = null;
  }
  for (const name of OWNERS) {
    if (element[name] && isGone(element[name] as string)) set[name] = null;
  }
  const kept = new Map<string, Entry>();
  for (const entry of entriesOf(element)) {
    if (kept.has(entry.id)) continue;
    if (referrers.has(entry.id) || !isKnown(entry.id))
      kept.set(entry.id, { id: entry.id, type: referrers.get(entry.id) ?? entry.type });
  }
  for (const [other, type] of referrers) {
    if (isKnown(other) && !kept.has(other)) kept.set(other, { id: other, type });
  }
  const entries = [...kept.values()];
  if (!deepEqual(entries, entriesOf(element))) set['boundElements'] = entries;
  return set;
}
