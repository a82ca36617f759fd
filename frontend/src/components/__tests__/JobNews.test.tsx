import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import jobs from '../../../../contract/job_events.json';
import { nameTab } from '../../services/pageTitle';
import { show } from '../../test/render';
import { JobNews } from '../JobNews';

const handlers = new Map<string, (event: unknown) => void>();
vi.mock('../../services/socketClient', () => ({
  getSocket: () => ({
    on: (name: string, handler: (event: unknown) => void) => handlers.set(name, handler),
    off: (name: string) => handlers.delete(name),
  }),
}));

const done = jobs.ai_job_complete;
const BEN = done.requested_by.id;
const receive = (name: string, event: object) => act(() => handlers.get(name)?.(event));
const at = (path: string) => window.history.replaceState(null, '', path);
const notices = () => screen.queryAllByRole('alert').map(({ textContent }) => textContent);
let ids = 0;
const another = <Event extends object>(event: Event) => ({ ...event, job_id: `job-${(ids += 1)}` });

function UntilSignedOut() {
  const [user, setUser] = useState<string | null>(BEN);
  return (
    <>
      {user && <JobNews userId={user} />}
      <button onClick={() => setUser(null)}>Sign out</button>
    </>
  );
}

beforeEach(() => {
  at('/');
  show(<UntilSignedOut />);
});

afterEach(() => {
  at('/');
  nameTab(null);
});

describe('a job that ends where its requester does not look', () => {
  it('announces itself once, with the way to its canvas', async () => {
    const event = another(done);
    receive('ai_job_complete', event);
    receive('ai_job_complete', event);
    const link = await screen.findByRole('link', { name: 'Open canvas' });
    expect(link).toHaveAttribute('href', `/canvas/${done.canvas_id}`);
    expect(notices().filter((text) => text?.includes('Drawn: visitor -> sign up'))).toHaveLength(1);
  });

  it('goes when its requester arrives at its canvas by another way', async () => {
    receive('ai_job_complete', another(done));
    await screen.findByRole('link', { name: 'Open canvas' });
    act(() => window.history.pushState(null, '', `/canvas/${done.canvas_id}`));
    await waitFor(() => expect(notices()).toEqual([]));
  });

  it('says that it failed', async () => {
    receive('ai_job_error', another({ ...jobs.ai_job_error, instructions: 'a -> b' }));
    expect(await screen.findByText('Could not be drawn: a -> b')).toBeVisible();
  });

  it('is silent about other people, and about what the page shows itself', () => {
    const before = notices().length;
    receive('ai_job_complete', another({ ...done, requested_by: { id: 'ana', name: 'Ana' } }));
    act(() => at(`/canvas/${done.canvas_id}`));
    receive('ai_job_complete', another(done));
    expect(notices()).toHaveLength(before);
  });

  it('is not shown to the person who comes after its requester', async () => {
    receive('ai_job_complete', another({ ...done, instructions: 'for my eyes' }));
    expect(await screen.findByText('Drawn: for my eyes')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    await waitFor(() => expect(screen.queryByText('Drawn: for my eyes')).toBeNull());
  });

  it('is said in few words, however long the instruction was', async () => {
    receive(
      'ai_job_complete',
      another({ ...done, instructions: `Begin ${'- line '.repeat(300)}` }),
    );
    const said = await screen.findByText(/^Drawn: Begin/);
    expect(said.textContent?.length).toBeLessThan(100);
  });

  it('waits in no other tab once it was seen in one', async () => {
    nameTab('Plan');
    const otherTab = new BroadcastChannel('collabcanvas.news');
    const heard: unknown[] = [];
    otherTab.addEventListener('message', ({ data }) => heard.push(data));
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const event = another({ ...done, instructions: 'here and there' });
    receive('ai_job_complete', event);
    expect(await screen.findByText('Drawn: here and there')).toBeVisible();
    expect(document.title).toBe('(1) Plan - CollabCanvas');
    expect(heard).toEqual([]);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other
    otherTab.postMessage(`${event.job_id} ${event.attempt} completed`);
    await waitFor(() => expect(document.title).toBe('Plan - CollabCanvas'));
    await waitFor(() => expect(screen.queryByText('Drawn: here and there')).toBeNull());
    hidden.mockReturnValue(false);
    const seen = another(done);
    receive('ai_job_complete', seen);
    await waitFor(() => expect(heard).toEqual([`${seen.job_id} ${seen.attempt} completed`]));
    otherTab.close();
    hidden.mockRestore();
  });

  it('is counted in the title of a hidden tab until somebody looks', () => {
    nameTab('Plan');
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    receive('ai_job_complete', another(done));
    receive('ai_job_complete', another(done));
    expect(document.title).toBe('(2) Plan - CollabCanvas');
    nameTab('Plan of the year'); // somebody else renamed the canvas
    expect(document.title).toBe('(2) Plan of the year - CollabCanvas');
    hidden.mockReturnValue(false);
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(document.title).toBe('Plan of the year - CollabCanvas');
    hidden.mockRestore();
  });
});
