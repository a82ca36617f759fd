import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseLanguage, language } from '../../i18n';
import { serve, show } from '../../test/render';
import SettingsPage from '../SettingsPage';

const ANA = {
  id: 'u-1',
  email: 'ana@example.com',
  name: 'Ana',
  is_operator: false,
  created_at: '',
};
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Gecko/20100101 Firefox/130.0';

function session(id: string, name: string, change: object = {}) {
  const at = '2026-01-01T00:00:00Z';
  const times = { created_at: at, seen_at: at, expires_at: '2027-01-01T00:00:00Z' };
  return { id, kind: 'browser', name, current: false, ...times, ...change };
}

function open(more: Parameters<typeof serve>[0] = {}) {
  const sessions = [session('s-1', LINUX, { current: true }), session('s-2', MAC)];
  const calls = serve({
    'GET /api/auth/sessions': { body: { success: true, sessions } },
    'GET /api/auth/tokens': { body: { success: true, tokens: [session('t-1', 'Build server')] } },
    ...more,
  });
  show(<SettingsPage user={ANA} />);
  return calls;
}

afterEach(() => chooseLanguage(null));

describe('SettingsPage', () => {
  it('names browsers as people know them and ends any sign-in but this one', async () => {
    const calls = open({ 'DELETE /api/auth/sessions/s-2': { body: { success: true } } });
    const list = await screen.findByRole('list', { name: 'Signed in' });
    expect(within(list).getByText('Chrome, Linux')).toBeVisible();
    expect(within(list).getAllByRole('button')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Sign out Firefox, macOS' }));
    expect(await screen.findByText('Signed out there.')).toBeVisible();
    expect(calls.some(({ path }) => path === '/api/auth/sessions/s-2')).toBe(true);
  });

  it('saves another name for oneself', async () => {
    const user = { ...ANA, name: 'Ana Ortiz' };
    const calls = open({ 'PATCH /api/auth/me': { body: { success: true, user } } });
    const save = screen.getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    const name = screen.getByRole('textbox', { name: 'Name' });
    await userEvent.type(name, ' Ortiz{Enter}');
    expect(await screen.findByText('Your name is saved.')).toBeVisible();
    expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ name: 'Ana Ortiz' });
  });

  it('shows the secret of a new token until it is put away', async () => {
    const calls = open({
      'POST /api/auth/tokens': {
        status: 201,
        body: { success: true, secret: 'cc_once', token: {} },
      },
    });
    const create = await screen.findByRole('button', { name: 'Create token' });
    expect(create).toBeDisabled();
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of the token' }), ' CI {Enter}');
    expect(await screen.findByText('cc_once')).toBeVisible();
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'CI' });
    await userEvent.click(screen.getByRole('button', { name: 'Done' }));
    expect(screen.queryByText('cc_once')).toBeNull();
  });

  it('revokes a token', async () => {
    const calls = open({ 'DELETE /api/auth/tokens/t-1': { body: { success: true } } });
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke Build server' }));
    expect(calls.some(({ method }) => method === 'DELETE')).toBe(true);
  });

  it('changes the language', async () => {
    open();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Language' }), 'Deutsch');
    await waitFor(() => expect(language()).toBe('de'));
  });
});
