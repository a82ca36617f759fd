/** A job of this person that ended where they do not look: on another canvas, in another tab. */
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useJobEvents } from '../hooks/useAIJobUpdates';
import { useNews } from '../hooks/useNews';
import { t } from '../i18n';
import type { AIJobStatus } from '../types/ai';
import { shortened } from './jobWords';
import { notifyNews } from './ui/notices';

export function JobNews({ userId }: { userId: string }) {
  const [location] = useLocation();
  const announce = useNews();
  const onEvent = useCallback(
    (event: AIJobStatus) => {
      const { job_id: id, status, canvas_id: canvas } = event;
      const ended = status === 'completed' || status === 'failed';
      if (!ended || event.undone || event.requested_by?.id !== userId) return;
      announce(`${id} ${event.attempt ?? 0} ${status}`, () => {
        // These show the job themselves.
        if (location === '/jobs' || location === `/canvas/${canvas}`) return null;
        const words = t().jobs;
        const name = shortened(event.instructions ?? '');
        return notifyNews({
          message: status === 'completed' ? words.newsDone(name) : words.newsFailed(name),
          failed: status === 'failed',
          link: canvas ? { href: `/canvas/${canvas}`, label: words.openCanvas } : null,
        });
      });
    },
    [userId, location, announce],
  );
  useJobEvents(onEvent);
  return null;
}
