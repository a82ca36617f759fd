/** Fails the build when what a page has to load first outgrows its budget. */
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

const KILOBYTE = 1000;
interface Budget {
  page: string;
  module: string;
  most: number;
  withEditor?: true;
}

/** Kilobytes of gzipped script, the imports of imports included. */
const BUDGETS: readonly Budget[] = [
  { page: 'the first page', module: 'index.html', most: 225 },
  { page: 'a canvas, before its editor', module: 'src/pages/CanvasPage.tsx', most: 260 },
  { page: 'a canvas with its editor', module: 'Canvas/Board.tsx', most: 600, withEditor: true },
];
const EDITOR = '@excalidraw/excalidraw';

type Bundle = Rolldown.OutputBundle;

function closureOf(start: Rolldown.OutputChunk, bundle: Bundle): Set<Rolldown.OutputChunk> {
  const found = new Set([start]);
  for (const { imports } of found) {
    for (const name of imports) {
      const chunk = bundle[name];
      if (chunk?.type === 'chunk') found.add(chunk);
    }
  }
  return found;
}

export function sizeBudget(): Plugin {
  return {
    name: 'size-budget',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const startOf = (module: string) =>
          chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
        const first = startOf('index.html');
        for (const { page, module, most, withEditor } of BUDGETS) {
          const start = startOf(module);
          if (!start || !first) return this.error(`The budget looks for ${module} in vain.`);
          const loaded = new Set([...closureOf(first, bundle), ...closureOf(start, bundle)]);
          const bytes = [...loaded].reduce((sum, { code }) => sum + gzipSync(code).length, 0);
          const size = Math.round(bytes / KILOBYTE);
          if (size > most) this.error(`Too much script for ${page}: ${size} kB, not ${most} kB.`);
          const early = [...loaded].some(({ moduleIds }) =>
            moduleIds.some((id) => id.includes(EDITOR)),
          );
          if (early && !withEditor) this.error(`${page} waits for the editor.`);
          this.info(`${page}: ${size} kB of script, gzipped`);
        }
        return undefined;
      },
    },
  };
}
