// Built with the client's own packages: the same editor, the same React, the same bundler.
import { fileURLToPath } from 'node:url';
import { selfHostedExcalidraw, WORKER_SAFE_CHUNKS } from '../../../frontend/build/excalidraw.ts';

const client = fileURLToPath(new URL('../../../frontend', import.meta.url));
const packages = /^(@excalidraw\/excalidraw|react|react-dom)(\/|$)/;

/** Looks for packages where the client has them. */
function fromClient() {
  return {
    name: 'from-client',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!packages.test(source) || importer?.startsWith(client)) return null;
      return this.resolve(source, `${client}/src/main.tsx`, { skipSelf: true });
    },
  };
}

export default {
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: `${client}/public`,
  plugins: [fromClient(), selfHostedExcalidraw()],
  build: {
    target: 'es2022',
    outDir: process.env.BARE_OUT,
    emptyOutDir: true,
    chunkSizeWarningLimit: 1e6,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'excalidraw-env', test: WORKER_SAFE_CHUNKS }] },
      },
    },
  },
};
