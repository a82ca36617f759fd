import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import jobs from '../../../../../contract/job_events.json';
import { mergeJob } from '../../../sync/jobs';
import type { AIJob, JobView } from '../../../types/ai';
import { useDraft } from '../useDraft';

const asked = (request: Partial<AIJob['request_data']>): JobView => {
  const job = jobs.job_over_http as AIJob;
  return mergeJob(undefined, { ...job, request_data: { ...job.request_data, ...request } });
};

it('an earlier instruction comes back as it was asked for, and by the model that it was asked of', () => {
  const { result } = renderHook(() => useDraft());
  act(() => result.current.reuse(asked({ style: 'minimal', model: 'openai:large' })));
  expect(result.current.draft).toMatchObject({
    instructions: 'visitor -> sign up -> dashboard',
    style: 'minimal',
    model: 'openai:large',
  });
  act(() => result.current.reuse(asked({ instructions: 'by the usual one' })));
  expect(result.current.draft).toMatchObject({ instructions: 'by the usual one', model: null });
});
