/** Fails the build when what a page has to load first outgrows its budget. */
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { closureOf, startOf } from './chunks.ts';

const KILOBYTE = 1000;
interface Budget {
  page: string;
  modules: readonly string[];
  most: number;
  withEditor?: true;
}

const FIRST = 'index.html';
const CANVAS = 'src/pages/CanvasPage.tsx';

/** Kilobytes of gzipped script, the imports of imports included. */
const BUDGETS: readonly Budget[] = [
  { page: 'the list of canvases', modules: [FIRST, 'src/pages/HomePage.tsx'], most: 195 },
  { page: 'a canvas, before its editor', modules: [FIRST, CANVAS], most: 175 },
  {
    page: 'a canvas with its editor',
    modules: [FIRST, CANVAS, 'Canvas/Board.tsx'],
    most: 475,
    withEditor: true,
  },
];
const EDITOR = '@excalidraw/excalidraw';

export function sizeBudget(): Plugin {
  return {
    name: 'size-budget',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const { page, modules, most, withEditor } of BUDGETS) {
          const loaded = closureOf(
            modules.map((module) => startOf(module, bundle)),
            bundle,
          );
          const bytes = [...loaded].reduce((sum, { code }) => sum + gzipSync(code).length, 0);
          const size = Math.round(bytes / KILOBYTE);
          if (size > most) this.error(`Too much script for ${page}: ${size} kB, not ${most} kB.`);
          const early = [...loaded].some(({ moduleIds }) =>
            moduleIds.some((id) => id.includes(EDITOR)),
          );
          if (early && !withEditor) this.error(`${page} waits for the editor.`);
          this.info(`${page}: ${size} kB of script, gzipped`);
        }
      },
    },
  };
}
