// @vitest-environment node
/** The examples that both ends read: what the server sends is what this client understands. */
import { describe, expect, it } from 'vitest';
import jobs from '../../../../contract/job_events.json';
import scene from '../../../../contract/scene.json';
import type { AIJob, AIJobStatus, JobView } from '../../types/ai';
import type { Frame, Joined, SceneElement } from '../../types/protocol';
import { describeProgress } from '../../components/jobWords';
import { mergeEvent, mergeJob } from '../jobs';
import { Room } from '../room';

const NOW = '2026-01-01T00:00:05+00:00';
const JOB = '9a1cbb0e-58f5-4c0f-a7a5-3a1d57a0f0aa';
const nothing = () => ({ ids: new Set<string>(), byJob: new Map<string, string>() });

function joined(client: string): Room {
  const room = new Room(client);
  const objects = [scene.element as SceneElement];
  room.applyJoin({ ...(scene.join_canvas_ack as unknown as Joined), mode: 'snapshot', objects });
  return room;
}

describe('scene frames', () => {
  it('apply in order and name what a job drew', () => {
    const room = joined('c-5f2d9a7e41');
    const touched = nothing();
    expect(room.applyFrame(scene.scene_update_change as Frame, touched)).toBe('applied');
    expect(room.shown('box-1')).toMatchObject({ x: 140, strokeColor: '#1e1e1e', version: 5 });
    expect(room.applyFrame(scene.scene_update_by_job as Frame, touched)).toBe('applied');
    expect(room.shown('box-1')?.isDeleted).toBe(true);
    expect(room.shown('box-2')?.type).toBe('ellipse');
    expect(touched.byJob.get('box-2')).toBe(JOB);
    expect(room.seq).toBe(44);
  });

  it('that only acknowledge settle the batch and move nothing', () => {
    const room = joined('c-5f2d9a7e41');
    room.applyFrame(scene.scene_update_change, nothing());
    room.applyFrame(scene.scene_update_by_job, nothing());
    room.edit([{ id: 'box-2', set: { x: 1 } }]);
    const batch = room.takeBatch();
    expect(batch?.n).toBe(7);
    const only = { ...(scene.scene_update_only_acks as unknown as Frame) };
    expect(room.applyFrame(only, nothing())).toBe('applied');
    expect(room.seq).toBe(44);
    expect(room.unsaved).toBe(0);
  });

  it('after a hole are held back', () => {
    const room = joined('c-2');
    expect(room.applyFrame(scene.scene_update_by_job as Frame, nothing())).toBe('gap');
    expect(room.shown('box-2')).toBeUndefined();
  });
});

describe('job events', () => {
  const { job_over_http, ...events } = jobs;
  const inOrder = Object.values(events) as AIJobStatus[];

  it('each say where the job stands', () => {
    const words = inOrder.map((event) => describeProgress(mergeEvent(undefined, event, NOW)));
    expect(words).toEqual([
      'Waiting, number 3 in the queue',
      'Planning: 2 shapes so far',
      '2 of 3 shapes',
      'Cancelled, nothing was drawn',
      'Drew 3 boxes and 2 arrows.',
      'Failed',
    ]);
  });

  it('that come late or twice change nothing', () => {
    const [queued, planning, drawing] = inOrder as [AIJobStatus, AIJobStatus, AIJobStatus];
    let view: JobView = mergeEvent(undefined, drawing, NOW);
    view = mergeEvent(view, planning, NOW);
    view = mergeEvent(view, queued, NOW);
    expect(view).toMatchObject({ phase: 'drawing', drawn: 2, eventSeq: 5 });
  });

  it('and the job over HTTP tell the same story', () => {
    const byEvent = mergeEvent(undefined, events.ai_job_complete as AIJobStatus, NOW);
    const byHttp = mergeJob(undefined, job_over_http as AIJob);
    // Events do not say how it was asked for and what it took.
    const { seconds, request } = byHttp;
    expect([seconds, request.style]).toEqual([1, 'modern']);
    expect({ ...byHttp, createdAt: NOW, seconds: null, request: {} }).toEqual(byEvent);
  });

  it('do not hide how it was asked for, which is known later', () => {
    const byEvent = mergeEvent(undefined, events.ai_job_complete as AIJobStatus, NOW);
    const earlier = { ...(job_over_http as AIJob), event_seq: 0 };
    expect(mergeJob(byEvent, earlier)).toMatchObject({ request: { style: 'modern' } });
  });

  it('of another try do not tell how long the last one took', () => {
    const [queued] = inOrder as [AIJobStatus];
    const failed: AIJob = { ...(job_over_http as AIJob), status: 'failed', phase: 'failed' };
    const view = mergeJob(undefined, failed);
    expect(view.seconds).toBe(1);
    const again = { ...queued, event_seq: (failed.event_seq ?? 0) + 1 };
    expect(mergeEvent(view, again, NOW).seconds).toBeNull();
  });

  it('without the reason of a refusal keep what an editor heard of it in the same moment', () => {
    const forAll = { ...jobs.ai_job_error, message: 'Nein.' } as unknown as AIJobStatus;
    const forEditors = { ...forAll, values: { language: 'de' }, suggestions: [] };
    const heard = mergeEvent(mergeEvent(undefined, forEditors, NOW), forAll, NOW);
    expect(heard.refusal).toEqual({ sentence: 'Nein.', language: 'de', suggestions: [] });
    const later = { ...forAll, event_seq: heard.eventSeq + 1 };
    expect(mergeEvent(heard, later, NOW).refusal).toBeNull();
  });

  it('without the instruction keep what an editor already knows', () => {
    const [queued] = inOrder as [AIJobStatus];
    const cancelled = events.ai_job_update_cancelled as AIJobStatus;
    const view = mergeEvent(mergeEvent(undefined, queued, NOW), cancelled, NOW);
    expect(view.instructions).toBe('visitor -> sign up -> dashboard');
    expect(view.preview).toBeNull();
  });
});
