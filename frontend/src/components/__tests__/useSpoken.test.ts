import { renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import contract from '../../../../contract/job_events.json';
import { viewOfJob } from '../../sync/jobs';
import type { AIJob, JobView } from '../../types/ai';
import { announce } from '../jobWords';
import { useSpoken } from '../useSpoken';

function job(id: string, change: Partial<JobView> = {}): JobView {
  return { ...viewOfJob(contract.job_over_http as AIJob), id, instructions: id, ...change };
}

const running = { status: 'processing', phase: 'planning' } as const;
const cancelled = { status: 'cancelled', phase: 'cancelled' } as const;
const CANVAS = { markOf: announce, newcomers: true };
const LIST = { markOf: ({ status }: JobView) => status, newcomers: false };

const listen = (options: typeof CANVAS, jobs: readonly JobView[]) =>
  renderHook(({ now }) => useSpoken(now, options), { initialProps: { now: jobs } });

describe('what is said of jobs', () => {
  it('is about the one that moved', () => {
    const { result, rerender } = listen(CANVAS, [job('new', running), job('old', running)]);
    expect(result.current).toBe('new: Planning');
    rerender({ now: [job('new', running), job('old', cancelled)] });
    expect(result.current).toBe('old: Cancelled, nothing was drawn');
  });

  it('is not repeated about an older one when the newest card is put away', () => {
    const { result, rerender } = listen(CANVAS, [job('old', cancelled)]);
    rerender({ now: [job('new', cancelled), job('old', cancelled)] });
    expect(result.current).toMatch(/^new/);
    rerender({ now: [job('old', cancelled)] });
    expect(result.current).toMatch(/^new/);
  });

  it('is silent in a list about what another page or filter brings', () => {
    const { result, rerender } = listen(LIST, [job('a', running)]);
    rerender({ now: [job('b', cancelled)] });
    expect(result.current).toBe('');
    rerender({ now: [job('a', cancelled)] });
    expect(result.current).toMatch(/^a: Cancelled/);
  });
});
