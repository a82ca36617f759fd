/** Takes the ways of a socket that the client never goes (it asks for `websocket`) out of the build. */
import type { Plugin } from 'vite';
import { expecting } from './expecting.ts';

export const TRANSPORTS = /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]index\.js$/;
/** Nobody imports what is in them then, but for what they do when they are loaded. */
export const UNUSED =
  /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/](polling|webtransport)/;
export const ALL = /websocket: WS,\s+webtransport: WT,\s+polling: XHR,/;

export function slimSocket(): Plugin {
  const expected = expecting('transports', 'polling', 'webtransport');
  return {
    name: 'slim-socket',
    apply: 'build',
    transform(code, id) {
      const unused = UNUSED.exec(id)?.[1];
      if (unused) {
        expected.met(unused);
        return { code, map: null, moduleSideEffects: false };
      }
      if (!TRANSPORTS.test(id)) return null;
      if (!ALL.test(code)) throw new Error('The socket keeps its transports elsewhere now.');
      expected.met('transports');
      return { code: code.replace(ALL, 'websocket: WS,'), map: null };
    },
    generateBundle: expected.check,
  };
}
