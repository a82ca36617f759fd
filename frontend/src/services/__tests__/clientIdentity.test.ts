/** Tabs without Web Locks, as at a plain http address: each is a client of its own. */
import { beforeEach, describe, expect, it } from 'vitest';
import { takeIdentity } from '../clientIdentity';

const KEY = 'collabcanvas.client.u-1.cv-1';
const none = () => Promise.resolve([]);
const take = () => takeIdentity('u-1', 'cv-1', none);

beforeEach(() => sessionStorage.clear());

describe('a tab without locks', () => {
  it('has another id than the tab that it is a copy of', async () => {
    expect('locks' in navigator).toBe(false);
    const first = await take();
    const copied = sessionStorage.getItem(KEY);
    const second = await take();
    expect(second.clientId).not.toBe(first.clientId);
    expect(copied).toBe(first.clientId);
    first.release();
    second.release();
  });

  it('has its own id again after a reload', async () => {
    const before = await take();
    before.release();
    const after = await take();
    expect(after.clientId).toBe(before.clientId);
    after.release();
  });

  it('has it alone, also when both ask at the same moment', async () => {
    sessionStorage.setItem(KEY, 'c-copied');
    const both = await Promise.all([take(), take()]);
    expect(new Set(both.map(({ clientId }) => clientId)).size).toBe(2);
    expect(both.filter(({ clientId }) => clientId === 'c-copied')).toHaveLength(1);
    for (const { release } of both) release();
  });
});
