/** A job of this person that ended where they do not look: on another canvas, in another tab. */
import { useCallback, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useJobEvents } from '../hooks/useAIJobUpdates';
import { useNews } from '../hooks/useNews';
import { t } from '../i18n';
import type { AIJobStatus } from '../types/ai';
import { shortened } from './jobWords';
import { notifyNews } from './ui/notices';

const showsJobsOf = (location: string, canvas: string | null | undefined) =>
  location === '/jobs' || location === `/canvas/${canvas}`;

export function JobNews({ userId }: { userId: string }) {
  const [location] = useLocation();
  const announce = useNews();
  /** What was said and may still be on the screen, with whose canvas it is of. */
  const said = useRef(new Map<() => void, string | null>());
  useEffect(() => {
    for (const [takeBack, canvas] of said.current) {
      if (!showsJobsOf(location, canvas)) continue;
      takeBack();
      said.current.delete(takeBack);
    }
  }, [location]);
  const onEvent = useCallback(
    (event: AIJobStatus) => {
      const { job_id: id, status, canvas_id: canvas } = event;
      const ended = status === 'completed' || status === 'failed';
      if (!ended || event.undone || event.requested_by?.id !== userId) return;
      announce(`${id} ${event.attempt ?? 0} ${status}`, () => {
        // These show the job themselves.
        if (showsJobsOf(location, canvas)) return null;
        const words = t().jobs;
        const name = shortened(event.instructions ?? '');
        const takeBack = notifyNews({
          message: status === 'completed' ? words.newsDone(name) : words.newsFailed(name),
          failed: status === 'failed',
          link: canvas ? { href: `/canvas/${canvas}`, label: words.openCanvas } : null,
        });
        said.current.set(takeBack, canvas ?? null);
        return takeBack;
      });
    },
    [userId, location, announce],
  );
  useJobEvents(onEvent);
  return null;
}
