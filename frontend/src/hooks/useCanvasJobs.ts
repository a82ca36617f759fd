/** The jobs of one canvas: own ones from the API, everybody's from events, and what to do to them. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { aiAgentService } from '../services/aiAgentService';
import { randomId } from '../services/ids';
import { connection } from '../services/socketClient';
import { isFinished, mergeEvent, mergeJob, newestFirst } from '../sync/jobs';
import type { AIJobStatus, CanvasCreationRequest, JobView } from '../types/ai';
import { useAIJobUpdates } from './useAIJobUpdates';

const RECENT = 20;

export interface DrawRequest extends Pick<
  CanvasCreationRequest,
  'instructions' | 'style' | 'colorScheme' | 'selection' | 'viewport'
> {
  modify: boolean;
}

export function useCanvasJobs(canvasId: string) {
  const [jobs, setJobs] = useState<ReadonlyMap<string, JobView>>(new Map());
  const [visible, setVisible] = useState<ReadonlySet<string>>(new Set());
  const own = useRef(new Set<string>());

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
      put(event.job_id, (before) => mergeEvent(before, event));
      setVisible((before) => new Set(before).add(event.job_id));
      // The event does not carry all that the API knows (retry, remarks).
      if (isFinished(event.status)) refreshJob(event.job_id).catch(() => undefined);
    },
    [canvasId, put, refreshJob],
  );
  useAIJobUpdates(onEvent);

  useEffect(() => {
    const load = async () => {
      if (connection.current() !== 'connected') return;
      const recent = await aiAgentService.getUserJobs(RECENT, 0, canvasId);
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
        const options = { ...rest, idempotencyKey: randomId() };
        const accepted = modify
          ? await aiAgentService.modifyCanvasWithAI(instructions, canvasId, options)
          : await aiAgentService.createCanvasWithAI(instructions, {
              ...options,
              canvas_id: canvasId,
            });
        own.current.add(accepted.id);
        setVisible((before) => new Set(before).add(accepted.id));
        refreshJob(accepted.id).catch(() => undefined);
      },
      cancel: async (id: string) => {
        await aiAgentService.cancelJob(id);
        await refreshJob(id);
      },
      retry: async (id: string) => {
        own.current.add(id);
        await aiAgentService.retryJob(id);
        await refreshJob(id);
      },
      undo: async (id: string) => {
        await aiAgentService.undoJob(id);
        await refreshJob(id);
      },
      dismiss: (id: string) => {
        setVisible((before) => new Set([...before].filter((other) => other !== id)));
      },
    }),
    [canvasId, refreshJob],
  );

  const list = useMemo(() => newestFirst(jobs.values()), [jobs]);
  /** Asked for in this tab: its drawing is one step of this person's own undo. */
  const isOwn = useCallback((id: string) => own.current.has(id), []);
  return { jobs: list, visible, isOwn, ...actions };
}
