/** Looking around in a drawing: dragging moves it, the wheel zooms where it points. */
import { useEffect, useState, type RefObject } from 'react';
import type { Rectangle } from '../../../types/ai';

const STEP = 1.2;
const DEEPEST = 40;

/** The part of the drawing to show around a point that stays where it is. */
export function zoomed(
  view: Rectangle,
  all: Rectangle,
  factor: number,
  at: { x: number; y: number },
) {
  const width = Math.min(all.width * 2, Math.max(all.width / DEEPEST, view.width * factor));
  const ratio = width / view.width;
  return {
    x: at.x - (at.x - view.x) * ratio,
    y: at.y - (at.y - view.y) * ratio,
    width,
    height: view.height * ratio,
  };
}

export function usePanZoom(surface: RefObject<HTMLElement | null>, all: Rectangle) {
  const [view, setView] = useState<Rectangle>(all);
  const [shownOf, setShownOf] = useState(all);
  if (shownOf !== all) {
    setShownOf(all);
    setView(all);
  }
  useEffect(() => {
    const element = surface.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      setView((before) => {
        const scale = scaleOf(box, before);
        const at = {
          x: before.x + before.width / 2 + (event.clientX - box.x - box.width / 2) / scale,
          y: before.y + before.height / 2 + (event.clientY - box.y - box.height / 2) / scale,
        };
        return zoomed(before, all, STEP ** Math.sign(event.deltaY), at);
      });
    };
    const onPointerMove = ({ buttons, movementX, movementY }: PointerEvent) => {
      if (buttons !== 1) return;
      const box = element.getBoundingClientRect();
      setView((before) => {
        const scale = scaleOf(box, before);
        return { ...before, x: before.x - movementX / scale, y: before.y - movementY / scale };
      });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointermove', onPointerMove);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointermove', onPointerMove);
    };
  }, [surface, all]);

  const zoom = (factor: number) =>
    setView((before) => {
      const middle = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
      return zoomed(before, all, factor, middle);
    });
  return {
    view,
    closer: () => zoom(1 / STEP),
    farther: () => zoom(STEP),
    whole: () => setView(all),
  };
}

/** Pixels of the screen per unit of the drawing, which is fitted and centered. */
function scaleOf(box: DOMRect, view: Rectangle): number {
  return Math.min(box.width / view.width, box.height / view.height);
}
