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
/** Cards say what was drawn a moment after it is seen. */
const SETTLED_AFTER_MS = 5_000;
const MOST_TRIES = 3;
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

type Arrived = (at: Scroll) => void;

export function bringIntoView(api: Api, ids?: ReadonlySet<string>, arrived?: Arrived): void {
  const drawing = drawingOf(api, ids);
  if (!drawing) return;
  const state = api.getAppState();
  const target = fitClear(drawing, screenOf(state, AIR), coversOf(state));
  const jumps = !ids || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!jumps) {
    glide(api, target, arrived);
    return;
  }
  scrollTo(api, target);
  arrived?.(target);
}

/**
 * Brings them into view, and again should a card grow over them in the next moment, for as long as
 * nobody else moves the view.
 */
export function keepInView(api: Api, ids: ReadonlySet<string>): void {
  let [tries, gliding] = [MOST_TRIES, false];
  let left = scrollOf(api.getAppState());
  const look = () => {
    if (gliding || tries === 0 || isVisible(api, ids)) return;
    if (!isSame(left, scrollOf(api.getAppState()))) return;
    [tries, gliding] = [tries - 1, true];
    bringIntoView(api, ids, (at) => {
      [left, gliding] = [at, false];
      look();
    });
  };
  const observer = new ResizeObserver(look);
  for (const cover of document.querySelectorAll(COVERS)) observer.observe(cover);
  setTimeout(() => observer.disconnect(), SETTLED_AFTER_MS);
  look();
}

const isSame = (a: Scroll, b: Scroll) =>
  a.scrollX === b.scrollX && a.scrollY === b.scrollY && a.zoom === b.zoom;

/** Stops as soon as somebody else moves the view. */
function glide(api: Api, target: Scroll, arrived?: Arrived): void {
  const from = scrollOf(api.getAppState());
  const began = performance.now();
  let last = from;
  const step = () => {
    if (!isSame(last, scrollOf(api.getAppState()))) return;
    const past = Math.min((performance.now() - began) / GLIDE_MS, 1);
    const eased = 1 - (1 - past) ** 3;
    const between = (key: keyof Scroll) => from[key] + (target[key] - from[key]) * eased;
    last = { scrollX: between('scrollX'), scrollY: between('scrollY'), zoom: between('zoom') };
    scrollTo(api, past === 1 ? (last = target) : last);
    if (past < 1) requestAnimationFrame(step);
    else arrived?.(target);
  };
  requestAnimationFrame(step);
}

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
