/** What the API shows operators: everybody's jobs, workers, the queue and the model over time. */
import type { Answer, Body } from './api';
import type { operations } from './openapi';

export type OperatorJob = Body<'OperatorJob'>;
export type OperatorJobPage = Pick<Answer<'operator_jobs'>, 'jobs' | 'has_older'>;
export type Worker = Body<'Worker'>;
export type Workers = Pick<Answer<'list_workers'>, 'mode' | 'workers' | 'missing'>;
export type Queue = Omit<Answer<'get_queue'>, 'success'>;
export type QueueBucket = Body<'QueueBucket'>;
export type ModelHealth = Body<'ModelHealth'>;
export type Period = NonNullable<
  NonNullable<operations['get_queue']['parameters']['query']>['period']
>;
