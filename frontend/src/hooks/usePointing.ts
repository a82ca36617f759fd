/** Sends this person's cursor, selection and view to the others; again when somebody comes. */
import { useEffect, useMemo } from 'react';
import { Pointing } from '../services/pointing';
import type { PresentMember } from '../types/protocol';
import type { CanvasSession } from './useCanvasSession';

export type { Pointing };

export function usePointing(session: CanvasSession, members: readonly PresentMember[]): Pointing {
  const pointing = useMemo(() => new Pointing((cursor) => session.pointAt(cursor)), [session]);
  const present = members.flatMap((member) => member.sockets ?? []).length;
  useEffect(() => {
    if (present > 1) pointing.again();
  }, [pointing, present]);
  useEffect(() => () => pointing.stop(), [pointing]);
  return pointing;
}
