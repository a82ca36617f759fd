/** The editor's view goes where another person looks, until one does something oneself. */
import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { useEffect, useRef, type RefObject } from 'react';
import type { CanvasSession } from '../../hooks/useCanvasSession';
import { fitted, viewsOf } from '../../sync/follow';
import type { Rectangle } from '../../types/ai';

const OWN = ['pointerdown', 'wheel', 'keydown'] as const;

interface Props {
  api: ExcalidrawImperativeAPI | null;
  session: CanvasSession;
  root: RefObject<HTMLElement | null>;
  /** A person's id. */
  followed: string | null;
  onStop: () => void;
}

export function useFollowing({ api, session, root, followed, onStop }: Props): void {
  const views = useRef(new Map<string, Rectangle>());
  useEffect(
    () =>
      session.listen({
        onCursors: (news) => {
          for (const [person, view] of viewsOf(news)) views.current.set(person, view);
        },
      }),
    [session],
  );
  useEffect(() => {
    if (!api || followed === null) return undefined;
    const go = () => {
      const view = views.current.get(followed);
      const scroll = view && fitted(view, api.getAppState());
      if (!scroll) return;
      const { zoom, ...place } = scroll;
      const appState = { ...place, zoom: { value: zoom as never } };
      api.updateScene({ appState, captureUpdate: 'NEVER' });
    };
    go();
    return session.listen({ onCursors: (news) => viewsOf(news).has(followed) && go() });
  }, [api, session, followed]);
  useEffect(() => {
    const element = root.current;
    if (!element || followed === null) return undefined;
    for (const gesture of OWN) element.addEventListener(gesture, onStop, { capture: true });
    return () => {
      for (const gesture of OWN) element.removeEventListener(gesture, onStop, { capture: true });
    };
  }, [root, followed, onStop]);
}
