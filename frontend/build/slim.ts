/**
 * Takes out of the editor's first load what only few canvases need, or none: every reader would
 * wait for it. The editor's version is pinned; if another one looks different, the build fails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { expecting } from './expecting.ts';

const EDITOR = join(import.meta.dirname, '../node_modules/@excalidraw/excalidraw/dist/prod');
export const FONTS = join(EDITOR, 'chunk-K2UTITRG.js');

/** Names of the 209 files of its Chinese, Japanese and Korean font, and who uses which when. */
export const CJK_FILES = /var [\w$]+="\.\/fonts\/Xiaolai\/[^"]+";/g;
export const CJK_FACES =
  /var ([\w$]+)=(\[\{uri:[\w$]+,descriptors:\{unicodeRange:"U\+f9b8.*?"\}\}\]);/;
export const REGISTRY =
  /var ([\w$]+)=class \1\{constructor\([\w$]+\)\{[\w$]+\(this,"scene"\);[\w$]+\(this,"getSceneFamilies"/;
/** Drawings embedded in pictures are packed with a library of three times the size of ours. */
const PAKO = 'pako';
const ZLIB = join(import.meta.dirname, 'zlib.ts');

export const CJK_FONT = 'virtual:cjk-font';

interface Split {
  /** The editor's module without the table. */
  rest: string;
  /** A module that gives the table to the editor. */
  table: string;
}

export function splitFonts(code: string, editor = FONTS): Split {
  const faces = CJK_FACES.exec(code);
  const registry = REGISTRY.exec(code);
  const files = code.match(CJK_FILES);
  if (!faces || !registry || !files) throw new Error('The editor keeps its fonts elsewhere now.');
  const [declared, name, list] = faces;
  return {
    rest: `${code.replace(declared, `var ${name}=[];`).replace(CJK_FILES, '')}
export { ${registry[1]} as FontRegistry };`,
    table: `import { FontRegistry } from ${JSON.stringify(editor)};
${files.join('')}
const families = [...FontRegistry.registered.values()];
const family = families.find(({ fontFaces }) => fontFaces.length === 0);
const [{ constructor: Face }] = families[0].fontFaces;
family.fontFaces = ${list}.map(({ uri, descriptors }) => new Face('Xiaolai', uri, descriptors));
for (const { fontFace } of family.fontFaces) document.fonts.add(fontFace);`,
  };
}

export function slimExcalidraw(): Plugin {
  let building = false;
  const expected = expecting(PAKO, FONTS);
  return {
    name: 'slim-excalidraw',
    enforce: 'pre',
    configResolved({ command }) {
      building = command === 'build';
    },
    resolveId(id) {
      if (id === PAKO && building) {
        expected.met(PAKO);
        return ZLIB;
      }
      return id === CJK_FONT ? `\0${CJK_FONT}` : null;
    },
    /** While developing, the editor is left whole, and there is nothing to add to it. */
    load(id) {
      if (id !== `\0${CJK_FONT}`) return null;
      return building ? splitFonts(readFileSync(FONTS, 'utf8')).table : 'export {};';
    },
    transform(code, id) {
      if (!building || id !== FONTS) return null;
      expected.met(FONTS);
      return { code: splitFonts(code).rest, map: null };
    },
    generateBundle: expected.check,
  };
}
