import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../i18n';
import { serve, show } from '../../test/render';
import type { OperatorJob, Queue, Workers } from '../../types/operator';
import JobsPage from '../JobsPage';

vi.mock('../../services/socketClient', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  getSocket: () => ({ on: vi.fn(), off: vi.fn() }),
}));

const OLU = { id: 'olu', email: 'olu@example.org', name: 'Olu', is_operator: true, created_at: '' };
const NO_SPREAD = { p50: null, p95: null };

function job(change: Partial<OperatorJob> = {}): OperatorJob {
  return {
    id: 'j-1',
    requested_by: { id: 'ana', name: 'Ana' },
    canvas_id: 'c-1',
    job_type: 'create_canvas',
    status: 'processing',
    phase: 'planning',
    priority: 0,
    progress: 10,
    planned: 4,
    drawn: 0,
    attempt: 1,
    retry_count: 0,
    error_code: null,
    error_message: null,
    tokens: 1234,
    worker: 'box:77:abcd',
    created_at: new Date().toISOString(),
    started_at: null,
    completed_at: null,
    ...change,
  };
}

const bucket = (at: string, completed: number, failed: number) => ({
  at,
  submitted: completed + failed,
  completed,
  failed,
  cancelled: 0,
  failures: failed ? { provider_unavailable: failed } : {},
  wait_seconds: completed ? { p50: 2, p95: 8 } : NO_SPREAD,
  tokens: completed * 100,
});

const QUEUE: Queue = {
  now: {
    ready: 3,
    postponed: 1,
    running: 2,
    oldest_queued_seconds: 42,
    oldest_running_seconds: 7,
    tickets: null,
  },
  wait_seconds: { p50: 2, p95: 8 },
  failures: { provider_unavailable: 2 },
  bucket_seconds: 1800,
  buckets: [bucket('2026-01-01T10:00:00Z', 5, 0), bucket('2026-01-01T10:30:00Z', 1, 2)],
  model: {
    name: 'openai:large',
    offline: false,
    circuit: 'open',
    finished: 8,
    failed: 2,
    again: 1,
    error_rate: 25,
    duration_seconds: { p50: 3, p95: 9 },
    input_tokens: 500,
    output_tokens: 100,
  },
};
const WORKERS: Workers = {
  mode: 'embedded',
  missing: 'only_this_process',
  workers: [
    { host: 'box', pid: 77, slots: 8, running: 2, seen_seconds: 0, circuit: 'open' },
    { host: 'far', pid: 9, slots: null, running: 1, seen_seconds: null, circuit: null },
  ],
};

async function open(jobs: OperatorJob[], more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({
    'GET /api/canvases': { body: { success: true, canvases: [], next_cursor: null } },
    'GET /api/ai-agent/jobs/stats': { body: { success: true, stats: { total_jobs: 0 } } },
    'GET /api/ai-agent/jobs': { body: { success: true, jobs: [] } },
    'GET /api/operator/jobs': { body: { success: true, jobs, has_older: false } },
    'GET /api/operator/workers': { body: { success: true, ...WORKERS } },
    'GET /api/operator/queue': { body: { success: true, ...QUEUE } },
    ...more,
  });
  const view = show(<JobsPage user={OLU} />);
  const tabs = screen.getByRole('tablist');
  await userEvent.click(within(tabs).getAllByRole('tab')[1]!);
  return { calls, view };
}

afterEach(() => chooseLanguage(null));

describe("everybody's jobs", () => {
  it('is a view that only operators have', async () => {
    serve({
      'GET /api/canvases': { body: { success: true, canvases: [], next_cursor: null } },
      'GET /api/ai-agent/jobs/stats': { body: { success: true, stats: { total_jobs: 0 } } },
      'GET /api/ai-agent/jobs': { body: { success: true, jobs: [] } },
    });
    show(<JobsPage user={{ ...OLU, is_operator: false }} />);
    expect(await screen.findByText('No job yet')).toBeVisible();
    expect(screen.queryByRole('tab')).toBeNull();
  });

  it('lists who asked, what it cost and where it runs, and cancels', async () => {
    const { calls } = await open([job()], {
      'POST /api/ai-agent/job/j-1/cancel': { body: { success: true, message: '' } },
    });
    const card = await screen.findByRole('article', { name: "Ana's job" });
    expect(card).toHaveTextContent('1,234 tokens');
    expect(card).toHaveTextContent('on box:77:abcd');
    expect(within(card).queryByRole('button', { name: 'Undo' })).toBeNull();
    await userEvent.click(within(card).getByRole('button', { name: 'Cancel' }));
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('says that the reason of a failure is not for operators, but its class', async () => {
    await open([job({ status: 'failed', phase: 'failed', error_code: 'not_understood' })]);
    const card = await screen.findByRole('article', { name: "Ana's job" });
    expect(card).toHaveTextContent('Not understood. The reason is for the members of the canvas.');
    expect(within(card).queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('filters by person with the keyboard, by what is in the list, and takes it back', async () => {
    const { calls } = await open([job()]);
    const asked = () =>
      calls.filter(({ path }) => path === '/api/operator/jobs').map(({ query }) => query);
    await userEvent.type(screen.getByRole('textbox', { name: 'Person' }), 'ana@x.org{Enter}');
    await vi.waitFor(() => expect(asked().at(-1)).toContain('user=ana%40x.org'));
    await userEvent.click(await screen.findByRole('button', { name: 'Only jobs of Ana' }));
    await vi.waitFor(() => expect(asked().at(-1)).toMatch(/user=ana(&|$)/));
    await userEvent.click(screen.getByRole('button', { name: 'Only this canvas' }));
    await vi.waitFor(() => expect(asked().at(-1)).toContain('canvas_id=c-1'));
    await userEvent.click(screen.getByRole('button', { name: 'Clear filter: Jobs of Ana' }));
    await vi.waitFor(() => expect(asked().at(-1)).not.toContain('user='));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Time' }), '24');
    await vi.waitFor(() => expect(asked().at(-1)).toContain('hours=24'));
  });

  it('shows workers, and says what is not known about them', async () => {
    await open([]);
    const table = await screen.findByRole('table', { name: 'Workers' });
    expect(within(table).getByText('2 of 8')).toBeVisible();
    expect(within(table).getByText('not known')).toBeVisible();
    expect(table).toHaveTextContent('failed several times');
    expect(screen.getByText(/This server runs the jobs itself/)).toBeVisible();
  });

  it('shows the queue and the model in numbers and in plots that are also words', async () => {
    const { calls } = await open([]);
    expect(await screen.findByText('42 s')).toBeVisible();
    expect(screen.getByText('25%')).toBeVisible();
    expect(
      screen.getByRole('img', { name: 'Ended jobs: 8 in all, at most 5 at a time' }),
    ).toBeVisible();
    const waits = screen.getByRole('img', { name: 'Waits: at most 8 s' });
    expect(waits).toHaveTextContent('Typical 2 s, 1 in 20 waits longer 8 s');
    expect(screen.getByText('The model could not be reached: 2')).toBeVisible();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'week');
    await vi.waitFor(() => expect(calls.some(({ query }) => query === 'period=week')).toBe(true));
  });

  it('explains emptiness and errors, each part by itself', async () => {
    await open([], {
      'GET /api/operator/workers': { status: 503, body: { error: 'The database is busy.' } },
    });
    expect(await screen.findByText(/Nobody has asked for a drawing/)).toBeVisible();
    expect(await screen.findByText('The database is busy.')).toBeVisible();
    expect(await screen.findByText('42 s')).toBeVisible();
  });

  it('has no accessibility fault, in German as well', async () => {
    await chooseLanguage('de');
    const { view } = await open([job()]);
    expect(await screen.findByRole('article', { name: 'Auftrag von Ana' })).toBeVisible();
    await screen.findByRole('table', { name: 'Worker' });
    const { violations } = await axe.run(view.container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
