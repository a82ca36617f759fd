import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { serve, show } from '../../test/render';
import type { Canvas, User } from '../../types/api';
import { HomePage } from '../HomePage';

const ANA: User = { id: 'u-1', email: 'ana@example.com', name: 'Ana', created_at: '' };

function canvas(id: string, change: Partial<Canvas> = {}): Canvas {
  return {
    id,
    title: `Plan ${id}`,
    role: 'owner',
    owner: { id: 'u-1', name: 'Ana' },
    object_count: 0,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    ...change,
  };
}

const list = (...canvases: Canvas[]) => ({ body: { success: true, canvases, next_cursor: null } });

describe('HomePage', () => {
  it('teaches what to do when there is no canvas', async () => {
    serve({ 'GET /api/canvases': list() });
    show(<HomePage user={ANA} />);
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
    const { container } = show(<HomePage user={ANA} />);
    expect(await screen.findByRole('link', { name: /Plan a/ })).toHaveAttribute(
      'href',
      '/canvas/a',
    );
    expect(screen.getByRole('link', { name: /Plan b/ })).toHaveTextContent('Ben, 3 objects');
    const pictures = [...container.querySelectorAll('li img')].map((img) =>
      img.getAttribute('src'),
    );
    expect(pictures).toHaveLength(1);
    expect(pictures[0]).toMatch(/^\/api\/canvases\/b\/export\?format=svg/);
  });

  it('says what went wrong and tries again', async () => {
    let broken = true;
    const failure = { status: 503, body: { error: 'The service is busy. Try again shortly.' } };
    serve({ 'GET /api/canvases': () => (broken ? failure : list(canvas('a'))) });
    show(<HomePage user={ANA} />);
    expect(await screen.findByRole('alert')).toHaveTextContent('The service is busy.');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: /Plan a/ })).toBeVisible();
  });

  it('deletes only after a confirmation', async () => {
    const calls = serve({
      'GET /api/canvases': list(canvas('a'), canvas('b')),
      'DELETE /api/canvases/a': { body: { success: true } },
    });
    show(<HomePage user={ANA} />);
    await userEvent.click(await screen.findByRole('button', { name: 'What to do with Plan a' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete this canvas?' });
    expect(calls.some(({ method }) => method === 'DELETE')).toBe(false);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: /Plan a/ })).toBeNull());
    expect(screen.getByRole('link', { name: /Plan b/ })).toBeVisible();
  });

  it('renames', async () => {
    const calls = serve({
      'GET /api/canvases': list(canvas('a')),
      'PATCH /api/canvases/a': {
        body: { success: true, canvas: canvas('a', { title: 'Launch' }) },
      },
    });
    show(<HomePage user={ANA} />);
    await userEvent.click(await screen.findByRole('button', { name: 'What to do with Plan a' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    const title = await screen.findByRole('textbox', { name: 'Title' });
    await userEvent.clear(title);
    await userEvent.type(title, 'Launch{Enter}');
    expect(await screen.findByRole('link', { name: /Launch/ })).toBeVisible();
    expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ title: 'Launch' });
  });
});
