/** Elements for tests. */
import type { SceneElement } from '../types/protocol';

export function box(id: string, properties: Partial<SceneElement> = {}): SceneElement {
  return {
    id,
    type: 'rectangle',
    x: 0,
    y: 0,
    width: 100,
    height: 50,
    angle: 0,
    strokeColor: '#000000',
    backgroundColor: 'transparent',
    groupIds: [],
    boundElements: [],
    index: `a${id}`,
    version: 1,
    versionNonce: 1,
    isDeleted: false,
    ...properties,
  };
}

/** A small random generator with a seed, so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
