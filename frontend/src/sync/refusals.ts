/** What a refused message means for the edits in it. */
import { REFUSALS } from './vocabulary';

/** `busy`: the same again later. `forbidden`: give up all. `invalid`: give up what is not valid. */
export type Refused = keyof typeof REFUSALS;

const MEANINGS = Object.entries(REFUSALS) as [Refused, readonly string[]][];

/** A code that only a newer server knows is final, like what is not valid. */
export function meaningOf(code: string): Refused {
  return MEANINGS.find(([, codes]) => codes.includes(code))?.[0] ?? 'invalid';
}
