import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CanvasSession } from '../../../hooks/useCanvasSession';
import { box } from '../../../test/elements';
import type { Change, SceneElement } from '../../../types/protocol';
import { EditorBinding } from '../editorBinding';

vi.mock('@excalidraw/excalidraw', () => ({
  FONT_FAMILY: { Excalifont: 5 },
  CaptureUpdateAction: { IMMEDIATELY: 'now', NEVER: 'never' },
  restoreElements: (elements: unknown) => elements,
}));

const PATIENCE_MS = 1_000;
let shown: SceneElement[];
let edited: string[];
let starts: number;
let binding: EditorBinding;
let ids: Set<string>;
let sceneComes: () => void;
let fontsAskedFor: number;

beforeEach(() => {
  vi.useFakeTimers();
  [shown, edited, starts] = [[], [], 0];
  const never = new Promise(() => undefined);
  [ids, fontsAskedFor] = [new Set(['theirs']), 0];
  Object.assign(document.fonts, { load: () => ((fontsAskedFor += 1), never), ready: never });
  const api = {
    getSceneElementsIncludingDeleted: () => shown,
    getAppState: () => ({}),
    updateScene: ({ elements }: { elements: SceneElement[] }) => (shown = elements),
  };
  const theirs = box('theirs');
  const session = {
    getState: () => ({ ready: false }),
    listen: ({ onScene }: { onScene: () => void }) => {
      sceneComes = onScene;
      return () => undefined;
    },
    scene: () => [...ids].map(() => theirs),
    elementIds: () => ids,
    element: (id: string) => (id === 'theirs' ? theirs : undefined),
    edit: (changes: Change[]) => edited.push(...changes.map(({ id }) => id)),
  };
  binding = new EditorBinding(
    api as unknown as ExcalidrawImperativeAPI,
    session as unknown as CanvasSession,
    () => (starts += 1),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

describe('while the scene waits for its font', () => {
  it('what is drawn is kept at once, and stays when the scene comes', async () => {
    binding.changed();
    shown = [box('mine')];
    binding.changed();
    expect([edited, starts]).toEqual([['mine'], 0]);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(shown.map(({ id }) => id).toSorted()).toEqual(['mine', 'theirs']);
    binding.changed();
    expect([edited, starts]).toEqual([['mine'], 1]);
  });

  it('a scene that comes later than the editor has its font asked for before it is shown', async () => {
    ids = new Set();
    binding.changed();
    await vi.advanceTimersByTimeAsync(PATIENCE_MS / 2);
    expect(fontsAskedFor).toBe(0);
    ids = new Set(['theirs']);
    sceneComes();
    await vi.advanceTimersByTimeAsync(PATIENCE_MS / 2);
    expect([fontsAskedFor > 0, starts]).toEqual([true, 0]);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS / 2);
    expect([shown.map(({ id }) => id), starts]).toEqual([['theirs'], 1]);
  });

  it('an editor that went away meanwhile is left alone', async () => {
    binding.changed();
    binding.stop();
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect([shown, starts]).toEqual([[], 0]);
  });
});
