import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { sizeBudget } from './build/budget.ts';
import { compressedCopies } from './build/compress.ts';
import { selfHostedExcalidraw, WORKER_SAFE_CHUNKS } from './build/excalidraw.ts';
import { mantineStyles } from './build/mantineStyles.ts';
import { preloadingPages } from './build/pages.ts';
import { slimExcalidraw } from './build/slim.ts';
import { slimSocket } from './build/slimSocket.ts';

const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:5000';

export default defineConfig({
  plugins: [
    selfHostedExcalidraw(),
    slimExcalidraw(),
    slimSocket(),
    react(),
    preloadingPages(),
    mantineStyles(),
    sizeBudget(),
    compressedCopies(),
  ],
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: ['index.html', 'docs.html'],
      output: {
        codeSplitting: { groups: [{ name: 'excalidraw-env', test: WORKER_SAFE_CHUNKS }] },
      },
    },
  },
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': { target: backend },
      '/socket.io': { target: backend, ws: true },
    },
  },
  test: {
    globals: true,
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    maxWorkers: 2,
    testTimeout: 120_000, // a machine may have other work
  },
});
