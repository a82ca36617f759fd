/** Job events as this tab gets them, or the latest event of every job. */
import { useCallback, useEffect, useState } from 'react';
import { getSocket } from '../services/socketClient';
import type { ServerEvent } from '../sync/vocabulary';
import type { AIJobStatus } from '../types/ai';

const EVENTS: readonly ServerEvent[] = ['ai_job_update', 'ai_job_complete', 'ai_job_error'];

/** Keeps nothing: for callers that live as long as the tab. */
export function useJobEvents(onEvent: (event: AIJobStatus) => void): void {
  const socket = getSocket();
  useEffect(() => {
    for (const name of EVENTS) socket.on(name, onEvent);
    return () => {
      for (const name of EVENTS) socket.off(name, onEvent);
    };
  }, [socket, onEvent]);
}

export const useAIJobUpdates = (onEvent?: (event: AIJobStatus) => void) => {
  const [jobStatus, setJobStatus] = useState<Record<string, AIJobStatus>>({});
  const socket = getSocket();

  const receive = useCallback(
    (event: AIJobStatus) => {
      setJobStatus((before) => {
        const known = before[event.job_id]?.event_seq ?? 0;
        return known > (event.event_seq ?? known) ? before : { ...before, [event.job_id]: event };
      });
      onEvent?.(event);
    },
    [onEvent],
  );
  useJobEvents(receive);

  const getJobStatus = useCallback(
    (jobId: string): AIJobStatus | undefined => jobStatus[jobId],
    [jobStatus],
  );

  const clearJobStatus = useCallback((jobId: string): void => {
    setJobStatus(({ [jobId]: _cleared, ...rest }) => rest);
  }, []);

  return { jobStatus, getJobStatus, clearJobStatus, socket };
};
