/** What the build gives to the editor in the place of a larger library. */
import { deflateSync, inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { deflate, inflate } from '../../../build/zlib';

const TEXT = JSON.stringify({ text: 'Größe → 注文 🚀'.repeat(500) });

it('packs what everybody can unpack, and unpacks what everybody packs', () => {
  expect(inflateSync(deflate(TEXT)).toString()).toBe(TEXT);
  expect(inflate(deflateSync(TEXT), { to: 'string' })).toBe(TEXT);
  expect(() => inflate(new Uint8Array([1, 2, 3]), { to: 'string' })).toThrow();
});
