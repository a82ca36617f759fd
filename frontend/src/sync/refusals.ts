/** What a refused message means for the edits in it. */

const BUSY = new Set(['rate_limited', 'unavailable', 'internal', 'error']);
const FORBIDDEN = new Set(['not_allowed', 'not_found', 'not_authenticated']);

/** `busy`: the same again later. `forbidden`: give up all. `invalid`: give up what is not valid. */
export type Refused = 'busy' | 'rejoin' | 'forbidden' | 'invalid';

export function meaningOf(code: string): Refused {
  if (code === 'not_joined') return 'rejoin';
  if (BUSY.has(code)) return 'busy';
  return FORBIDDEN.has(code) ? 'forbidden' : 'invalid';
}
