/** What a person sees of the canvas, and bringing a drawing into view without disturbing their work. */
import { getCommonBounds } from '@excalidraw/excalidraw';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { fitClear, isClear } from '../../sync/fit';
import type { Scroll } from '../../sync/follow';
import type { Rectangle } from '../../types/ai';

/** The editor's toolbar above and its buttons below; what lies under them counts as hidden. */
const MARGINS = { top: 76, right: 16, bottom: 64, left: 16 };
/** Fitted with a little more air than that. */
const AIR = 14;
/** What else lies over the editor: cards of jobs, and on a phone a panel. */
const COVERS = '[data-covers]';
const HANDS_OFF_MS = 2_000;
const GLIDE_MS = 400;
const GESTURES = ['pointerdown', 'wheel', 'keydown'] as const;

type Api = ExcalidrawImperativeAPI;

/** The visible part of the canvas, in the canvas's own coordinates. */
export function viewportOf(state: AppState): Rectangle {
  const zoom = state.zoom.value;
  return {
    x: Math.round(-state.scrollX),
    y: Math.round(-state.scrollY),
    width: Math.round(state.width / zoom),
    height: Math.round(state.height / zoom),
  };
}

function screenOf({ width, height }: AppState, air = 0): Rectangle {
  const { top, right, bottom, left } = MARGINS;
  const x = left + air;
  const y = top + air;
  return { x, y, width: width - right - air - x, height: height - bottom - air - y };
}

function coversOf({ offsetLeft, offsetTop }: AppState): Rectangle[] {
  return Array.from(document.querySelectorAll(COVERS), (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x - offsetLeft, y: y - offsetTop, width, height };
  });
}

function drawingOf(api: Api, ids?: ReadonlySet<string>): Rectangle | null {
  const elements = api.getSceneElements().filter((element) => !ids || ids.has(element.id));
  if (elements.length === 0) return null;
  const [left, top, right, bottom] = getCommonBounds(elements);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const scrollOf = ({ scrollX, scrollY, zoom }: AppState): Scroll => ({
  scrollX,
  scrollY,
  zoom: zoom.value,
});

function scrollTo(api: Api, { scrollX, scrollY, zoom }: Scroll): void {
  const appState = { scrollX, scrollY, zoom: { value: zoom as never } };
  api.updateScene({ appState, captureUpdate: 'NEVER' });
}

/** True if nothing of these elements is outside of the view or under something else. */
export function isVisible(api: Api, ids: ReadonlySet<string>): boolean {
  const drawing = drawingOf(api, ids);
  const state = api.getAppState();
  return !drawing || isClear(drawing, screenOf(state), coversOf(state), scrollOf(state));
}

/** Two at once would pull the view to and fro. */
let gliding = new AbortController();

export function bringIntoView(api: Api, ids?: ReadonlySet<string>): void {
  const drawing = drawingOf(api, ids);
  if (!drawing) return;
  const jumps = !ids || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  glide(api, drawing, jumps ? 0 : GLIDE_MS);
}

/**
 * Goes to `drawing`, and goes again whenever what lies over the canvas grows (a card that says how
 * its job ended), until the person does something. A wheel that still turns from before is too late.
 */
function glide(api: Api, drawing: Rectangle, duration: number): void {
  gliding.abort();
  const ended = new AbortController();
  const { signal } = ended;
  gliding = ended;
  for (const gesture of ['pointerdown', 'keydown']) {
    const options = { capture: true, passive: true, signal };
    window.addEventListener(gesture, () => ended.abort(), options);
  }
  let from = scrollOf(api.getAppState());
  let began = performance.now();
  let reached: Scroll | null = null;
  const step = () => {
    if (signal.aborted) return;
    const state = api.getAppState();
    const past = performance.now() - began;
    const target = fitClear(drawing, screenOf(state, AIR), coversOf(state));
    const eased = past >= duration ? 1 : 1 - (1 - past / duration) ** 3;
    const between = (key: keyof Scroll) => from[key] + (target[key] - from[key]) * eased;
    scrollTo(api, eased === 1 ? target : mapScroll(between));
    if (eased === 1) reached = target;
    else requestAnimationFrame(step);
  };
  const again = new ResizeObserver(() => {
    if (!reached) return; // on its way, it sees for itself
    const now = scrollOf(api.getAppState());
    if (!isSame(now, reached)) {
      ended.abort();
      return;
    }
    [from, began, reached] = [now, performance.now(), null];
    step();
  });
  for (const cover of document.querySelectorAll(COVERS)) again.observe(cover);
  signal.addEventListener('abort', () => again.disconnect());
  step();
}

const isSame = (a: Scroll, b: Scroll) =>
  a.scrollX === b.scrollX && a.scrollY === b.scrollY && a.zoom === b.zoom;

const mapScroll = (value: (key: keyof Scroll) => number): Scroll => ({
  scrollX: value('scrollX'),
  scrollY: value('scrollY'),
  zoom: value('zoom'),
});

/** Knows whether somebody is working on the canvas right now: then nothing moves under their hands. */
export class Hands {
  private lastTouch = -Infinity;

  constructor(private readonly root: HTMLElement) {
    for (const gesture of GESTURES) {
      root.addEventListener(gesture, this.touch, { capture: true, passive: true });
    }
  }

  private readonly touch = () => {
    this.lastTouch = performance.now();
  };

  areBusy(state: AppState): boolean {
    return state.cursorButton === 'down' || performance.now() - this.lastTouch < HANDS_OFF_MS;
  }

  stop(): void {
    for (const gesture of GESTURES) {
      this.root.removeEventListener(gesture, this.touch, { capture: true });
    }
  }
}
