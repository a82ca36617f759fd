// Real Yjs updates for the load generator, framed as Hocuspocus' own client frames them.
// `node yjs_updates.mjs < JSON`, where the JSON is {room, authors: [[element, ...], ...]}.
// Answers with JSON: {join: [frame, ...], updates: [[frame, ...], ...]}, each frame in base64.
import { readFileSync } from 'node:fs';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

const SYNC = 0;
const AUTH = 2;
const TOKEN = 0;

function frame(room, kind, write) {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, room);
  encoding.writeVarUint(encoder, kind);
  write(encoder);
  return Buffer.from(encoding.toUint8Array(encoder)).toString('base64');
}

/** Each element is set in one map under its id, as text: the value that a peer would keep. */
function updatesOf(room, elements) {
  const document = new Y.Doc();
  const scene = document.getMap('scene');
  const frames = [];
  document.on('update', (update) => {
    frames.push(frame(room, SYNC, (encoder) => sync.writeUpdate(encoder, update)));
  });
  for (const element of elements) scene.set(element.id, JSON.stringify(element));
  return frames;
}

const { room, authors } = JSON.parse(readFileSync(0, 'utf8'));
const join = [
  frame(room, AUTH, (encoder) => {
    encoding.writeVarUint(encoder, TOKEN);
    encoding.writeVarString(encoder, '');
  }),
  frame(room, SYNC, (encoder) => sync.writeSyncStep1(encoder, new Y.Doc())),
];
const updates = authors.map((elements) => updatesOf(room, elements));
process.stdout.write(JSON.stringify({ join, updates }));
