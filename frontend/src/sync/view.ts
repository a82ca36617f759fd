/**
 * Between a room and an editor that keeps and mutates its own copies: what the editor was last
 * known to show, so that a person's edits are distinguished from our own writes and never echo.
 */
import type { Change, PropertySet, SceneElement } from '../types/protocol';
import { jobOf } from './effects';
import { byIndex, copy, deepEqual, diffElement } from './elements';

const MAX_NONCE = 2 ** 31 - 1;

export interface EditorFocus {
  /** Elements in the person's hands; replacing them would break the gesture. */
  busy: ReadonlySet<string>;
  /** A shape still being drawn freehand: sent when it is finished, not point by point. */
  unfinished: string | null;
}

/** How an element should be on screen; undefined if it exists nowhere. */
type Shown = (id: string) => SceneElement | undefined;

export class View {
  private known = new Map<string, SceneElement>();
  private deferred = new Set<string>();
  private readonly ours = new Set<string>();
  private readonly takenAway: SceneElement[] = [];

  /** What the person changed since the last look. `elements` is the editor's whole scene. */
  collect(elements: readonly SceneElement[], focus: EditorFocus): Change[] {
    const changes: Change[] = [];
    let present = 0;
    for (const element of elements) {
      const known = this.known.get(element.id);
      if (known) present += 1;
      if (known?.version === element.version && known.versionNonce === element.versionNonce)
        continue;
      if (!known && (element.id === focus.unfinished || isUnborn(element))) continue;
      if (known && element.id === focus.unfinished) continue;
      const emptied = known !== undefined && !known.isDeleted && isEmptyText(element);
      if (emptied && focus.busy.has(element.id)) continue;
      const change = emptied
        ? deletion(element)
        : known
          ? edited(known, element)
          : created(element);
      if (emptied) this.deferred.add(element.id);
      if (change) changes.push(change);
      // The editor's copy is to be the person's own as well, or a redo would bring the job back.
      if (change && claims(element, change)) this.deferred.add(element.id);
      this.known.set(element.id, copy(element));
      if (known) continue;
      this.ours.add(element.id);
      present += 1;
    }
    if (present < this.known.size) changes.push(...this.withdrawn(elements));
    return changes;
  }

  /**
   * The scene to hand to the editor: its own objects, with those of `ids` replaced by what should
   * be shown; null if nothing changes. What the person holds is left for a later call.
   */
  compose(
    elements: readonly SceneElement[],
    ids: ReadonlySet<string>,
    shown: Shown,
    focus: EditorFocus,
  ): SceneElement[] | null {
    const wanted = new Set([...ids, ...this.deferred]);
    const held = new Set(this.deferred);
    this.deferred.clear();
    let changed = false;
    const scene = elements.map((current) => {
      if (!wanted.delete(current.id)) return current;
      if (focus.busy.has(current.id)) {
        this.deferred.add(current.id);
        return current;
      }
      const next = superseding(current, shown(current.id) ?? { ...current, isDeleted: true });
      if (held.has(current.id) && next.isDeleted && !current.isDeleted)
        this.takenAway.push(copy(current));
      if (next !== current) changed = true;
      return next;
    });
    for (const id of wanted) {
      const target = shown(id);
      if (!target || target.isDeleted) continue;
      scene.push(copy(target));
      changed = true;
    }
    return changed ? scene.toSorted(byIndex) : null;
  }

  /** What somebody deleted while it was in this person's hands, as it was there; each once. */
  takeLost(): SceneElement[] {
    return this.takenAway.splice(0);
  }

  get hasDeferred(): boolean {
    return this.deferred.size > 0;
  }

  /**
   * Call after writing to the editor: what it holds now is our own doing and not a person's edit,
   * but for what nobody else knows yet. A shape still being drawn stays unknown, and where the
   * editor gave an element another place in the order (two had the same), the others have to hear
   * of it. Returns these changes.
   */
  accept(elements: readonly SceneElement[], shown: Shown, focus: EditorFocus): Change[] {
    const changes: Change[] = [];
    for (const element of elements) {
      const known = this.known.get(element.id);
      if (known?.version === element.version && known.versionNonce === element.versionNonce)
        continue;
      if (element.id === focus.unfinished || (!known && isUnborn(element))) continue;
      this.known.set(element.id, copy(element));
      const { index } = element;
      if (!index || element.isDeleted || this.deferred.has(element.id)) continue;
      const target = shown(element.id);
      if (target && target.index !== index) changes.push({ id: element.id, set: { index } });
    }
    return changes;
  }

  /**
   * Editors mark what a person deletes; an element that is simply gone is either a shape given up
   * while it was being drawn, which is a deletion, or somebody's that a reset took off the screen,
   * which comes back with the next `compose`.
   */
  private withdrawn(elements: readonly SceneElement[]): Change[] {
    const present = new Set(elements.map((element) => element.id));
    const changes: Change[] = [];
    for (const [id, known] of this.known) {
      if (present.has(id)) continue;
      this.known.delete(id);
      if (known.isDeleted) continue;
      if (this.ours.has(id)) changes.push(deletion(known));
      else this.deferred.add(id);
    }
    return changes;
  }
}

/**
 * An undo that reaches into the middle of typing leaves a text without words. Editors show it
 * nowhere and delete it when they next read it: so it is deleted for all.
 */
const isEmptyText = ({ type, text, isDeleted }: SceneElement) =>
  type === 'text' && text === '' && !isDeleted;

const deletion = ({ id }: SceneElement): Change => ({ id, set: { isDeleted: true } });

function edited(known: SceneElement, element: SceneElement): Change | null {
  const set = diffElement(known, element);
  if (!set) return null;
  const { customData, ...others } = set;
  if (customData === undefined || jobOf(known) === jobOf(element)) return { id: element.id, set };
  return { id: element.id, set: { ...others, customData: withoutOrigin(customData, known) } };
}

function created(element: SceneElement): Change {
  const set = copy<Record<string, unknown>>(element);
  if (set.customData) set.customData = withoutOrigin(set.customData);
  return { id: element.id, create: true, set };
}

/** True if what is sent of where an element comes from is not what the editor says of it. */
const claims = ({ customData = null }: SceneElement, { set }: Change) =>
  'customData' in set && !deepEqual(set['customData'], customData);

/**
 * A copy of what a job drew is the person's own: undoing the job would not touch it, and it is no
 * part of the drawing that it was copied from. What an element already was, it stays.
 */
function withoutOrigin(customData: unknown, known?: SceneElement): PropertySet | null {
  if (typeof customData !== 'object' || customData === null) return null;
  const before = (known?.customData ?? {}) as PropertySet;
  const own = Object.entries(customData).filter(
    ([name, value]) => name !== 'job' && (name !== 'drawing' || value === before['drawing']),
  );
  return own.length > 0 ? Object.fromEntries(own) : null;
}

/** Not worth sending yet: deleted before it was sent, without size, an empty text, or a picture being read. */
function isUnborn(element: SceneElement): boolean {
  if (element.isDeleted) return true;
  if (Array.isArray(element.points)) return element.points.length < 2;
  if (element.type === 'text') return element.text === '';
  if (element.type === 'image' && !element.fileId) return true;
  return element.width === 0 && element.height === 0;
}

/** `target` with a version above the editor's, as it ignores what does not look newer. */
function superseding(current: SceneElement, target: SceneElement): SceneElement {
  if (diffElement(current, target) === null) return current;
  const version = Math.max(target.version, current.version + 1);
  const fresh = target.versionNonce !== current.versionNonce;
  const versionNonce = fresh ? target.versionNonce : (target.versionNonce % MAX_NONCE) + 1;
  return { ...copy(target), version, versionNonce };
}
