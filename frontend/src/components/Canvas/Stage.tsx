/** Where the canvas itself is shown: the editor, and what lies over it. */
import { useComputedColorScheme } from '@mantine/core';
import { Suspense, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { useCanvasJobs } from '../../hooks/useCanvasJobs';
import { useConnection, type CanvasSession } from '../../hooks/useCanvasSession';
import { useFilesHere } from '../../hooks/useFilesHere';
import { useImages } from '../../hooks/useImages';
import { t } from '../../i18n';
import type { User } from '../../types/api';
import type { PresentMember } from '../../types/protocol';
import { CenteredLoader } from '../ui/CenteredLoader';
import { lazyPart } from '../ui/lazyPart';
import { notify, notifyError } from '../ui/notices';
import type { BoardHandle } from './Board';
import { BoardBoundary } from './BoardBoundary';
import classes from './CanvasEditor.module.css';
import { keepButtonsNamed } from './editorNames';
import { FollowBanner } from './FollowBanner';
import type { useHistoryPanel } from './History/useHistoryPanel';
import { UploadStatus } from './UploadStatus';
import type { useFollowChoice } from './useFollowChoice';
import type { useHiddenDrawings } from './useHiddenDrawings';

const Board = lazyPart(() => import('./Board'), { large: true });
export const beginEditor = Board.begin;
const VersionPreview = lazyPart(() => import('./History/VersionPreview'));

interface Props {
  canvasId: string;
  user: User;
  session: CanvasSession | null;
  members: readonly PresentMember[];
  jobs: ReturnType<typeof useCanvasJobs>;
  canEdit: boolean;
  history: ReturnType<typeof useHistoryPanel>;
  follow: ReturnType<typeof useFollowChoice>;
  hiddenDrawings: ReturnType<typeof useHiddenDrawings>;
  board: RefObject<BoardHandle | null>;
  onSelect: (ids: string[]) => void;
  onCount: (elements: number) => void;
  /** Cards that float over the canvas. */
  children: ReactNode;
}

export function Stage(props: Props) {
  const { canvasId, user, session, members, jobs, canEdit, history, follow, hiddenDrawings } =
    props;
  const connection = useConnection();
  const theme = useComputedColorScheme('light');
  const { images, waiting } = useImages(canvasId, user.id, session, notify);
  const takeIn = useTakeIn(canvasId, canEdit);
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => (editor.current ? keepButtonsNamed(editor.current) : undefined), []);
  return (
    <main className={classes.board} aria-label={t().canvas.canvas}>
      {/* While an old version is looked at, no key reaches the canvas below. */}
      <div className={classes.editor} ref={editor} inert={history.chosen !== null}>
        <BoardBoundary>
          <Suspense fallback={<CenteredLoader label={t().canvas.loadingEditor} />}>
            {session && (
              <Board
                session={session}
                members={members}
                jobs={jobs.jobs}
                theme={theme}
                viewOnly={!canEdit}
                isOwnJob={jobs.isOwn}
                onSelect={props.onSelect}
                onCount={props.onCount}
                onHidden={hiddenDrawings.hide}
                onMoved={hiddenDrawings.look}
                followed={follow.followed}
                onStopFollowing={follow.stop}
                images={images}
                onFiles={takeIn}
                handle={props.board}
              />
            )}
          </Suspense>
        </BoardBoundary>
      </div>
      <FollowBanner name={follow.name} onStop={follow.stop} />
      <UploadStatus uploads={waiting} connection={connection} />
      {history.chosen && (
        <Suspense fallback={<CenteredLoader />}>
          <VersionPreview
            canvasId={canvasId}
            version={history.chosen}
            theme={theme}
            images={images}
            showsChanges={history.showsChanges}
            onShowChanges={history.showChanges}
            onClose={history.lookAway}
          />
        </Suspense>
      )}
      {props.children}
    </main>
  );
}

/** Adds dropped files; notices say what was added, and which files could not be. */
function useTakeIn(canvasId: string, canEdit: boolean) {
  const { mutateAsync } = useFilesHere(canvasId);
  return (files: File[], place: (picture: File) => void): void => {
    if (!canEdit) {
      notify(t().canvas.viewOnly);
      return;
    }
    const done = ({ added, skipped, refused }: Awaited<ReturnType<typeof mutateAsync>>) => {
      const words = t().images;
      if (skipped > 0) notify(words.importedSome(added, skipped));
      else if (added > 0) notify(words.imported(added));
      for (const sentence of refused) notifyError(sentence);
    };
    mutateAsync({ files, place }).then(done).catch(notifyError);
  };
}
