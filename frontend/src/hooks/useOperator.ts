/** Everybody's jobs, the workers and the queue, asked for again while somebody looks. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { aiAgentService } from '../services/aiAgentService';
import {
  loadEverybodysJobs,
  loadQueue,
  loadWorkers,
  type OperatorJobFilter,
} from '../services/operatorService';
import { secondsBetween } from '../sync/jobs';
import type { JobView } from '../types/ai';
import type { OperatorJob, Period } from '../types/operator';

const OPERATOR = ['operator'];
const LOOK_EVERY_MS = 5_000;
export const OPERATOR_PAGE_SIZE = 20;

export interface OperatorQuery extends OperatorJobFilter {
  page: number;
}

export interface OperatorJobView extends JobView {
  worker: string | null;
}

function viewOf(job: OperatorJob): OperatorJobView {
  return {
    id: job.id,
    type: job.job_type,
    canvasId: job.canvas_id,
    status: job.status,
    phase: job.phase,
    instructions: null,
    request: {},
    requestedBy: job.requested_by,
    message: null,
    error: job.error_message,
    errorCode: job.error_code,
    refusal: null,
    progress: job.progress,
    planned: job.planned,
    drawn: job.drawn,
    queuePosition: null,
    attempt: job.attempt,
    preview: null,
    remarks: [],
    undone: false,
    canRedo: false,
    canRetry: false,
    eventSeq: 0,
    createdAt: job.created_at,
    seconds: secondsBetween(job.started_at, job.completed_at),
    tokens: job.tokens,
    version: null,
    worker: job.worker,
  };
}

export function useEverybodysJobs({ page, ...filter }: OperatorQuery) {
  return useQuery({
    queryKey: [...OPERATOR, 'jobs', filter, page],
    queryFn: async () => {
      const found = await loadEverybodysJobs(filter, OPERATOR_PAGE_SIZE, page * OPERATOR_PAGE_SIZE);
      return { jobs: found.jobs.map(viewOf), hasOlder: found.has_older };
    },
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function useWorkers() {
  return useQuery({
    queryKey: [...OPERATOR, 'workers'],
    queryFn: loadWorkers,
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function useQueue(period: Period) {
  return useQuery({
    queryKey: [...OPERATOR, 'queue', period],
    queryFn: () => loadQueue(period),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function useCancelAnyJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => aiAgentService.cancelJob(id),
    onSettled: () => client.invalidateQueries({ queryKey: OPERATOR }),
  });
}
