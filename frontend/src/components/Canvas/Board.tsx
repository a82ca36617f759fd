/** The editor itself. Loaded lazily: it is by far the largest part of the client. */
import { Excalidraw, exportToBlob, MainMenu } from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type Ref,
} from 'react';
import type { CanvasSession } from '../../hooks/useCanvasSession';
import type { Images } from '../../hooks/useImages';
import { usePointing } from '../../hooks/usePointing';
import { language, t } from '../../i18n';
import type { JobView, Rectangle } from '../../types/ai';
import type { PresentMember, SceneElement } from '../../types/protocol';
import { notifyUndoable } from '../ui/notices';
import classes from './Board.module.css';
import { type CursorMap, mergeCursors, toCollaborators, withoutGone } from './collaborators';
import { dropAgain, editorFiles } from './editorFiles';
import { EditorBinding } from './editorBinding';
import { Ghosts } from './Ghosts';
import { useFittedEditor } from './useFittedEditor';
import { useFollowing } from './useFollowing';
import { useLongStrokes } from './useLongStrokes';
import { bringIntoView, Hands, isVisible, viewportOf } from './visibility';

const UI_OPTIONS = {
  canvasActions: {
    loadScene: false,
    saveToActiveFile: false,
    export: false,
    saveAsImage: false,
    toggleTheme: false,
    changeViewBackgroundColor: false,
  },
  tools: { image: true },
} as const;

/** Always the same: the editor renders anew whenever it is given other children. */
const MENU = (
  <MainMenu>
    <MainMenu.DefaultItems.SearchMenu />
    <MainMenu.DefaultItems.Help />
    <MainMenu.DefaultItems.ClearCanvas />
  </MainMenu>
);

/** Between pictures that are dropped together, in pixels. */
const BESIDE = 48;

export interface BoardHandle {
  /** The visible part of the canvas, in the canvas's own coordinates. */
  viewport(): Rectangle;
  show(ids: ReadonlySet<string>): void;
  isVisible(ids: ReadonlySet<string>): boolean;
  exportPng(): Promise<Blob>;
  /** What the editor shows, in its order. */
  elements(): readonly SceneElement[];
}

interface Props {
  session: CanvasSession;
  members: readonly PresentMember[];
  jobs: readonly JobView[];
  theme: 'light' | 'dark';
  viewOnly: boolean;
  isOwnJob: (jobId: string) => boolean;
  onSelect: (ids: string[]) => void;
  onCount: (elements: number) => void;
  /** A drawing asked for here lies outside of the view, and the person is busy elsewhere. */
  onHidden: (jobId: string) => void;
  /** The view moved: what was hidden may be visible. */
  onMoved: () => void;
  /** The person whose view is shown. */
  followed: string | null;
  onStopFollowing: () => void;
  images: Images | null;
  /** Files were dropped; `place` puts a picture where it was let go. */
  onFiles: (files: File[], place: (picture: File) => void) => void;
  handle: Ref<BoardHandle>;
}

export default function Board(props: Props) {
  const { session, members, jobs, theme, viewOnly, handle } = props;
  const { isOwnJob, onSelect, onCount, onHidden, onMoved } = props;
  const { followed, onStopFollowing, images, onFiles } = props;
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  const selection = useRef<string[]>([]);
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!api || !root.current) return undefined;
    const hands = new Hands(root.current);
    let revealed = false;
    const written = () => {
      const { length } = api.getSceneElements();
      onCount(length);
      // Scrolling under a gesture would tear the shape out of the person's hands.
      const resting = api.getAppState().cursorButton === 'up';
      if (!revealed && length > 0 && resting) bringIntoView(api);
      revealed ||= session.getState().ready;
    };
    const reveal = (drawn: ReadonlySet<string>) => {
      for (const jobId of drawn) {
        const ids = new Set(session.effects.elementsOf(jobId));
        if (isVisible(api, ids)) continue;
        if (hands.areBusy(api.getAppState())) onHidden(jobId);
        else bringIntoView(api, ids);
      }
    };
    const bound = new EditorBinding(api, session, written, (giveBack) =>
      notifyUndoable({
        message: t().canvas.wordsLost,
        label: t().canvas.keepWords,
        undo: giveBack,
        commit: () => undefined,
        stays: true,
      }),
    );
    const stopChanges = api.onChange(() => bound.changed());
    const stopScene = session.listen({
      onScene: ({ ids, byJob }) => {
        if (!bound.isStarted) return; // it begins with all that there is by then
        const wasEmpty = api.getSceneElements().length === 0;
        const ownIds = new Set([...ids].filter((id) => isOwnJob(byJob.get(id) ?? '')));
        const others = new Set([...ids].filter((id) => !ownIds.has(id)));
        if (others.size > 0) bound.write(others);
        if (ownIds.size > 0) bound.write(ownIds, true);
        written();
        // On an empty canvas there is nothing else to look at, wherever it was asked for.
        const drawn = wasEmpty ? ids : ownIds;
        reveal(new Set([...drawn].flatMap((id) => byJob.get(id) ?? [])));
      },
    });
    const stopMoves = api.onScrollChange(onMoved);
    api.refresh();
    return () => {
      stopChanges();
      stopScene();
      stopMoves();
      hands.stop();
      bound.stop();
    };
  }, [api, session, isOwnJob, onCount, onHidden, onMoved]);

  useCursors(api, session, members);
  useFittedEditor(api, root);
  useLongStrokes(api, root);
  const pointing = usePointing(session, members);
  useFollowing({ api, session, root, followed, onStop: onStopFollowing });
  useEffect(() => {
    // A follower does not lead: two people who follow each other would drift away.
    if (!api || followed !== null) return undefined;
    const look = () => pointing.look(viewportOf(api.getAppState()));
    look();
    return api.onScrollChange(look);
  }, [api, followed, pointing]);
  useEffect(() => (api && images ? images.bind(editorFiles(api)) : undefined), [api, images]);

  useImperativeHandle(handle, () => ({
    viewport: () => (api ? viewportOf(api.getAppState()) : { x: 0, y: 0, width: 0, height: 0 }),
    show: (ids) => api && bringIntoView(api, ids),
    isVisible: (ids) => api === null || isVisible(api, ids),
    elements: () => (api?.getSceneElements() ?? []) as readonly unknown[] as SceneElement[],
    exportPng: async () => {
      if (!api) throw new Error(t().canvas.stillLoading);
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
      pointing.select(ids);
      onSelect(ids);
    },
    [onSelect, pointing],
  );

  const onPointerUpdate = useCallback(
    ({ pointer }: { pointer: { x: number; y: number; tool: 'pointer' | 'laser' } }) =>
      pointing.point(pointer),
    [pointing],
  );

  const looked = useRef(new WeakSet<Event>());

  /** The editor itself takes one picture at most, and would put a dropped drawing in the place of
   * everything, also one that is embedded in a picture. */
  const onDrop = (event: DragEvent) => {
    const files = [...event.dataTransfer.files];
    if (files.length === 0 || looked.current.has(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    const { target, clientX, clientY } = event;
    let placed = 0;
    onFiles(files, (picture) => {
      const step = BESIDE * placed;
      placed += 1;
      const again = dropAgain(picture, { clientX: clientX + step, clientY: clientY + step });
      looked.current.add(again);
      target.dispatchEvent(again);
    });
  };

  return (
    <div className={classes.board} ref={root} onDropCapture={onDrop}>
      <Excalidraw
        excalidrawAPI={setApi}
        theme={theme}
        langCode={language() === 'de' ? 'de-DE' : 'en'}
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
        {...(images && { generateIdForFile: images.identify })}
      >
        {MENU}
      </Excalidraw>
      {api && <Ghosts api={api} jobs={jobs} />}
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
