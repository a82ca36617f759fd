/** The share dialog against answers of the API: what owners and others may do in it. */
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serve, show } from '../../../../test/render';
import type { Role } from '../../../../types/api';
import ShareDialog from '../ShareDialog';

const ANA = {
  id: 'ana',
  email: 'ana@example.org',
  name: 'Ana',
  is_operator: false,
  created_at: '',
};
const BEN = {
  id: 'ben',
  email: 'ben@example.org',
  name: 'Ben',
  is_operator: false,
  created_at: '',
};
const API = '/api/canvases/c-1';
const member = ({ id, email, name }: typeof ANA, role: Role) => ({
  user_id: id,
  email,
  name,
  role,
});
const link = (id: string, role: Role) => ({
  id,
  role,
  created_at: '2026-01-01T00:00:00Z',
  expires_at: '2026-02-01T00:00:00Z',
});

function answers() {
  return {
    [`GET ${API}/permissions`]: {
      body: { members: [member(ANA, 'owner'), member(BEN, 'viewer')] },
    },
    [`GET ${API}/invitations`]: {
      body: { invitations: [{ id: 'i-1', email: 'new@example.org', role: 'viewer' }] },
    },
    [`GET ${API}/share-links`]: { body: { share_links: [link('l-1', 'viewer')] } },
    [`PATCH ${API}/permissions/ben`]: { body: {} },
    [`DELETE ${API}/permissions/ben`]: { body: {} },
    [`DELETE ${API}/share-links/l-1`]: { body: {} },
    [`POST ${API}/transfer`]: { body: {} },
  };
}

function open(user: typeof ANA, role: Role) {
  const onLeaving = vi.fn();
  const props = { canvasId: 'c-1', user, role, opened: true, onClose: vi.fn(), onLeaving };
  show(<ShareDialog {...props} />);
  return onLeaving;
}

afterEach(() => vi.unstubAllGlobals());

describe('ShareDialog', () => {
  it('lets the owner change a role', async () => {
    const calls = serve(answers());
    open(ANA, 'owner');
    await userEvent.selectOptions(await screen.findByLabelText('Role of Ben'), 'editor');
    expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ role: 'editor' });
  });

  it('shows the address of a new link once, and revokes links', async () => {
    const made = { ...link('l-2', 'editor'), url: 'https://canvas.example.org/share#secret' };
    const calls = serve({
      ...answers(),
      [`POST ${API}/share-links`]: { status: 201, body: { share_link: made } },
    });
    open(ANA, 'owner');
    await userEvent.selectOptions(await screen.findByLabelText('Link lets people'), 'editor');
    await userEvent.selectOptions(screen.getByLabelText('Expires'), '7');
    await userEvent.click(screen.getByRole('button', { name: 'Create link' }));
    expect(await screen.findByLabelText('Share link')).toHaveValue(made.url);
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      role: 'editor',
      days: 7,
    });
    await userEvent.click(screen.getByRole('button', { name: /^Revoke the link: Link to view/ }));
    expect(calls.some(({ path }) => path === `${API}/share-links/l-1`)).toBe(true);
  });

  it('asks before it hands the canvas over', async () => {
    const calls = serve(answers());
    open(ANA, 'owner');
    await userEvent.click(await screen.findByRole('button', { name: 'More for Ben' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Make owner' }));
    const question = screen.getByRole('group', { name: 'Make Ben the owner?' });
    expect(calls.every(({ method }) => method === 'GET')).toBe(true);
    await userEvent.click(within(question).getByRole('button', { name: 'Make owner' }));
    expect(calls.find(({ path }) => path === `${API}/transfer`)?.body).toEqual({ user_id: 'ben' });
  });

  it('shows others who is here, asks for nothing that is the owner’s, and lets them leave', async () => {
    const calls = serve(answers());
    const onLeaving = open(BEN, 'viewer');
    expect(await screen.findByText('Only the owner can invite people.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create link' })).toBeNull();
    expect(calls.map(({ path }) => path)).toEqual([`${API}/permissions`]);
    await userEvent.click(screen.getByRole('button', { name: 'Leave this canvas' }));
    await userEvent.click(screen.getByRole('button', { name: 'Leave this canvas' }));
    expect(onLeaving).toHaveBeenCalledWith(true);
    expect(calls.at(-1)).toMatchObject({ method: 'DELETE', path: `${API}/permissions/ben` });
  });
});
