import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import jobs from '../../../../../contract/job_events.json';
import { chooseLanguage } from '../../../i18n';
import { mergeEvent } from '../../../sync/jobs';
import { show } from '../../../test/render';
import type { AIJobStatus, JobView } from '../../../types/ai';
import { JobCard } from '../JobCard';

const BEN = jobs.ai_job_complete.requested_by.id;
const actions = () => ({ cancel: vi.fn(), retry: vi.fn(), undo: vi.fn(), redo: vi.fn() });

function view(name: keyof typeof jobs, change: Partial<JobView> = {}): JobView {
  const event = jobs[name] as unknown as AIJobStatus;
  return { ...mergeEvent(undefined, event, '2026-01-01T00:00:00Z'), ...change };
}

const names = () => screen.queryAllByRole('button').map((button) => button.textContent);

describe('JobCard', () => {
  it('is an article named by the instruction, with counted progress and Cancel', async () => {
    const act = actions();
    show(<JobCard job={view('ai_job_update_drawing')} userId={BEN} canEdit {...act} />);
    const card = screen.getByRole('article', { name: 'visitor -> sign up -> dashboard' });
    expect(card).toHaveTextContent('2 of 3 shapes');
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '94');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(act.cancel).toHaveBeenCalledOnce();
  });

  it('shows the place in the queue', () => {
    show(<JobCard job={view('ai_job_update_queued')} userId={BEN} canEdit {...actions()} />);
    expect(screen.getByRole('article')).toHaveTextContent('Waiting, number 3 in the queue');
  });

  it('names the person who asked, if that is somebody else', () => {
    show(<JobCard job={view('ai_job_complete')} userId="ana" canEdit {...actions()} />);
    expect(screen.getByRole('article')).toHaveTextContent('asked for by Ben');
  });

  it('offers Undo to every editor once it is drawn, and then to do it again', async () => {
    const { unmount } = show(
      <JobCard job={view('ai_job_complete')} userId="ana" canEdit {...actions()} />,
    );
    expect(names()).toEqual(['Undo']);
    unmount();
    const job = view('ai_job_complete', { undone: true, canRedo: true });
    const act = actions();
    show(<JobCard job={job} userId="ana" canEdit {...act} />);
    expect(names()).toEqual(['Do again']);
    await userEvent.click(screen.getByRole('button', { name: 'Do again' }));
    expect(act.redo).toHaveBeenCalledOnce();
  });

  it('does not offer to do again what was taken back by hand', () => {
    const job = view('ai_job_complete', { undone: true });
    show(<JobCard job={job} userId={BEN} canEdit {...actions()} />);
    expect(names()).toEqual([]);
    expect(screen.getByRole('article')).toHaveTextContent('Undone');
  });

  it('offers no Undo of a drawing that is gone already', () => {
    const job = view('ai_job_complete');
    show(<JobCard job={job} userId={BEN} canEdit gone {...actions()} />);
    expect(names()).toEqual([]);
    expect(screen.getByRole('article')).toHaveTextContent('No longer on the canvas');
  });

  it('is named by its requester for who may not read the instruction', () => {
    const job = view('ai_job_complete', { instructions: null });
    show(<JobCard job={job} userId="vic" canEdit={false} {...actions()} />);
    expect(screen.getByRole('article', { name: "Ben's job" })).toBeVisible();
  });

  it('explains a failure and offers Retry only to the person who asked', () => {
    const { unmount } = show(
      <JobCard job={view('ai_job_error')} userId={BEN} canEdit {...actions()} />,
    );
    expect(screen.getByText('The language model could not be reached.')).toBeVisible();
    expect(names()).toEqual(['Retry']);
    unmount();
    show(<JobCard job={view('ai_job_error')} userId="ana" canEdit {...actions()} />);
    expect(names()).toEqual([]);
  });

  it('says what a finished job took, and gives its instruction back', async () => {
    const reuse = vi.fn();
    const job = view('ai_job_complete', { seconds: 3.21, tokens: 1234 });
    show(<JobCard job={job} userId={BEN} canEdit {...actions()} reuse={reuse} />);
    expect(screen.getByRole('article')).toHaveTextContent('3.2 s1,234 tokens');
    await userEvent.click(screen.getByRole('button', { name: 'Use this instruction again' }));
    expect(reuse).toHaveBeenCalledWith(job);
  });

  it('offers to change an instruction that was not understood, as it would not be next time', async () => {
    const reuse = vi.fn();
    const change = { errorCode: 'not_understood', instructions: 'a poem about love' };
    const job = view('ai_job_error', change);
    const { unmount } = show(
      <JobCard job={job} userId={BEN} canEdit {...actions()} reuse={reuse} />,
    );
    expect(names()).toEqual(['Change the instruction']);
    await userEvent.click(screen.getByRole('button', { name: 'Change the instruction' }));
    expect(reuse).toHaveBeenCalledWith(job);
    unmount();
    const read = { ...job, tokens: 900 }; // by a language model, which may answer otherwise
    show(<JobCard job={read} userId={BEN} canEdit {...actions()} reuse={reuse} />);
    expect(names()).toEqual(['Change the instruction', 'Retry']);
  });

  it('says a refusal in the language of the instruction, and offers what can be drawn', async () => {
    const reuse = vi.fn();
    const event = {
      ...jobs.ai_job_error,
      error: 'To draw a mind map ...',
      message: 'Pour une carte mentale ...',
      error_code: 'not_understood',
      values: { reason: 'content', language: 'fr' },
      suggestions: [{ title: 'une carte mentale', instructions: 'carte mentale Thé : eau' }],
    } as unknown as AIJobStatus;
    const job = mergeEvent(undefined, event, '2026-01-01T00:00:00Z');
    const { unmount } = show(
      <JobCard job={job} userId={BEN} canEdit {...actions()} reuse={reuse} />,
    );
    expect(screen.getByText('Pour une carte mentale ...')).toHaveAttribute('lang', 'fr');
    await userEvent.click(screen.getByRole('button', { name: 'une carte mentale' }));
    expect(reuse).toHaveBeenCalledWith(
      expect.objectContaining({ instructions: 'carte mentale Thé : eau', refusal: null }),
    );
    unmount();
    show(<JobCard job={job} userId="vic" canEdit={false} {...actions()} reuse={reuse} />);
    expect(names()).toEqual([]);
  });

  it('offers a viewer nothing', () => {
    show(
      <JobCard job={view('ai_job_update_drawing')} userId="vic" canEdit={false} {...actions()} />,
    );
    expect(names()).toEqual([]);
  });

  it('says in which language a sentence of the server is, where the page speaks another one', async () => {
    const sentence = 'Mermaid, line 2: an arrow leads nowhere.';
    const job = view('ai_job_error', { errorCode: 'not_understood', error: sentence });
    await chooseLanguage('de');
    show(<JobCard job={job} userId={BEN} canEdit {...actions()} />);
    expect(screen.getByText(sentence)).toHaveAttribute('lang', 'en');
    await chooseLanguage(null);
  });
});
