/** What a tab keeps on the device, and which tab takes over what another left. */
import { beforeEach, describe, expect, it } from 'vitest';
import { takeIdentity } from '../clientIdentity';
import { canvasStore, forgetScenes } from '../localStore';

const pending = { nextN: 3, sent: null, pending: [{ id: 'a', set: { x: 1 } }] };
const empty = { nextN: 3, sent: null, pending: [] };

const nobody = () => Promise.resolve([]);

beforeEach(() => sessionStorage.clear());

describe('canvasStore', () => {
  it('keeps the outboxes of a person and a canvas apart from all others', async () => {
    const store = canvasStore('ana', 'c-1');
    await store.saveOutbox('tab-1', pending);
    await store.saveOutbox('tab-2', empty);
    await canvasStore('ben', 'c-1').saveOutbox('tab-3', pending);
    expect(await store.loadOutbox('tab-1')).toEqual(pending);
    expect(await store.clientsWithEdits()).toEqual(['tab-1']);
    expect(await canvasStore('ana', 'c-2').clientsWithEdits()).toEqual([]);
  });

  it('forgets scenes on signing out, and never unsent edits', async () => {
    const store = canvasStore('ana', 'c-9');
    await store.saveScene({ epoch: 'e', seq: 4, elements: [] });
    await store.saveOutbox('tab-1', pending);
    await forgetScenes();
    expect(await store.loadScene()).toBeUndefined();
    expect(await store.loadOutbox('tab-1')).toEqual(pending);
  });
});

describe('takeIdentity', () => {
  it('is the same after a reload, and another for another person', async () => {
    const first = await takeIdentity('ana', 'c-1', nobody);
    first.release();
    expect((await takeIdentity('ana', 'c-1', nobody)).clientId).toBe(first.clientId);
    expect((await takeIdentity('ben', 'c-1', nobody)).clientId).not.toBe(first.clientId);
  });
});
