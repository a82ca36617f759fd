/** What only operators may ask. */
import type { JobStatus } from '../types/ai';
import type { Answer } from '../types/api';
import type { OperatorJobPage, Period, Queue, Workers } from '../types/operator';
import { requestJson } from './apiClient';

export interface OperatorJobFilter {
  status: JobStatus | null;
  /** An account's id or e-mail address. */
  user: string;
  canvasId: string | null;
  hours: number | null;
}

export function loadEverybodysJobs(
  { status, user, canvasId, hours }: OperatorJobFilter,
  limit: number,
  offset: number,
): Promise<OperatorJobPage> {
  const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
  if (status) query.set('status', status);
  if (user) query.set('user', user);
  if (canvasId) query.set('canvas_id', canvasId);
  if (hours) query.set('hours', String(hours));
  return requestJson<Answer<'operator_jobs'>>(`/api/operator/jobs?${query}`);
}

export function loadWorkers(): Promise<Workers> {
  return requestJson<Answer<'list_workers'>>('/api/operator/workers');
}

export function loadQueue(period: Period): Promise<Queue> {
  return requestJson<Answer<'get_queue'>>(`/api/operator/queue?period=${period}`);
}
