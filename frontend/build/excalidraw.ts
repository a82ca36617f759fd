/** What it takes to host Excalidraw 0.18.1 ourselves: its fonts, its one foreign URL, its workers. */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { expecting } from './expecting.ts';

const root = join(import.meta.dirname, '..');
const FONTS = `${root}/node_modules/@excalidraw/excalidraw/dist/prod/fonts`;
export const FOREIGN = '`https://esm.sh/';
/** Its resizer of pictures would try out WebAssembly, which the page's policy forbids. */
export const RESIZER = 'features:["js","wasm"]';
const SAME_ORIGIN = '`${location.origin}/excalidraw-missing/';

/**
 * The worker that subsets fonts on export is a module of its own. Left alone, the bundler moves
 * two of its tiny dependencies into the editor's chunk, and the worker then dies loading React.
 */
export const WORKER_SAFE_CHUNKS = /excalidraw[\\/]dist[\\/]prod[\\/]chunk-(ZUYEQ4TG|SRAX5OIU)/;

/** Serves the editor's fonts from our own origin and removes its fallback address elsewhere. */
export function selfHostedExcalidraw(): Plugin {
  const expected = expecting('esm.sh', 'ZUYEQ4TG', 'SRAX5OIU', RESIZER);
  return {
    name: 'self-hosted-excalidraw',
    enforce: 'pre',
    config() {
      if (!existsSync(`${root}/public/fonts`))
        cpSync(FONTS, `${root}/public/fonts`, { recursive: true });
    },
    transform(code, id) {
      const shared = WORKER_SAFE_CHUNKS.exec(id)?.[1];
      if (shared) expected.met(shared);
      if (!id.includes('@excalidraw/excalidraw')) return null;
      if (code.includes(FOREIGN)) expected.met('esm.sh');
      if (code.includes(RESIZER)) expected.met(RESIZER);
      const changed = code.replaceAll(FOREIGN, SAME_ORIGIN).replace(RESIZER, 'features:["js"]');
      return changed === code ? null : { code: changed, map: null };
    },
    generateBundle: expected.check,
  };
}
