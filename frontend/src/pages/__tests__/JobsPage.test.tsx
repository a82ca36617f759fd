import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import contract from '../../../../contract/job_events.json';
import { PAGE_SIZE } from '../../hooks/useJobs';
import { serve, show } from '../../test/render';
import JobsPage from '../JobsPage';

vi.mock('../../services/socketClient', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  getSocket: () => ({ on: vi.fn(), off: vi.fn() }),
}));

const BEN = {
  id: contract.job_over_http.user_id,
  email: 'ben@example.com',
  name: 'Ben',
  is_operator: false,
  created_at: '',
};
const STATS = {
  total_jobs: 30,
  queued_jobs: 0,
  processing_jobs: 0,
  completed_jobs: 27,
  failed_jobs: 3,
  cancelled_jobs: 0,
  success_rate: 90,
  wait_seconds: { p50: 0.2, p95: 1.4 },
  duration_seconds: { p50: 2.5, p95: 11 },
};

function job(number: number, change: object = {}) {
  const created_at = new Date(Date.now() - number * 3_600_000).toISOString();
  const request_data = { instructions: `drawing ${number}` };
  return { ...contract.job_over_http, id: `j-${number}`, request_data, created_at, ...change };
}

function open(jobs: object[], more: Parameters<typeof serve>[0] = {}) {
  const asked: string[] = [];
  const original = serve({
    'GET /api/canvases': { body: { success: true, canvases: [], next_cursor: null } },
    'GET /api/ai-agent/jobs/stats': { body: { success: true, stats: STATS } },
    'GET /api/ai-agent/jobs': ({ query }) => {
      asked.push(query);
      const asks = new URLSearchParams(query);
      const start = Number(asks.get('offset'));
      return {
        body: { success: true, jobs: jobs.slice(start, start + Number(asks.get('limit'))) },
      };
    },
    ...more,
  });
  show(<JobsPage user={BEN} />);
  return { asked, calls: original };
}

describe('JobsPage', () => {
  it('lists jobs by page and says what they took', async () => {
    open(Array.from({ length: PAGE_SIZE + 2 }, (_, number) => job(number)));
    expect(await screen.findByRole('article', { name: 'drawing 0' })).toBeVisible();
    expect(screen.getAllByRole('article')).toHaveLength(PAGE_SIZE);
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByRole('article', { name: `drawing ${PAGE_SIZE + 1}` })).toBeVisible();
    expect(screen.getAllByRole('article')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();
  });

  it('filters by state at the server and by time here', async () => {
    const { asked } = open([job(1), job(30)]);
    await screen.findByRole('article', { name: 'drawing 30' });
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Time' }), '1');
    await vi.waitFor(() =>
      expect(screen.queryByRole('article', { name: 'drawing 30' })).toBeNull(),
    );
    expect(screen.getByRole('article', { name: 'drawing 1' })).toBeVisible();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'failed');
    await vi.waitFor(() =>
      expect(asked.some((query) => query.includes('status=failed'))).toBe(true),
    );
  });

  it('shows counted statistics that a screen reader can read', async () => {
    open([job(1)]);
    expect(await screen.findByText('90%')).toBeVisible();
    expect(
      screen.getByRole('img', { name: /Your latest 1 jobs by day\. .+: 1 job/ }),
    ).toBeVisible();
  });

  it('undoes, and says if nothing was left', async () => {
    const { calls } = open([job(1)], {
      'POST /api/ai-agent/job/j-1/undo': { body: { success: true, message: '', restored: 0 } },
    });
    const card = await screen.findByRole('article', { name: 'drawing 1' });
    await userEvent.click(within(card).getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('There was nothing left of it to undo.')).toBeVisible();
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('teaches what to do when there is no job', async () => {
    open([]);
    expect(await screen.findByText('No job yet')).toBeVisible();
  });

  it('says to screen readers how a job of the list ended', async () => {
    let status = 'processing';
    open([], {
      'GET /api/ai-agent/jobs': () => ({
        body: { success: true, jobs: [job(0, { status, phase: status })] },
      }),
      'POST /api/ai-agent/job/j-0/cancel': () => {
        status = 'cancelled';
        return { body: { success: true } };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    const spoken = await screen.findByText('drawing 0: Cancelled, nothing was drawn');
    expect(spoken).toHaveAttribute('aria-live', 'polite');
  });
});
