/** What the build takes out of libraries is where it looks for it, once. `docs/forks.md` lists it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FOREIGN, RESIZER, WORKER_SAFE_CHUNKS } from '../../../build/excalidraw';
import { expecting } from '../../../build/expecting';
import { CJK_FACES, CJK_FILES, FONTS, REGISTRY } from '../../../build/slim';
import { ALL, TRANSPORTS, UNUSED } from '../../../build/slimSocket';

const PACKAGES = join(import.meta.dirname, '../../../node_modules');
const EDITOR = join(PACKAGES, '@excalidraw/excalidraw/dist/prod');
const SOCKET = join(PACKAGES, 'engine.io-client/build/esm/transports');
const scripts = readdirSync(EDITOR).filter((name) => name.endsWith('.js'));
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const editor = scripts.map((name) => read(EDITOR, name)).join('\n');
const fonts = readFileSync(FONTS, 'utf8');

const times = (pattern: RegExp, text: string) =>
  [...text.matchAll(new RegExp(pattern, 'g'))].length;

it('depends on one version of what is forked', () => {
  const file = JSON.parse(read(PACKAGES, '../package.json'));
  for (const name of ['@excalidraw/excalidraw', 'socket.io-client', '@mantine/core', 'fflate']) {
    expect(file.dependencies[name], name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(JSON.parse(read(PACKAGES, `${name}/package.json`)).version).toBe(
      file.dependencies[name],
    );
  }
  const socket = JSON.parse(read(PACKAGES, 'socket.io-client/package.json'));
  expect(socket.dependencies['engine.io-client']).toMatch(/^~6\.6\./);
});

it("finds the editor's table of fonts, and who uses it", () => {
  expect(times(CJK_FACES, fonts)).toBe(1);
  expect(times(REGISTRY, fonts)).toBe(1);
  expect(times(CJK_FILES, fonts)).toBe(209);
});

it("finds the editor's foreign address and the two parts that its worker needs", () => {
  expect(editor.split(FOREIGN)).toHaveLength(2);
  const names = scripts.map((name) => join(EDITOR, name));
  expect(names.filter((name) => WORKER_SAFE_CHUNKS.test(name))).toHaveLength(2);
});

it("finds what the editor's resizer of pictures tries out", () => {
  expect(editor.split(RESIZER)).toHaveLength(2);
});

it('knows all that the editor needs of pako', () => {
  expect(times(/\bpako\b/, editor)).toBe(1);
  expect(fonts).toMatch(/import\{deflate as [\w$]+,inflate as [\w$]+\}from"pako"/);
});

it('finds the list of transports, and those that are never used', () => {
  expect(times(ALL, read(SOCKET, 'index.js'))).toBe(1);
  const names = readdirSync(SOCKET).map((name) => join(SOCKET, name));
  expect(names.filter((name) => TRANSPORTS.test(name))).toHaveLength(1);
  const unused = new Set(names.flatMap((name) => UNUSED.exec(name)?.[1] ?? []));
  expect([...unused].toSorted()).toEqual(['polling', 'webtransport']);
});

it('fails a build that never met what it is to change', () => {
  const expected = expecting('one', 'two');
  expected.met('one');
  expect(expected.check).toThrow('looks for two in vain');
  expected.met('two');
  expect(expected.check).not.toThrow();
});
