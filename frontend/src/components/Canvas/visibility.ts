/** What a person sees of the canvas, and bringing a drawing into view without disturbing their work. */
import { getCommonBounds } from '@excalidraw/excalidraw';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import type { Rectangle } from '../../types/ai';

/** The editor's toolbar above and its buttons below; what lies under them counts as hidden. */
const MARGINS = { top: 76, right: 16, bottom: 64, left: 16 };
/** Fitted with a little more air than that. */
const FITTED = {
  fitToContent: true,
  canvasOffsets: { top: 90, right: 32, bottom: 80, left: 32 },
} as const;
const HANDS_OFF_MS = 2_000;
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

/** True if nothing of these elements is outside of the view or under the editor's own controls. */
export function isVisible(api: Api, ids: ReadonlySet<string>): boolean {
  const elements = api.getSceneElements().filter((element) => ids.has(element.id));
  if (elements.length === 0) return true;
  const [left, top, right, bottom] = getCommonBounds(elements);
  const state = api.getAppState();
  const onScreen = (scene: number, scroll: number) => (scene + scroll) * state.zoom.value;
  return (
    onScreen(left, state.scrollX) >= MARGINS.left &&
    onScreen(top, state.scrollY) >= MARGINS.top &&
    onScreen(right, state.scrollX) <= state.width - MARGINS.right &&
    onScreen(bottom, state.scrollY) <= state.height - MARGINS.bottom
  );
}

export function bringIntoView(api: Api, ids?: ReadonlySet<string>): void {
  const target = ids && api.getSceneElements().filter((element) => ids.has(element.id));
  if (target?.length === 0) return;
  const moves = ids !== undefined && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  api.scrollToContent(target, { ...FITTED, animate: moves, duration: 400 });
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
