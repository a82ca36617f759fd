import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { CONFIG, serve, show } from '../../test/render';
import type { Canvas } from '../../types/api';
import HomePage from '../HomePage';

function canvas(id: string, change: Partial<Canvas> = {}): Canvas {
  return {
    id,
    title: `Plan ${id}`,
    role: 'owner',
    owner: { id: 'u-1', name: 'Ana' },
    object_count: 0,
    seq: 0,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    thumbnail: `/api/canvases/${id}/thumbnail?v=1`,
    ...change,
  };
}

const list = (...canvases: Canvas[]) => ({ body: { success: true, canvases, next_cursor: null } });

/** jsdom's files cannot be read. */
const file = (name: string, content: string) =>
  Object.assign(new File([content], name), { text: () => Promise.resolve(content) });

const shownTitles = () =>
  screen
    .queryAllByRole('heading', { level: 2 })
    .map((heading) => heading.textContent)
    .filter((title) => title !== 'Start from a template');

describe('HomePage', () => {
  it('teaches what to do when there is no canvas', async () => {
    serve({ 'GET /api/canvases': list() });
    show(<HomePage />);
    expect(await screen.findByText('No canvas yet')).toBeVisible();
    expect(screen.getByRole('button', { name: 'New canvas' })).toBeEnabled();
  });

  it('lists canvases with pictures of those that have objects', async () => {
    const shared = canvas('b', {
      role: 'viewer',
      owner: { id: 'u-2', name: 'Ben' },
      object_count: 3,
    });
    serve({ 'GET /api/canvases': list(canvas('a'), shared) });
    const { container } = show(<HomePage />);
    expect(await screen.findByRole('link', { name: /Plan a/ })).toHaveAttribute(
      'href',
      '/canvas/a',
    );
    expect(screen.getByRole('link', { name: /Plan b/ })).toHaveTextContent('Ben, 3 objects');
    const pictures = [...container.querySelectorAll('li img')].map((img) =>
      img.getAttribute('src'),
    );
    expect(pictures).toEqual(['/api/canvases/b/thumbnail?v=1']);
  });

  it('says what went wrong and tries again', async () => {
    let broken = true;
    const failure = { status: 503, body: { error: 'The service is busy. Try again shortly.' } };
    serve({ 'GET /api/canvases': () => (broken ? failure : list(canvas('a'))) });
    show(<HomePage />);
    expect(await screen.findByRole('alert')).toHaveTextContent('The service is busy.');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: /Plan a/ })).toBeVisible();
  });

  it('deletes when the moment for undo is over, and not if it is undone', async () => {
    const calls = serve({
      'GET /api/canvases': list(canvas('a'), canvas('b')),
      'DELETE /api/canvases/a': { body: { success: true } },
      'DELETE /api/canvases/b': { body: { success: true } },
    });
    const deleted = () => calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    show(<HomePage />);
    for (const title of ['Plan a', 'Plan b']) {
      await userEvent.click(
        await screen.findByRole('button', { name: `What to do with ${title}` }),
      );
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
      await waitFor(() => expect(screen.queryByRole('link', { name: title })).toBeNull());
    }
    expect(deleted()).toEqual([]);
    const [first] = await screen.findAllByRole('button', { name: 'Undo' });
    const notice = first?.closest('[role="alert"]');
    await userEvent.click(within(notice as HTMLElement).getByRole('button', { name: 'Undo' }));
    const restored = notice?.textContent?.includes('Plan a') ? 'a' : 'b';
    const gone = restored === 'a' ? 'b' : 'a';
    expect(await screen.findByRole('link', { name: new RegExp(`Plan ${restored}`) })).toBeVisible();
    window.dispatchEvent(new Event('pagehide'));
    await waitFor(() => expect(deleted()).toEqual([`/api/canvases/${gone}`]));
  });

  it('finds by words of the title, sorts, and tells own from shared', async () => {
    const shared = { role: 'editor', owner: { id: 'u-2', name: 'Ben' } } as const;
    serve({
      'GET /api/canvases': list(
        canvas('1', { title: 'Order flow', updated_at: '2026-03-01T00:00:00Z' }),
        canvas('2', { title: 'Billing flow', updated_at: '2026-02-01T00:00:00Z', ...shared }),
        canvas('3', { title: 'Roadmap 10' }),
        canvas('4', { title: 'Roadmap 9' }),
      ),
    });
    show(<HomePage />);
    const search = await screen.findByRole('searchbox', { name: 'Search canvases' });
    await userEvent.type(search, 'flow ben');
    expect(shownTitles()).toEqual(['Billing flow']);
    await userEvent.clear(search);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'Title');
    expect(shownTitles()).toEqual(['Billing flow', 'Order flow', 'Roadmap 9', 'Roadmap 10']);
    await userEvent.click(screen.getByRole('radio', { name: 'Shared with me' }));
    expect(shownTitles()).toEqual(['Billing flow']);
    await userEvent.type(search, 'nothing');
    expect(screen.getByRole('status')).toHaveTextContent('No canvas is called "nothing".');
  });

  it('loads every page before it says that nothing was found', async () => {
    serve({
      'GET /api/canvases': ({ query }) => {
        const first = { canvases: [canvas('a')], next_cursor: 'more' };
        const last = { canvases: [canvas('z', { title: 'Far away' })], next_cursor: null };
        return { body: { success: true, ...(query.includes('cursor') ? last : first) } };
      },
    });
    show(<HomePage />);
    await userEvent.type(await screen.findByRole('searchbox'), 'far');
    expect(await screen.findByRole('link', { name: /Far away/ })).toBeVisible();
  });

  it('makes a canvas from a template by a job', async () => {
    const calls = serve({
      'GET /api/canvases': list(),
      'POST /api/canvases': { status: 201, body: { success: true, canvas: canvas('n') } },
      'POST /api/ai-agent/create-canvas': {
        status: 202,
        body: { success: true, job_id: 'j', status: 'queued', message: '', canvas_id: 'n' },
      },
    });
    show(<HomePage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Kanban board' }));
    await waitFor(() => expect(window.location.pathname).toBe('/canvas/n'));
    const job = calls.find(({ path }) => path.startsWith('/api/ai-agent'));
    const instructions = 'Kanban with columns Backlog, In progress, Review, Done';
    expect(job?.body).toEqual({ canvas_id: 'n', instructions });
  });

  it('makes a canvas of what is described', async () => {
    const calls = serve({
      'GET /api/config': { body: CONFIG },
      'GET /api/canvases': list(),
      'POST /api/ai-agent/create-canvas': {
        status: 202,
        body: { success: true, job_id: 'j', status: 'queued', message: '', canvas_id: 'n' },
      },
    });
    show(<HomePage />);
    const words = screen.getByRole('textbox', { name: 'What would you like to see?' });
    expect(screen.getByRole('button', { name: 'Draw it' })).toBeDisabled();
    await userEvent.type(words, 'Launch:{Shift>}{Enter}{/Shift}- Marketing{Enter}');
    await waitFor(() => expect(window.location.pathname).toBe('/canvas/n'));
    const made = calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
    expect(made).toEqual([{ instructions: 'Launch:\n- Marketing' }]);
  });

  it('takes every file that it can, and says why not of each of the others', async () => {
    let made = 0;
    const calls = serve({
      'GET /api/config': { body: CONFIG },
      'GET /api/canvases': list(),
      'POST /api/canvases': () => {
        made += 1;
        return { status: 201, body: { success: true, canvas: canvas(`n${made}`) } };
      },
      'POST /api/ai-agent/create-canvas': {
        status: 202,
        body: { success: true, job_id: 'j', status: 'queued', message: '', canvas_id: 'n' },
      },
    });
    window.history.replaceState(null, '', '/');
    const { container } = show(<HomePage />);
    const input = container.querySelector<HTMLInputElement>('input[type=file]');
    await userEvent.upload(
      input as HTMLInputElement,
      [
        file('flow.mmd', 'a -> b'),
        file('empty.md', ''),
        file('report.pdf', 'x'),
        file('teams.csv', 'Team,Size\nA,3'),
      ],
      { applyAccept: false },
    );
    expect(await screen.findByText('2 new canvases.')).toBeVisible();
    expect(screen.getByText('There is nothing to draw in "empty.md".')).toBeVisible();
    expect(screen.getByText(/"report.pdf" cannot be imported/)).toBeVisible();
    expect(window.location.pathname).toBe('/');
    const titles = calls
      .filter(({ method, path }) => method === 'POST' && path === '/api/canvases')
      .map(({ body }) => body);
    expect(titles).toEqual([{ title: 'flow' }, { title: 'teams' }]);
  });

  it('takes nobody away who went elsewhere while a file was imported', async () => {
    let answer: (() => void) | undefined;
    const calls = serve({
      'GET /api/config': { body: CONFIG },
      'GET /api/canvases': list(),
      'POST /api/canvases': { status: 201, body: { success: true, canvas: canvas('n') } },
      'POST /api/ai-agent/create-canvas': {
        status: 202,
        body: { success: true, job_id: 'j', status: 'queued', message: '', canvas_id: 'n' },
      },
    });
    window.history.replaceState(null, '', '/');
    const slow = Object.assign(new File(['a -> b'], 'flow.mmd'), {
      text: () => new Promise((resolve) => (answer = () => resolve('a -> b'))),
    });
    const { container } = show(
      <Route path="/">
        <HomePage />
      </Route>,
    );
    const input = container.querySelector<HTMLInputElement>('input[type=file]');
    await userEvent.upload(input as HTMLInputElement, slow, { applyAccept: false });
    act(() => window.history.pushState(null, '', '/jobs'));
    expect(screen.queryByRole('main')).toBeNull();
    answer?.();
    expect(await screen.findByText('1 new canvas.')).toBeVisible();
    expect(calls.map(({ path }) => path)).toContain('/api/ai-agent/create-canvas');
    expect(window.location.pathname).toBe('/jobs');
  });

  it('renames', async () => {
    const calls = serve({
      'GET /api/canvases': list(canvas('a')),
      'PATCH /api/canvases/a': {
        body: { success: true, canvas: canvas('a', { title: 'Launch' }) },
      },
    });
    show(<HomePage />);
    await userEvent.click(await screen.findByRole('button', { name: 'What to do with Plan a' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    const title = await screen.findByRole('textbox', { name: 'Title' });
    await userEvent.clear(title);
    await userEvent.type(title, 'Launch{Enter}');
    expect(await screen.findByRole('link', { name: /Launch/ })).toBeVisible();
    expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ title: 'Launch' });
  });
});
