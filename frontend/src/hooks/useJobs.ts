/** A person's own jobs on every canvas, their statistics, and what to do to them. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { t } from '../i18n';
import { aiAgentService } from '../services/aiAgentService';
import { atMostEvery } from '../services/timers';
import { viewOfJob } from '../sync/jobs';
import type { JobStatus } from '../types/ai';
import { useJobEvents } from './useAIJobUpdates';

const JOBS = ['jobs'];
const REFRESH_EVERY_MS = 1_000;
const MOST = 100;
export const PAGE_SIZE = 20;

export interface JobQuery {
  status: JobStatus | null;
  canvasId: string | null;
  /** Only jobs younger than so many days. */
  days: number | null;
  page: number;
}

/** The list is newest first, so a page that reaches beyond `days` is the last one. */
async function loadPage({ status, canvasId, days, page }: JobQuery) {
  const filter = {
    ...(status && { status }),
    ...(canvasId && { canvas_id: canvasId }),
  };
  const jobs = await aiAgentService.getUserJobs(PAGE_SIZE + 1, page * PAGE_SIZE, filter);
  const oldest = days === null ? 0 : Date.now() - days * 86_400_000;
  const young = jobs.filter((job) => Date.parse(job.created_at) >= oldest);
  return { jobs: young.slice(0, PAGE_SIZE).map(viewOfJob), hasOlder: young.length > PAGE_SIZE };
}

export function useJobs(query: JobQuery) {
  return useQuery({
    queryKey: [...JOBS, 'page', query],
    queryFn: () => loadPage(query),
    placeholderData: keepPreviousData,
  });
}

export function useJobStatistics() {
  return useQuery({
    queryKey: [...JOBS, 'statistics'],
    queryFn: async () => {
      const [statistics, latest] = await Promise.all([
        aiAgentService.getStatistics(),
        aiAgentService.getUserJobs(MOST),
      ]);
      return { statistics, created: latest.map((job) => job.created_at) };
    },
  });
}

/** Everything about jobs is asked for again when one moves, at most once a second. */
export function useJobsLive(): void {
  const client = useQueryClient();
  const refresh = useMemo(
    () => atMostEvery(REFRESH_EVERY_MS, () => void client.invalidateQueries({ queryKey: JOBS })),
    [client],
  );
  useJobEvents(useCallback(() => refresh.soon(), [refresh]));
  useEffect(() => refresh.stop, [refresh]);
}

export function useJobActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: JOBS });
  return {
    cancel: useMutation({ mutationFn: (id: string) => aiAgentService.cancelJob(id), onSettled }),
    retry: useMutation({ mutationFn: (id: string) => aiAgentService.retryJob(id), onSettled }),
    undo: useMutation({
      mutationFn: async (id: string) => {
        const { message, restored, skipped } = await aiAgentService.undoJob(id);
        if (restored === 0) return t().jobs.nothingToUndo;
        return skipped?.length ? message : null;
      },
      onSettled,
    }),
    redo: useMutation({
      mutationFn: async (id: string) => {
        const { message, skipped } = await aiAgentService.redoJob(id);
        return skipped?.length ? message : null;
      },
      onSettled,
    }),
  };
}
