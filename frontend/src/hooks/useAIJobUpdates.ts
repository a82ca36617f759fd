/** The latest event of every job this tab was told about. */
import { useCallback, useEffect, useState } from 'react';
import { getSocket } from '../services/socketClient';
import type { AIJobStatus } from '../types/ai';

const EVENTS = ['ai_job_update', 'ai_job_complete', 'ai_job_error'] as const;

export const useAIJobUpdates = (onEvent?: (event: AIJobStatus) => void) => {
  const [jobStatus, setJobStatus] = useState<Record<string, AIJobStatus>>({});
  const socket = getSocket();

  useEffect(() => {
    const receive = (event: AIJobStatus) => {
      setJobStatus((before) => {
        const known = before[event.job_id]?.event_seq ?? 0;
        return known > (event.event_seq ?? known) ? before : { ...before, [event.job_id]: event };
      });
      onEvent?.(event);
    };
    for (const name of EVENTS) socket.on(name, receive);
    return () => {
      for (const name of EVENTS) socket.off(name, receive);
    };
  }, [socket, onEvent]);

  const getJobStatus = useCallback(
    (jobId: string): AIJobStatus | undefined => jobStatus[jobId],
    [jobStatus],
  );

  const clearJobStatus = useCallback((jobId: string): void => {
    setJobStatus(({ [jobId]: _cleared, ...rest }) => rest);
  }, []);

  return { jobStatus, getJobStatus, clearJobStatus, socket };
};
