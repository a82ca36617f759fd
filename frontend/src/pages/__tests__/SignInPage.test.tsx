import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { keepArrival, restoreArrival } from '../../services/arrival';
import { CONFIG, serve, show } from '../../test/render';
import SignInPage from '../SignInPage';

const ANA = {
  id: 'u-1',
  email: 'ana@example.com',
  name: 'Ana',
  created_at: '2026-01-01T00:00:00Z',
};
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const fill = (label: string, text: string) => userEvent.type(screen.getByLabelText(label), text);

describe('SignInPage', () => {
  it('creates an account from name, email and password', async () => {
    const calls = serve({
      'GET /api/config': { body: CONFIG },
      'POST /api/auth/register': { status: 201, body: { success: true, token: 't', user: ANA } },
    });
    show(<SignInPage />);
    await fill('Email', 'ana@example.com');
    await fill('Password', 'correct horse');
    await fill('Name', 'Ana');
    await press('Create account');
    await waitFor(() => expect(calls.at(-1)?.path).toBe('/api/auth/register'));
    expect(calls.at(-1)?.body).toEqual({
      email: 'ana@example.com',
      password: 'correct horse',
      name: 'Ana',
    });
    expect(calls.at(-1)?.headers).not.toHaveProperty('Authorization');
  });

  it('shows what the server says about a field beside that field', async () => {
    const fields = { password: 'At least 8 characters.' };
    serve({
      'GET /api/config': { body: CONFIG },
      'POST /api/auth/login': {
        status: 422,
        body: { error: 'Not valid.', code: 'invalid', fields },
      },
    });
    show(<SignInPage />);
    await fill('Email', 'ana@example.com');
    await fill('Password', 'short');
    await press('Sign in');
    expect(await screen.findByText('At least 8 characters.')).toBeVisible();
    expect(screen.getByLabelText('Password')).toHaveAccessibleDescription('At least 8 characters.');
  });

  it("says in the server's words why signing in failed", async () => {
    serve({
      'GET /api/config': { body: CONFIG },
      'POST /api/auth/login': { status: 401, body: { error: 'Email or password is wrong.' } },
    });
    show(<SignInPage />);
    await fill('Email', 'ana@example.com');
    await fill('Password', 'wrong wrong');
    await press('Sign in');
    expect(await screen.findByRole('alert')).toHaveTextContent('Email or password is wrong.');
  });

  it('asks for what is missing before it asks the server', async () => {
    const calls = serve({ 'GET /api/config': { body: CONFIG } });
    show(<SignInPage />);
    await press('Create account');
    expect(screen.getByText('Enter your email address.')).toBeVisible();
    expect(calls.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('offers no account where registration is closed', async () => {
    serve({ 'GET /api/config': { body: { ...CONFIG, registration: 'closed' } } });
    show(<SignInPage />);
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Create account' })).toBeNull();
    });
  });

  it('offers the provider where one is set, and comes back to the same page', async () => {
    window.history.replaceState(null, '', '/canvas/abc?x=1#secret');
    serve({ 'GET /api/config': { body: { ...CONFIG, oidc: { name: 'Corp' } } } });
    show(<SignInPage />);
    const button = await screen.findByRole('link', { name: 'Sign in with Corp' });
    expect(button).toHaveAttribute('href', '/api/auth/oidc/start?next=%2Fcanvas%2Fabc%3Fx%3D1');
    button.addEventListener('click', (event) => event.preventDefault());
    await userEvent.click(button);
    window.history.replaceState(null, '', '/canvas/abc?x=1');
    restoreArrival();
    expect(window.location.hash).toBe('#secret');
    window.history.replaceState(null, '', '/canvas/abc');
    restoreArrival();
    expect(window.location.hash).toBe('');
  });

  it('gives a kept secret to no other page', () => {
    window.history.replaceState(null, '', '/invitation#secret');
    keepArrival();
    window.history.replaceState(null, '', '/share');
    restoreArrival();
    expect(window.location.hash).toBe('');
  });

  it('says once why the provider did not sign in, and keeps the rest of the address', async () => {
    window.history.replaceState(null, '', '/jobs?x=1&sign_in_failed=unverified');
    serve({ 'GET /api/config': { body: CONFIG } });
    show(<SignInPage />);
    expect(await screen.findByRole('alert')).toHaveTextContent('has not verified your email');
    expect(window.location.search).toBe('?x=1');
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('has a sentence for a reason that it does not know', async () => {
    window.history.replaceState(null, '', '/?sign_in_failed=%3Cb%3E');
    serve({ 'GET /api/config': { body: CONFIG } });
    show(<SignInPage />);
    expect(await screen.findByRole('alert')).toHaveTextContent('did not succeed');
  });
});
