/** What the job service asks of the server, beyond the founding document's own test. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../../test/render';
import { AIAgentService } from '../aiAgentService';

const accepted = {
  success: true,
  job_id: 'j-1',
  message: 'ok',
  status: 'queued',
  canvas_id: 'c-1',
};
const job = (status: string) => ({ body: { success: true, job: { id: 'j-1', status } } });

afterEach(() => vi.unstubAllGlobals());

describe('AIAgentService', () => {
  it('sends the cookie only, until a program gives it a token', async () => {
    const calls = serve({ 'POST /api/ai-agent/create-canvas': { status: 202, body: accepted } });
    const service = new AIAgentService();
    await service.createCanvasWithAI('a -> b', { idempotencyKey: 'k-1', style: 'modern' });
    service.setAuthToken('secret');
    await service.createCanvasWithAI('a -> b');
    expect(calls[0]?.headers).toEqual({
      'Content-Type': 'application/json',
      'Idempotency-Key': 'k-1',
    });
    expect(calls[0]?.body).toEqual({ instructions: 'a -> b', style: 'modern' });
    expect(calls[1]?.headers.Authorization).toBe('Bearer secret');
  });

  it.each(['completed', 'failed', 'cancelled'])('waits until a job is %s', async (end) => {
    const states = [job('queued'), job('processing'), job(end)];
    serve({ 'GET /api/ai-agent/job/j-1/status': () => states.shift() ?? job('lost') });
    const seen: string[] = [];
    const settled = await new AIAgentService().waitForJob('j-1', {
      onUpdate: ({ status }) => seen.push(status),
    });
    expect(settled.status).toBe(end);
    expect(seen).toEqual(['queued', 'processing', end]);
  });

  it("throws the server's own sentence", async () => {
    const body = { error: 'Job cannot be cancelled', code: 'conflict' };
    serve({ 'POST /api/ai-agent/job/j-1/cancel': { status: 400, body } });
    await expect(new AIAgentService().cancelJob('j-1')).rejects.toThrow('Job cannot be cancelled');
  });

  it('says so when the server cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(new AIAgentService().getUserJobs()).rejects.toThrow(/cannot be reached/);
  });
});
