import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { serve, show } from '../../../test/render';
import { Review } from '../Review';

const check = () => userEvent.click(screen.getByRole('button', { name: 'Check the drawing' }));

describe('Review', () => {
  it('names what it found, and brings it into view', async () => {
    const finding = { rule: 'one_exit', elements: ['d', 'x'], words: 'Paid?', message: '' };
    serve({ 'POST /api/canvases/c/review': { body: { success: true, findings: [finding] } } });
    const bring = vi.fn();
    show(<Review canvasId="c" show={bring} />);
    await check();
    expect(await screen.findByText('The decision “Paid?” has only one exit.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show me' }));
    expect(bring).toHaveBeenCalledWith(new Set(['d', 'x']));
  });

  it('says that nothing was found', async () => {
    serve({ 'POST /api/canvases/c/review': { body: { success: true, findings: [] } } });
    show(<Review canvasId="c" show={vi.fn()} />);
    await check();
    expect(await screen.findByText('No problems found.')).toBeVisible();
  });
});
