/** Keeps a compressed copy beside each built file that shrinks, for the server to hand out. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const SHRINKS = /\.(js|css|html|svg|json|webmanifest)$/;
const SMALLEST = 1024;

export function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    writeBundle({ dir: out = 'dist' }) {
      for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
        if (!SHRINKS.test(name)) continue;
        const content = readFileSync(join(out, name));
        if (content.length < SMALLEST) continue;
        writeFileSync(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
