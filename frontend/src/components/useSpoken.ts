/** What screen readers say about jobs. */
import { useState } from 'react';
import type { JobView } from '../types/ai';
import { announce } from './jobWords';

interface Options {
  /** A job is spoken of whenever this changes. */
  markOf: (job: JobView) => string;
  /** Whether it is when it comes to the list, too. */
  newcomers: boolean;
}

const marks = (jobs: readonly JobView[], { markOf }: Options) =>
  new Map(jobs.map((job) => [job.id, markOf(job)]));

/** The job that moved last, in words. What leaves the list makes nobody speak. */
export function useSpoken(jobs: readonly JobView[], options: Options): string {
  const [heard, setHeard] = useState({ marks: new Map<string, string>(), words: '' });
  const now = marks(jobs, options);
  const isNews = ({ id }: JobView) => now.get(id) !== heard.marks.get(id);
  const moved = jobs.find((job) => isNews(job) && (options.newcomers || heard.marks.has(job.id)));
  if (moved || jobs.some(isNews)) {
    const marksSoFar = new Map([...heard.marks, ...now]);
    setHeard({ marks: marksSoFar, words: moved ? announce(moved) : heard.words });
  }
  return heard.words;
}
