import { renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { requestJson } from '../../services/apiClient';
import { signOut } from '../../services/authService';
import { connectSocket, disconnectSocket } from '../../services/socketClient';
import type { User } from '../../types/api';
import { useSocketFor } from '../useSession';

vi.mock('../../services/socketClient', () => ({
  connectSocket: vi.fn(),
  disconnectSocket: vi.fn(),
}));

const BEN: User = {
  id: 'u-2',
  email: 'ben@example.org',
  name: 'Ben',
  is_operator: false,
  created_at: '2026-01-01T00:00:00Z',
};

const open = (user: User | null) =>
  renderHook(({ who }) => useSocketFor(who), { initialProps: { who: user } });

beforeEach(() => vi.clearAllMocks());

describe("the tab's socket", () => {
  it('is open for as long as somebody is signed in', () => {
    const { rerender } = open(null);
    expect(connectSocket).not.toHaveBeenCalled();
    rerender({ who: BEN });
    rerender({ who: { ...BEN } });
    expect(connectSocket).toHaveBeenCalledOnce();
    expect(disconnectSocket).not.toHaveBeenCalled();
    rerender({ who: null });
    expect(disconnectSocket).toHaveBeenCalledOnce();
  });

  it('is opened anew under another name, which others are to see', () => {
    const { rerender } = open(BEN);
    rerender({ who: { ...BEN, name: 'Benno' } });
    expect(disconnectSocket).toHaveBeenCalledOnce();
    expect(connectSocket).toHaveBeenCalledTimes(2);
  });
});

/** A server that answers; when it answers to signing out is up to the test. */
function serve(logout: Promise<Response>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return path === '/api/auth/logout' ? logout : Promise.resolve(new Response('{}'));
  });
  return asked;
}

describe('signing out', () => {
  it('gives up what is still being loaded, and nothing that is being saved', async () => {
    const signals = new Map<string, AbortSignal | null | undefined>();
    vi.stubGlobal('fetch', (path: string, { method, signal }: RequestInit) => {
      signals.set(`${method} ${path}`, signal);
      if (path === '/api/auth/logout') return Promise.resolve(new Response('{}'));
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    });
    const loading = requestJson('/api/canvases');
    void requestJson('/api/canvases', { method: 'POST', body: {} });
    await signOut();
    await expect(loading).rejects.toThrow();
    expect(signals.get('GET /api/canvases')?.aborted).toBe(true);
    expect(signals.get('POST /api/canvases')?.aborted ?? false).toBe(false);
    expect(signals.get('POST /api/auth/logout')?.aborted ?? false).toBe(false);
  });

  it('loads nothing that a page asks for meanwhile', async () => {
    const asked = serve(Promise.resolve(new Response('{}')));
    const leaving = signOut();
    const loading = requestJson('/api/canvases');
    await leaving;
    await expect(loading).rejects.toThrow();
    expect(asked).toEqual(['/api/auth/logout']);
    await requestJson('/api/config');
    expect(asked).toEqual(['/api/auth/logout', '/api/config']);
  });

  it('goes on loading where it did not work', async () => {
    const asked = serve(Promise.reject(new TypeError('no line')));
    const leaving = signOut();
    const loading = requestJson('/api/canvases');
    await expect(leaving).rejects.toThrow();
    await expect(loading).resolves.toEqual({});
    expect(asked).toEqual(['/api/auth/logout', '/api/canvases']);
  });
});
