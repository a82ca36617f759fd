/** A canvas on screen: the editor, the instruction panel beside it, and the cards of its jobs. */
import { useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useCanvasJobs, type DrawRequest } from '../../hooks/useCanvasJobs';
import { useRenameCanvas } from '../../hooks/useCanvases';
import { useCanvasSession, useConnection } from '../../hooks/useCanvasSession';
import { useImages, useImportHere } from '../../hooks/useImages';
import { useJobsGone } from '../../hooks/useJobsGone';
import { t } from '../../i18n';
import { isFinished } from '../../sync/jobs';
import type { JobView } from '../../types/ai';
import type { Canvas, User } from '../../types/api';
import { describeProgress, titleOf } from '../jobWords';
import { CenteredLoader } from '../ui/CenteredLoader';
import { tell, tellError } from '../ui/notices';
import type { BoardHandle } from './Board';
import { BoardBoundary } from './BoardBoundary';
import classes from './CanvasEditor.module.css';
import { CanvasEnded, Left } from './CanvasEnded';
import { CanvasHeader } from './CanvasHeader';
import { HistoryPanel } from './History/HistoryPanel';
import { useHistoryPanel } from './History/useHistoryPanel';
import { InstructionForm } from './InstructionForm';
import { InstructionPanel } from './InstructionPanel';
import { JobCard } from './JobCard';
import { ShareDialog } from './Sharing/ShareDialog';
import { FollowBanner } from './FollowBanner';
import { useFollowChoice } from './useFollowChoice';
import { useHiddenDrawings } from './useHiddenDrawings';
import { useInstructionKeys } from './useHotkeys';
import { UploadStatus } from './UploadStatus';
import { useTestWindow } from './useTestWindow';

const Board = lazy(() => import('./Board'));
const VersionPreview = lazy(() => import('./History/VersionPreview'));
const FLOATING_CARDS = 3;
const PHONE = '(max-width: 48em)';

interface Props {
  canvas: Canvas;
  user: User;
}

export const CanvasEditor: React.FC<Props> = ({ canvas, user }) => {
  const { session, state } = useCanvasSession(canvas.id, user.id);
  const connection = useConnection();
  const jobs = useCanvasJobs(canvas.id, user.id);
  const { images, waiting } = useImages(canvas.id, user.id, session, tell);
  const importing = useImportHere(canvas.id);
  const gone = useJobsGone(session, jobs.jobs, jobs.visible);
  const rename = useRenameCanvas();
  const theme = useComputedColorScheme('light');
  const isPhone = useMediaQuery(PHONE, window.matchMedia(PHONE).matches);

  const [panelOpen, setPanelOpen] = useState(() => !isPhone || canvas.object_count === 0);
  const [sharing, setSharing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [selected, setSelected] = useState<string[]>([]);
  const [ignored, setIgnored] = useState('');
  const [count, setCount] = useState(canvas.object_count);
  const board = useRef<BoardHandle>(null);
  const follow = useFollowChoice(state.members);
  const history = useHistoryPanel(canvas.id);
  const { close: closeHistory } = history;
  const sight = useHiddenDrawings(session, board);
  const input = useRef<HTMLTextAreaElement>(null);

  const role = state.role ?? canvas.role;
  const canEdit = role !== 'viewer';
  const selection = selected.join() === ignored ? [] : selected;

  useTestWindow(session);
  useEffect(() => session?.listen({ onNotice: tell }), [session]);
  useInstructionKeys(
    canEdit,
    useCallback(() => {
      setPanelOpen(true);
      closeHistory();
      requestAnimationFrame(() => input.current?.focus());
    }, [closeHistory]),
  );

  const act = useMemo(() => {
    const report = (action: (job: JobView) => Promise<string | void>) => (job: JobView) => {
      action(job)
        .then((message) => message && tell(message))
        .catch(tellError);
    };
    return { cancel: report(jobs.cancel), retry: report(jobs.retry), undo: report(jobs.undo) };
  }, [jobs.cancel, jobs.retry, jobs.undo]);

  const takeIn = (file: File) =>
    importing.mutate(file, {
      onSuccess: ({ added, skipped }) => {
        const words = t().images;
        tell(skipped > 0 ? words.importedSome(added, skipped) : words.imported(added));
      },
      onError: tellError,
    });

  const draw = async (draft: Omit<DrawRequest, 'viewport'>) => {
    const viewport = board.current?.viewport();
    await jobs.draw(viewport && viewport.width > 0 ? { ...draft, viewport } : draft);
    if (isPhone) setPanelOpen(false);
  };

  if (state.ended && leaving) return <Left title={canvas.title} />;
  if (state.ended) return <CanvasEnded ending={state.ended} />;

  const describing = panelOpen && canEdit && !history.opened;
  const [latest] = jobs.jobs;
  const floating = jobs.jobs
    .filter((job) => jobs.visible.has(job.id) || !isFinished(job.status))
    .slice(0, FLOATING_CARDS);
  const card = (job: JobView, dismissable = false) => (
    <JobCard
      key={job.id}
      job={job}
      userId={user.id}
      canEdit={canEdit}
      gone={gone.has(job.id)}
      {...act}
      showChanges={history.showJob}
      {...(sight.hidden.has(job.id) && { show: sight.show })}
      {...(dismissable && { dismiss: jobs.dismiss })}
    />
  );

  return (
    <div className={classes.page}>
      <CanvasHeader
        canvas={canvas}
        role={role}
        members={state.members}
        userId={user.id}
        followed={follow.followed}
        onFollow={follow.choose}
        connection={connection}
        unsaved={state.unsaved}
        panelOpen={describing}
        onRename={(title) => rename.mutate({ id: canvas.id, title }, { onError: tellError })}
        onShare={() => setSharing(true)}
        historyOpen={history.opened}
        onToggleHistory={history.toggle}
        onTogglePanel={() => {
          setPanelOpen((open) => !open || history.opened);
          history.close();
        }}
        exportPng={() =>
          board.current?.exportPng() ?? Promise.reject(new Error(t().canvas.stillLoading))
        }
      />
      <div className={classes.body}>
        <main className={classes.board} aria-label={t().canvas.canvas}>
          <BoardBoundary>
            <Suspense fallback={<CenteredLoader label={t().canvas.loadingEditor} />}>
              {session && (
                <Board
                  session={session}
                  members={state.members}
                  jobs={jobs.jobs}
                  theme={theme}
                  viewOnly={!canEdit}
                  isOwnJob={jobs.isOwn}
                  onSelect={setSelected}
                  onCount={setCount}
                  onHidden={sight.hide}
                  onMoved={sight.look}
                  followed={follow.followed}
                  onStopFollowing={follow.stop}
                  images={images}
                  onImport={takeIn}
                  handle={board}
                />
              )}
            </Suspense>
          </BoardBoundary>
          <FollowBanner name={follow.name} onStop={follow.stop} />
          <UploadStatus uploads={waiting} connection={connection} />
          {history.chosen && (
            <Suspense fallback={<CenteredLoader />}>
              <VersionPreview
                canvasId={canvas.id}
                version={history.chosen}
                theme={theme}
                images={images}
                showsChanges={history.showsChanges}
                onShowChanges={history.showChanges}
                onClose={() => history.choose(null)}
              />
            </Suspense>
          )}
          {!describing && !history.opened && floating.length > 0 && (
            <div className={classes.floating}>{floating.map((job) => card(job, true))}</div>
          )}
        </main>
        {history.opened && (
          <HistoryPanel
            canvasId={canvas.id}
            session={session}
            canEdit={canEdit}
            chosen={history.chosen}
            onChoose={history.choose}
            onClose={history.close}
          />
        )}
        {describing && (
          <InstructionPanel
            onClose={() => setPanelOpen(false)}
            cards={jobs.jobs.map((job) => card(job))}
            form={
              <InstructionForm
                inputRef={input}
                selection={selection}
                isEmpty={count === 0}
                onClearSelection={() => setIgnored(selected.join())}
                onClose={() => setPanelOpen(false)}
                onSubmit={draw}
              />
            }
          />
        )}
      </div>
      <VisuallyHidden aria-live="polite">
        {latest && `${titleOf(latest)}: ${describeProgress(latest)}`}
      </VisuallyHidden>
      <ShareDialog
        canvasId={canvas.id}
        user={user}
        role={role}
        opened={sharing}
        onClose={() => setSharing(false)}
        onLeaving={setLeaving}
      />
    </div>
  );
};
