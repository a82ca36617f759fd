/** The editor itself. Loaded lazily: it is by far the largest part of the client. */
import {
  Excalidraw,
  exportToBlob,
  MainMenu,
  sceneCoordsToViewportCoords,
} from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type Ref,
} from 'react';
import type { CanvasSession } from '../../hooks/useCanvasSession';
import type { Rectangle } from '../../types/ai';
import type { PresentMember } from '../../types/protocol';
import classes from './Board.module.css';
import { type CursorMap, mergeCursors, toCollaborators, withoutGone } from './collaborators';
import { EditorBinding } from './editorBinding';

const POINTER_EVERY_MS = 50;
const UI_OPTIONS = {
  canvasActions: {
    loadScene: false,
    saveToActiveFile: false,
    export: false,
    saveAsImage: false,
    toggleTheme: false,
    changeViewBackgroundColor: false,
  },
  tools: { image: false },
} as const;

/** Fitted between the editor's toolbar above and its buttons below. */
const IN_SIGHT = {
  fitToContent: true,
  canvasOffsets: { top: 90, right: 32, bottom: 80, left: 32 },
} as const;

export interface BoardHandle {
  /** The visible part of the canvas, in the canvas's own coordinates. */
  viewport(): Rectangle;
  exportPng(): Promise<Blob>;
}

interface Props {
  session: CanvasSession;
  members: readonly PresentMember[];
  theme: 'light' | 'dark';
  viewOnly: boolean;
  isOwnJob: (jobId: string) => boolean;
  onSelect: (ids: string[]) => void;
  onCount: (elements: number) => void;
  handle: Ref<BoardHandle>;
}

export default function Board(props: Props) {
  const { session, members, theme, viewOnly, isOwnJob, onSelect, onCount, handle } = props;
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  const binding = useRef<EditorBinding | null>(null);
  const selection = useRef<string[]>([]);

  useEffect(() => {
    if (!api) return undefined;
    const bound = new EditorBinding(api, session);
    binding.current = bound;
    let revealed = false;
    const written = (ownIds: ReadonlySet<string>) => {
      const { length } = api.getSceneElements();
      onCount(length);
      // Scrolling under a gesture would tear the shape out of the person's hands.
      const resting = api.getAppState().cursorButton === 'up';
      if (!revealed && length > 0 && resting) {
        api.scrollToContent(undefined, { ...IN_SIGHT, animate: false });
      } else if (ownIds.size > 0 && resting) reveal(api, ownIds);
      revealed ||= session.getState().ready;
    };
    const stopChanges = api.onChange(() => {
      if (bound.changed()) written(new Set());
    });
    const stopScene = session.listen({
      onScene: ({ ids, byJob }) => {
        const ownIds = new Set([...ids].filter((id) => isOwnJob(byJob.get(id) ?? '')));
        const others = new Set([...ids].filter((id) => !ownIds.has(id)));
        if (others.size > 0) bound.write(others);
        if (ownIds.size > 0) bound.write(ownIds, true);
        written(ownIds);
      },
    });
    api.refresh();
    return () => {
      stopChanges();
      stopScene();
      binding.current = null;
    };
  }, [api, session, isOwnJob, onCount]);

  useCursors(api, session, members);

  useImperativeHandle(handle, () => ({
    viewport: () => (api ? viewportOf(api.getAppState()) : { x: 0, y: 0, width: 0, height: 0 }),
    exportPng: async () => {
      if (!api) throw new Error('The canvas is still loading.');
      const elements = api.getSceneElements();
      const appState = { exportBackground: true, exportWithDarkMode: false };
      return exportToBlob({
        elements,
        appState,
        files: api.getFiles(),
        mimeType: 'image/png',
        getDimensions: (width: number, height: number) => ({
          width: width * 2,
          height: height * 2,
          scale: 2,
        }),
        exportPadding: 24,
      });
    },
  }));

  const onChange = useCallback(
    (_: unknown, state: AppState) => {
      const ids = Object.keys(state.selectedElementIds).filter(
        (id) => state.selectedElementIds[id],
      );
      if (ids.join() === selection.current.join()) return;
      selection.current = ids;
      onSelect(ids);
    },
    [onSelect],
  );

  const lastPointer = useRef(0);
  const onPointerUpdate = useCallback(
    ({ pointer }: { pointer: { x: number; y: number; tool: 'pointer' | 'laser' } }) => {
      const now = performance.now();
      if (now - lastPointer.current < POINTER_EVERY_MS) return;
      lastPointer.current = now;
      session.pointAt({ ...pointer, selected: selection.current });
    },
    [session],
  );

  return (
    <div className={classes.board}>
      <Excalidraw
        excalidrawAPI={setApi}
        theme={theme}
        viewModeEnabled={viewOnly}
        isCollaborating
        // The editor's keys work from the start; it is what this page is for.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        validateEmbeddable={false}
        aiEnabled={false}
        UIOptions={UI_OPTIONS}
        onChange={onChange}
        onPointerUpdate={onPointerUpdate}
      >
        <MainMenu>
          <MainMenu.DefaultItems.SearchMenu />
          <MainMenu.DefaultItems.Help />
          <MainMenu.DefaultItems.ClearCanvas />
        </MainMenu>
      </Excalidraw>
    </div>
  );
}

function useCursors(
  api: ExcalidrawImperativeAPI | null,
  session: CanvasSession,
  members: readonly PresentMember[],
): void {
  const [cursors, setCursors] = useState<CursorMap>(new Map());
  useEffect(
    () =>
      session.listen({
        onCursors: (news) => setCursors((before) => mergeCursors(before, news, session.socketId())),
      }),
    [session],
  );
  const present = useMemo(() => withoutGone(cursors, members), [cursors, members]);
  useEffect(() => api?.updateScene({ collaborators: toCollaborators(present) }), [api, present]);
}

function viewportOf(state: AppState): Rectangle {
  const zoom = state.zoom.value;
  return {
    x: Math.round(-state.scrollX),
    y: Math.round(-state.scrollY),
    width: Math.round(state.width / zoom),
    height: Math.round(state.height / zoom),
  };
}

/** Brings what a job just drew into sight, unless it is there already. */
function reveal(api: ExcalidrawImperativeAPI, ids: ReadonlySet<string>): void {
  const drawn = api.getSceneElements().filter((element) => ids.has(element.id));
  if (drawn.length === 0) return;
  const state = api.getAppState();
  const inSight = drawn.every((element) => {
    const { x, y } = sceneCoordsToViewportCoords(
      { sceneX: element.x + element.width / 2, sceneY: element.y + element.height / 2 },
      state,
    );
    const left = x - state.offsetLeft;
    const top = y - state.offsetTop;
    return left > 0 && top > 70 && left < state.width && top < state.height - 50;
  });
  if (!inSight) api.scrollToContent(drawn, { ...IN_SIGHT, animate: true, duration: 400 });
}
