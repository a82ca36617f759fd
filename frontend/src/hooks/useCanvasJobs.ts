/** The jobs of one canvas, of all people, and what can be done with them. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { aiAgentService } from '../services/aiAgentService';
import { randomId } from '../services/ids';
import { connection } from '../services/socketClient';
import { t } from '../i18n';
import { isFinished, mergeEvent, mergeJob, newestFirst } from '../sync/jobs';
import type { AIJobStatus, CanvasCreationRequest, JobView } from '../types/ai';
import { useAIJobUpdates } from './useAIJobUpdates';

const RECENT = 20;

export interface DrawRequest extends Pick<
  CanvasCreationRequest,
  'instructions' | 'style' | 'colorScheme' | 'selection' | 'viewport' | 'model'
> {
  modify: boolean;
}

export function useCanvasJobs(canvasId: string, userId: string) {
  const [jobs, setJobs] = useState<ReadonlyMap<string, JobView>>(new Map());
  const [visible, setVisible] = useState<ReadonlySet<string>>(new Set());
  const own = useRef(new Set<string>());
  /** Requests on their way: a job may be drawn before the answer names it. */
  const submitting = useRef(0);

  const put = useCallback((id: string, change: (before: JobView | undefined) => JobView) => {
    setJobs((before) => new Map(before).set(id, change(before.get(id))));
  }, []);

  const refreshJob = useCallback(
    async (id: string) => {
      const job = await aiAgentService.getJobStatus(id);
      put(id, (before) => mergeJob(before, job));
    },
    [put],
  );

  const onEvent = useCallback(
    (event: AIJobStatus) => {
      if (event.canvas_id !== canvasId) return;
      const seenAt = new Date().toISOString();
      put(event.job_id, (before) => mergeEvent(before, event, seenAt));
      setVisible((before) => new Set(before).add(event.job_id));
      // The event does not carry all that the API knows of one's own job (retry, remarks).
      const mine = event.requested_by?.id === userId;
      if (mine && submitting.current > 0) own.current.add(event.job_id);
      if (mine && isFinished(event.status)) refreshJob(event.job_id).catch(() => undefined);
    },
    [canvasId, userId, put, refreshJob],
  );
  useAIJobUpdates(onEvent);

  useEffect(() => {
    const load = async () => {
      if (connection.current() !== 'connected') return;
      const recent = await aiAgentService.getCanvasJobs(canvasId, RECENT);
      setJobs((before) => {
        const after = new Map(before);
        for (const job of recent) after.set(job.id, mergeJob(before.get(job.id), job));
        return after;
      });
    };
    const reload = () => void load().catch(() => undefined);
    reload();
    return connection.subscribe(reload);
  }, [canvasId]);

  const actions = useMemo(
    () => ({
      draw: async ({ instructions, modify, ...rest }: DrawRequest) => {
        const options = { ...rest, canvas_id: canvasId, idempotencyKey: randomId() };
        submitting.current += 1;
        try {
          const accepted = modify
            ? await aiAgentService.modifyCanvasWithAI(instructions, canvasId, options)
            : await aiAgentService.createCanvasWithAI(instructions, options);
          own.current.add(accepted.id);
          setVisible((before) => new Set(before).add(accepted.id));
          refreshJob(accepted.id).catch(() => undefined);
        } finally {
          submitting.current -= 1;
        }
      },
      cancel: async (job: JobView) => {
        await aiAgentService.cancelJob(job.id);
        if (job.requestedBy?.id === userId) await refreshJob(job.id);
      },
      retry: async (job: JobView) => {
        own.current.add(job.id);
        await aiAgentService.retryJob(job.id);
        await refreshJob(job.id);
      },
      /** Answers with what the person should know: that something was kept, and why. */
      undo: async (job: JobView) => {
        const { message, restored, skipped } = await aiAgentService.undoJob(job.id);
        put(job.id, (before) => ({ ...(before ?? job), undone: true, canRedo: true }));
        if (restored === 0) return t().jobs.nothingToUndo;
        return skipped?.length ? message : undefined;
      },
      redo: async (job: JobView) => {
        const { message, skipped } = await aiAgentService.redoJob(job.id);
        put(job.id, (before) => ({ ...(before ?? job), undone: false, canRedo: false }));
        return skipped?.length ? message : undefined;
      },
      /** By the editor's own undo, or redo: nobody waits for what the server says. */
      noteTakenBack: (id: string, takenBack: boolean) => {
        aiAgentService.noteTakenBack(id, takenBack).catch(() => undefined);
      },
      dismiss: (job: JobView) => {
        setVisible((before) => new Set([...before].filter((id) => id !== job.id)));
      },
    }),
    [canvasId, userId, put, refreshJob],
  );

  const list = useMemo(() => newestFirst(jobs.values()), [jobs]);
  /** Asked for in this tab: its drawing is one step of this person's own undo. */
  const isOwn = useCallback((id: string) => own.current.has(id), []);
  return { jobs: list, visible, isOwn, ...actions };
}
