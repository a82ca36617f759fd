/** Whom this person follows, for as long as they are here. */
import { useCallback, useState } from 'react';
import type { PresentMember } from '../../types/protocol';

export function useFollowChoice(members: readonly PresentMember[]) {
  const [chosen, choose] = useState<string | null>(null);
  const person = members.find((member) => member.user_id === chosen);
  const stop = useCallback(() => choose(null), []);
  return { followed: person?.user_id ?? null, name: person?.name ?? null, choose, stop };
}
