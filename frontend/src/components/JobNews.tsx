/** A job of this person that ended where they do not look: on another canvas, in another tab. */
import { useCallback, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useAIJobUpdates } from '../hooks/useAIJobUpdates';
import { t } from '../i18n';
import type { AIJobStatus } from '../types/ai';
import { tellNews } from './ui/notices';

const COUNTED = /^\(\d+\) /;

export function JobNews({ userId }: { userId: string }) {
  const [location] = useLocation();
  const told = useRef(new Set<string>());
  const mark = useTitleMark();
  const onEvent = useCallback(
    (event: AIJobStatus) => {
      const { job_id: id, status, canvas_id: canvas } = event;
      const ended = status === 'completed' || status === 'failed';
      if (!ended || event.undone || event.requested_by?.id !== userId) return;
      const news = `${id} ${event.attempt ?? 0} ${status}`;
      if (told.current.has(news)) return;
      told.current.add(news);
      if (document.hidden) mark();
      // These show the job themselves.
      if (location === '/jobs' || location === `/canvas/${canvas}`) return;
      const words = t().jobs;
      const name = event.instructions ?? '';
      tellNews({
        message: status === 'completed' ? words.newsDone(name) : words.newsFailed(name),
        failed: status === 'failed',
        link: canvas ? { href: `/canvas/${canvas}`, label: words.openCanvas } : null,
      });
    },
    [userId, location, mark],
  );
  useAIJobUpdates(onEvent);
  return null;
}

/** The tab's title counts what ended while the tab was hidden. */
function useTitleMark(): () => void {
  const unseen = useRef(0);
  useEffect(() => {
    const look = () => {
      if (document.hidden) return;
      unseen.current = 0;
      document.title = document.title.replace(COUNTED, '');
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return useCallback(() => {
    unseen.current += 1;
    document.title = `(${unseen.current}) ${document.title.replace(COUNTED, '')}`;
  }, []);
}
