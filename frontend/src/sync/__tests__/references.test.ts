// @vitest-environment node
import { describe, expect, it } from 'vitest';
import examples from '../../../../contract/references.json';
import type { SceneElement } from '../../types/protocol';
import { repairReferences } from '../references';

describe('references', () => {
  for (const [name, { after, touched, repairs }] of Object.entries(examples)) {
    it(`S11: ${name}`, () => {
      const scene = new Map(after.map((e) => [e.id, e as unknown as SceneElement]));
      expect(Object.fromEntries(repairReferences(scene, new Set(touched)))).toEqual(repairs);
    });
  }
});
