/** A canvas on screen: the editor, the panel beside it, the cards of its jobs, and the dialogs. */
import { VisuallyHidden } from '@mantine/core';
import { Suspense, useMemo, useRef, useState } from 'react';
import { useCanvasJobs, type DrawRequest } from '../../hooks/useCanvasJobs';
import { useRenameCanvas } from '../../hooks/useCanvases';
import { useConnection, type LiveCanvas } from '../../hooks/useCanvasSession';
import { useJobsGone } from '../../hooks/useJobsGone';
import { t } from '../../i18n';
import { isFinished, runningFirst } from '../../sync/jobs';
import type { JobView } from '../../types/ai';
import type { Canvas, User } from '../../types/api';
import { CenteredLoader } from '../ui/CenteredLoader';
import { lazyPart } from '../ui/lazyPart';
import { notify, notifyError, notifyUndoable } from '../ui/notices';
import { announce } from '../jobWords';
import { useSpoken } from '../useSpoken';
import type { BoardHandle } from './Board';
import classes from './CanvasEditor.module.css';
import { CanvasEnded, Left } from './CanvasEnded';
import { CanvasHeader } from './CanvasHeader';
import { FloatingCards } from './FloatingCards';
import { useHistoryPanel } from './History/useHistoryPanel';
import { InstructionForm } from './InstructionForm';
import { InstructionPanel } from './InstructionPanel';
import { JobCard } from './JobCard';
import { Review } from './Review';
import { Stage } from './Stage';
import { useDraft } from './useDraft';
import { useFollowChoice } from './useFollowChoice';
import { useHiddenDrawings } from './useHiddenDrawings';
import panelClasses from './InstructionPanel.module.css';
import { useInstructions } from './useInstructions';
import { useTestWindow } from './useTestWindow';

const HistoryPanel = lazyPart(() => import('./History/HistoryPanel'));
const ShareDialog = lazyPart(() => import('./Sharing/ShareDialog'));

interface Props {
  canvas: Canvas;
  user: User;
  live: LiveCanvas;
}

export const CanvasEditor: React.FC<Props> = ({ canvas, user, live: { session, state } }) => {
  const connection = useConnection();
  const jobs = useCanvasJobs(canvas.id, user.id);
  const gone = useJobsGone(session, jobs.jobs, jobs.visible, jobs.noteTakenBack);
  const rename = useRenameCanvas();
  const act = useCardActions(jobs);
  const role = state.role ?? canvas.role;
  const canEdit = role !== 'viewer';

  const [sharing, setSharing] = useState<boolean | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [selected, setSelected] = useState<string[]>([]);
  const [ignored, setIgnored] = useState('');
  const [count, setCount] = useState(canvas.object_count);
  const board = useRef<BoardHandle>(null);
  const follow = useFollowChoice(state.members);
  const history = useHistoryPanel(canvas.id);
  const panel = useInstructions(canEdit, canvas.object_count === 0, history.close);
  const writing = useDraft();
  const hiddenDrawings = useHiddenDrawings(session, board);
  useTestWindow(session, board);
  const seen = jobs.jobs.filter(({ id }) => jobs.visible.has(id));
  const spoken = useSpoken(seen, { markOf: announce, newcomers: true });

  const draw = async (wish: Omit<DrawRequest, 'viewport'>) => {
    const viewport = board.current?.viewport();
    await jobs.draw(viewport && viewport.width > 0 ? { ...wish, viewport } : wish);
    if (panel.isPhone) panel.setOpened(false);
  };

  if (state.ended && leaving) return <Left title={canvas.title} />;
  if (state.ended) return <CanvasEnded ending={state.ended} />;

  const describing = panel.opened && canEdit && !history.opened;
  const reuse = (job: JobView) => {
    const before = writing.draft;
    writing.reuse(job);
    panel.open();
    if (!before.instructions.trim() || before.instructions === job.instructions) return;
    notifyUndoable({
      message: t().canvas.draftReplaced,
      label: t().home.undo,
      undo: () => writing.change(before),
      commit: () => undefined,
    });
  };
  const floating = runningFirst(jobs.jobs).filter(
    (job) => jobs.visible.has(job.id) || !isFinished(job.status),
  );
  const card = (job: JobView, dismissable = false) => (
    <JobCard
      key={job.id}
      job={job}
      userId={user.id}
      canEdit={canEdit}
      gone={gone.has(job.id)}
      {...act}
      showChanges={history.showJob}
      reuse={reuse}
      {...(hiddenDrawings.hidden.has(job.id) && { show: hiddenDrawings.show })}
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
        session={session}
        panelOpen={describing}
        historyOpen={history.opened}
        onRename={(title) => rename.mutate({ id: canvas.id, title }, { onError: notifyError })}
        onShare={() => setSharing(true)}
        onToggleHistory={history.toggle}
        onTogglePanel={() => {
          panel.setOpened(!describing);
          history.close();
        }}
        exportPng={() =>
          board.current?.exportPng() ?? Promise.reject(new Error(t().canvas.stillLoading))
        }
      />
      <div className={classes.body}>
        <Stage
          canvasId={canvas.id}
          user={user}
          session={session}
          members={state.members}
          jobs={jobs}
          canEdit={canEdit}
          history={history}
          follow={follow}
          hiddenDrawings={hiddenDrawings}
          board={board}
          onSelect={setSelected}
          onCount={setCount}
        >
          {!describing && history.chosen === null && (
            <FloatingCards
              cards={floating.map((job) => card(job, true))}
              {...(canEdit && { onMore: panel.open })}
            />
          )}
        </Stage>
        {history.opened && (
          <Suspense fallback={<PanelComing />}>
            <HistoryPanel
              canvasId={canvas.id}
              session={session}
              canEdit={canEdit}
              chosen={history.chosen}
              onChoose={history.choose}
              onClose={history.close}
            />
          </Suspense>
        )}
        {describing && (
          <InstructionPanel
            onClose={() => panel.setOpened(false)}
            cards={runningFirst(jobs.jobs).map((job) => card(job))}
            {...(count > 0 && {
              review: <Review canvasId={canvas.id} show={(ids) => board.current?.show(ids)} />,
            })}
            form={
              <InstructionForm
                inputRef={panel.input}
                draft={writing.draft}
                onDraft={writing.change}
                selection={selected.join() === ignored ? [] : selected}
                isEmpty={count === 0}
                onClearSelection={() => setIgnored(selected.join())}
                onClose={() => panel.setOpened(false)}
                onSubmit={draw}
              />
            }
          />
        )}
      </div>
      <VisuallyHidden aria-live="polite">{spoken}</VisuallyHidden>
      {sharing !== null && (
        <div className={classes.dialogPlace}>
          <Suspense fallback={<DialogComing />}>
            <ShareDialog
              canvasId={canvas.id}
              user={user}
              role={role}
              opened={sharing}
              onClose={() => setSharing(false)}
              onLeaving={setLeaving}
            />
          </Suspense>
        </div>
      )}
    </div>
  );
};

/** As wide as the panel that comes: the canvas moves aside once. */
function PanelComing() {
  return (
    <div className={panelClasses.panel}>
      <CenteredLoader />
    </div>
  );
}

/** Dims the page as the dialog will. */
function DialogComing() {
  return (
    <div className={classes.dialogComing}>
      <CenteredLoader />
    </div>
  );
}

/** What a card's buttons do; a notice says how it went. */
function useCardActions({ cancel, retry, undo, redo }: ReturnType<typeof useCanvasJobs>) {
  return useMemo(() => {
    const report = (action: (job: JobView) => Promise<string | void>) => (job: JobView) => {
      action(job)
        .then((message) => message && notify(message))
        .catch(notifyError);
    };
    return { cancel: report(cancel), retry: report(retry), undo: report(undo), redo: report(redo) };
  }, [cancel, retry, undo, redo]);
}
