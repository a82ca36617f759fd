/** Jobs over HTTP: ask for a drawing, watch it, stop it, repeat it, take it back. */
import type {
  AcceptedJob,
  AIJob,
  CanvasCreationRequest,
  CanvasCreationResponse,
  JobResult,
  JobStatistics,
  JobStatus,
} from '../types/ai';
import type { Answer } from '../types/api';
import { isFinished } from '../sync/jobs';
import { requestJson, type ApiRequest } from './apiClient';

export interface WaitOptions {
  signal?: AbortSignal;
  /** Called with every state seen on the way. */
  onUpdate?: (job: AIJob) => void;
}

export interface JobFilter {
  status?: JobStatus;
  canvas_id?: string;
}

export type UndoReply = Answer<'undo_job'>;

export type JobOptions = Partial<CanvasCreationRequest> & { idempotencyKey?: string };

export class AIAgentService {
  private readonly baseUrl = '/api/ai-agent';
  private readonly longPollSeconds = 25;
  private token = '';

  /** Programs that hold a token set it here; in the browser the HttpOnly cookie is enough. */
  setAuthToken(token: string): void {
    this.token = token;
  }

  /** Answers as soon as the job is accepted; `waitForJob` waits for its end. */
  createCanvasWithAI(instructions: string, options: JobOptions = {}): Promise<AcceptedJob> {
    return this.submit('create-canvas', instructions, options);
  }

  modifyCanvasWithAI(
    instructions: string,
    canvasId: string,
    options: JobOptions = {},
  ): Promise<AcceptedJob> {
    return this.submit('modify-canvas', instructions, { ...options, canvas_id: canvasId });
  }

  async getJobStatus(jobId: string): Promise<AIJob> {
    return (await this.call<Answer<'get_job_status'>>(`/job/${jobId}/status`)).job;
  }

  async getJobResult(jobId: string): Promise<JobResult> {
    return (await this.call<Answer<'get_job_result'>>(`/job/${jobId}/result`)).result;
  }

  async cancelJob(jobId: string): Promise<void> {
    await this.call(`/job/${jobId}/cancel`, { method: 'POST' });
  }

  async retryJob(jobId: string): Promise<void> {
    await this.call(`/job/${jobId}/retry`, { method: 'POST' });
  }

  /** `skipped` are the objects that stay because somebody edited them since. */
  undoJob(jobId: string): Promise<UndoReply> {
    return this.call(`/job/${jobId}/undo`, { method: 'POST' });
  }

  redoJob(jobId: string): Promise<Answer<'redo_job'>> {
    return this.call(`/job/${jobId}/redo`, { method: 'POST' });
  }

  noteTakenBack(jobId: string, takenBack: boolean): Promise<Answer<'note_taken_back'>> {
    return this.call(`/job/${jobId}/taken-back`, {
      method: 'PUT',
      body: { taken_back: takenBack },
      keepalive: true,
    });
  }

  async getUserJobs(limit = 50, offset = 0, filter: JobFilter = {}): Promise<AIJob[]> {
    const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
    for (const [key, value] of Object.entries(filter)) if (value) query.set(key, value);
    return (await this.call<Answer<'get_user_jobs'>>(`/jobs?${query}`)).jobs;
  }

  /** Everybody's jobs on a canvas; instructions only for its editors. */
  async getCanvasJobs(canvasId: string, limit = 50): Promise<AIJob[]> {
    const path = `/api/canvases/${encodeURIComponent(canvasId)}/jobs?limit=${limit}`;
    const request = { token: this.getAuthToken() };
    return (await requestJson<Answer<'canvas_jobs'>>(path, request)).jobs;
  }

  /** Of the person's own jobs, also for operators. */
  async getStatistics(): Promise<JobStatistics> {
    return (await this.call<Answer<'get_job_statistics'>>('/jobs/stats?own=true')).stats;
  }

  /** Resolves with the job in its terminal state, whichever that is. */
  async waitForJob(jobId: string, { signal, onUpdate }: WaitOptions = {}): Promise<AIJob> {
    for (;;) {
      const request: ApiRequest = signal ? { signal } : {};
      const path = `/job/${jobId}/status?wait=${this.longPollSeconds}`;
      const { job } = await this.call<Answer<'get_job_status'>>(path, request);
      onUpdate?.(job);
      if (isFinished(job.status)) return job;
    }
  }

  private async submit(
    route: 'create-canvas' | 'modify-canvas',
    instructions: string,
    { idempotencyKey, ...options }: JobOptions,
  ): Promise<AcceptedJob> {
    const body: CanvasCreationRequest = { ...options, instructions };
    const request: ApiRequest = { method: 'POST', body };
    if (idempotencyKey) request.headers = { 'Idempotency-Key': idempotencyKey };
    const reply = await this.call<CanvasCreationResponse>(`/${route}`, request);
    if (!reply.success) throw new Error(reply.message || 'The job was not accepted.');
    const { job_id, status, message } = reply;
    return { id: job_id, job_id, status, message, canvas_id: reply.canvas_id };
  }

  private call<T>(path: string, request: ApiRequest = {}): Promise<T> {
    return requestJson<T>(this.baseUrl + path, { ...request, token: this.getAuthToken() });
  }

  private getAuthToken(): string {
    return this.token;
  }
}

export const aiAgentService = new AIAgentService();
