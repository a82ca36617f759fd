// @vitest-environment node
/** What of an element is sent: groups of `whole` as one, of anything else what changed. */
import { describe, expect, it } from 'vitest';
import merges from '../../../../contract/merges.json';
import type { PropertySet, SceneElement } from '../../types/protocol';
import { diffElement } from '../elements';
import { meaningOf } from '../refusals';
import { REFUSALS } from '../vocabulary';

interface Edit {
  edits: PropertySet;
  sends: PropertySet;
}
const CASES = merges as unknown as Record<string, Record<'ana' | 'ben', Edit> & { before: object }>;

describe('an edit', () => {
  for (const [name, { before, ana, ben }] of Object.entries(CASES)) {
    it(`S5: is sent as in the contract when ${name}`, () => {
      const element = before as SceneElement;
      for (const { edits, sends } of [ana, ben]) {
        expect(diffElement(element, { ...element, ...edits })).toEqual(sends);
      }
    });
  }

  it('S7: of what the server writes is none', () => {
    const element = { id: 'a', type: 'rectangle', version: 1, versionNonce: 1, isDeleted: false };
    const newer = { ...element, version: 2, versionNonce: 9, updated: 7 };
    expect(diffElement(element, newer)).toBeNull();
  });
});

describe('a refusal', () => {
  it('means what the contract says; a code from a newer server is final', () => {
    for (const [meaning, codes] of Object.entries(REFUSALS)) {
      for (const code of codes) expect(meaningOf(code)).toBe(meaning);
    }
    expect(meaningOf('of_tomorrow')).toBe('invalid');
  });
});
