/** Takes the ways of a socket that the client never goes (it asks for `websocket`) out of the build. */
import type { Plugin } from 'vite';

const TRANSPORTS = /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]index\.js$/;
/** Nobody imports what is in them then, but for what they do when they are loaded. */
const UNUSED = /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/](polling|webtransport)/;
const ALL = /websocket: WS,\s+webtransport: WT,\s+polling: XHR,/;

export function slimSocket(): Plugin {
  return {
    name: 'slim-socket',
    apply: 'build',
    transform(code, id) {
      if (UNUSED.test(id)) return { code, map: null, moduleSideEffects: false };
      if (!TRANSPORTS.test(id)) return null;
      if (!ALL.test(code)) throw new Error('The socket keeps its transports elsewhere now.');
      return { code: code.replace(ALL, 'websocket: WS,'), map: null };
    },
  };
}
