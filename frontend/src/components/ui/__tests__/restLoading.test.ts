import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionState } from '../../../types/protocol';
import { loadAtRest } from '../restLoading';

const line = vi.hoisted(() => ({ state: 'reconnecting', listeners: new Set<() => void>() }));
vi.mock('../../../services/socketClient', () => ({
  connection: {
    current: () => line.state,
    subscribe: (listener: () => void) => line.listeners.add(listener),
  },
}));

function become(state: ConnectionState): void {
  line.state = state;
  for (const listener of line.listeners) listener();
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('loads parts once, when the page is connected and rests', () => {
  const load = vi.fn();
  loadAtRest(load);
  vi.advanceTimersByTime(60_000);
  expect(load).not.toHaveBeenCalled();
  become('connected');
  vi.advanceTimersByTime(1_000);
  become('reconnecting');
  vi.advanceTimersByTime(60_000);
  expect(load).not.toHaveBeenCalled();
  become('connected');
  vi.advanceTimersByTime(4_000);
  become('connected');
  vi.advanceTimersByTime(4_000);
  expect(load).toHaveBeenCalledTimes(1);
});

it('loads what is asked for after that as well', () => {
  become('connected');
  const load = vi.fn();
  loadAtRest(load);
  vi.advanceTimersByTime(4_000);
  expect(load).toHaveBeenCalledTimes(1);
});
