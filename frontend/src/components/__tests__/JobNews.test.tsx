import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import jobs from '../../../../contract/job_events.json';
import { show } from '../../test/render';
import { JobNews } from '../JobNews';

const handlers = new Map<string, (event: unknown) => void>();
vi.mock('../../services/socketClient', () => ({
  getSocket: () => ({
    on: (name: string, handler: (event: unknown) => void) => handlers.set(name, handler),
    off: (name: string) => handlers.delete(name),
  }),
}));

const done = jobs.ai_job_complete;
const BEN = done.requested_by.id;
const tell = (name: string, event: object) => act(() => handlers.get(name)?.(event));
const at = (path: string) => window.history.replaceState(null, '', path);
const notices = () => screen.queryAllByRole('alert').map(({ textContent }) => textContent);
let ids = 0;
const another = (event: object) => ({ ...event, job_id: `job-${(ids += 1)}` });

beforeEach(() => {
  at('/');
  show(<JobNews userId={BEN} />);
});

afterEach(() => {
  at('/');
  document.title = '';
});

describe('a job that ends where its requester does not look', () => {
  it('announces itself once, with the way to its canvas', async () => {
    const event = another(done);
    tell('ai_job_complete', event);
    tell('ai_job_complete', event);
    const link = await screen.findByRole('link', { name: 'Open canvas' });
    expect(link).toHaveAttribute('href', `/canvas/${done.canvas_id}`);
    expect(notices().filter((text) => text?.includes('Drawn: visitor -> sign up'))).toHaveLength(1);
  });

  it('says that it failed', async () => {
    tell('ai_job_error', another({ ...jobs.ai_job_error, instructions: 'a -> b' }));
    expect(await screen.findByText('Could not be drawn: a -> b')).toBeVisible();
  });

  it('is silent about other people, and about what the page shows itself', () => {
    const before = notices().length;
    tell('ai_job_complete', another({ ...done, requested_by: { id: 'ana', name: 'Ana' } }));
    act(() => at(`/canvas/${done.canvas_id}`));
    tell('ai_job_complete', another(done));
    expect(notices()).toHaveLength(before);
  });

  it('is counted in the title of a hidden tab until somebody looks', () => {
    document.title = 'Plan - CollabCanvas';
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    tell('ai_job_complete', another(done));
    tell('ai_job_complete', another(done));
    expect(document.title).toBe('(2) Plan - CollabCanvas');
    hidden.mockReturnValue(false);
    act(() => document.dispatchEvent(new Event('visibilitychange')));
    expect(document.title).toBe('Plan - CollabCanvas');
    hidden.mockRestore();
  });
});
