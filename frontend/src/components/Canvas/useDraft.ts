/** What is being written in the instruction panel; it outlives the panel's closing. */
import { useCallback, useState } from 'react';
import type { JobView, Refusal } from '../../types/ai';

export interface Draft {
  instructions: string;
  style: string;
  colors: string;
  /** By its id; null is the usual one. */
  model: string | null;
  /** Null: as the words sound. */
  intent: 'new' | 'change' | null;
  /** Why these words were refused before. */
  refusal: Refusal | null;
}

/** What is different, or how that follows from what is there by then. */
export type DraftChange = Partial<Draft> | ((now: Draft) => Partial<Draft>);

const EMPTY: Draft = {
  instructions: '',
  style: 'modern',
  colors: 'default',
  model: null,
  intent: null,
  refusal: null,
};

export function useDraft() {
  const [draft, setDraft] = useState(EMPTY);
  const change = useCallback(
    (part: DraftChange) =>
      setDraft((now) => ({ ...now, ...(typeof part === 'function' ? part(now) : part) })),
    [],
  );
  /** An earlier instruction, as it was asked for. */
  const reuse = useCallback(
    ({ instructions, request, type, refusal }: JobView) =>
      change({
        instructions: instructions ?? '',
        refusal,
        intent: type === 'modify_canvas' ? 'change' : 'new',
        ...(request.style && { style: request.style }),
        ...(request.colorScheme && { colors: request.colorScheme }),
        model: request.model ?? null,
      }),
    [change],
  );
  return { draft, change, reuse };
}
