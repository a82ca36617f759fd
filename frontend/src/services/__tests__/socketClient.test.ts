import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConnectionMonitor } from '../socketClient';

type Listener = (body?: unknown) => void;

const listeners = new Map<string, Listener>();
const socket = {
  connected: true,
  active: true,
  on: (event: string, listener: Listener) => listeners.set(event, listener),
  connect: () => undefined,
} as unknown as Socket;
const hear = (event: string, body?: unknown) => listeners.get(event)?.(body);

let monitor: ConnectionMonitor;

beforeEach(() => {
  vi.useFakeTimers();
  monitor = new ConnectionMonitor(() => socket);
  monitor.subscribe(() => undefined);
});

afterEach(() => {
  vi.useRealTimers();
});

it('calls a lost connection offline after a while', () => {
  hear('disconnect', 'transport close');
  expect(monitor.current()).toBe('reconnecting');
  vi.advanceTimersByTime(10_000);
  expect(monitor.current()).toBe('offline');
});

it('says that the server restarts if it said so, and gives it the time that it asked for', () => {
  hear('server_restart', { seconds: 20 });
  expect(monitor.current()).toBe('connected');
  hear('disconnect', 'transport close');
  expect(monitor.current()).toBe('restarting');
  vi.advanceTimersByTime(29_000);
  expect(monitor.current()).toBe('restarting');
  vi.advanceTimersByTime(1_000);
  expect(monitor.current()).toBe('offline');
});

it('forgets a restart that is over', () => {
  hear('server_restart', { seconds: 20 });
  hear('disconnect', 'transport close');
  hear('connect');
  hear('disconnect', 'transport close');
  expect(monitor.current()).toBe('reconnecting');
});
