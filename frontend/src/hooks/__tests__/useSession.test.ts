import { renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
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
