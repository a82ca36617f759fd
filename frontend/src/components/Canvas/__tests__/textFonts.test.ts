import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { splitFonts } from '../../../../build/slim';
import { charactersByFont, loadFonts } from '../textFonts';

vi.mock('@excalidraw/excalidraw', () => ({ FONT_FAMILY: { Virgil: 1, Excalifont: 5 } }));

const EDITOR = join(
  import.meta.dirname,
  '../../../../node_modules/@excalidraw/excalidraw/dist/prod',
);
const fonts = splitFonts(readFileSync(join(EDITOR, 'chunk-K2UTITRG.js'), 'utf8'));

const fontsOf = (text: string) => [...charactersByFont([{ text, fontFamily: 5 }]).keys()];

it('finds the characters of each font once', () => {
  const written = charactersByFont([
    { text: 'abba', fontFamily: 5 },
    { text: 'bc', fontFamily: 5 },
    { text: 'x', fontFamily: 1 },
    { text: 'foreign', fontFamily: 99 },
    { type: 'rectangle' },
  ]);
  expect(Object.fromEntries(written)).toEqual({ Excalifont: 'abc', Virgil: 'x' });
});

it('asks for the font of Chinese, Japanese and Korean where one of them is written', () => {
  for (const text of ['你好', 'ひらがな', '한국어', '注文 → API']) {
    expect(fontsOf(text), text).toContain('Xiaolai');
  }
  for (const text of ['Größe: 3 € → Привет', 'Ω ≤ ½', '🚀 ❤️']) {
    expect(fontsOf(text), text).toEqual(['Excalifont']);
  }
});

it('knows every character that this font has alone', () => {
  const ranges = [...fonts.table.matchAll(/U\+([\da-f]+)(?:-([\da-f]+))?/gi)];
  expect(ranges.length).toBeGreaterThan(4_000);
  const euro = 0x20ac; // every other font has it
  const missed = ranges.flatMap(([, first = '', last = first]) => {
    const codes = [Number.parseInt(first, 16), Number.parseInt(last, 16)];
    return codes.filter(
      (code) => code !== euro && !fontsOf(String.fromCodePoint(code)).includes('Xiaolai'),
    );
  });
  expect(missed.map((code) => code.toString(16))).toEqual([]);
});

it('takes the table of that font out of what the editor loads first', () => {
  expect(fonts.rest).not.toContain('Xiaolai-Regular');
  expect(fonts.table.match(/Xiaolai-Regular/g)).toHaveLength(209);
  expect(() => splitFonts('another version')).toThrow('elsewhere');
});

it('says that fonts came where the engine does not say which', async () => {
  const fontSet = Object.assign(new EventTarget(), {
    load: () => Promise.resolve([{ family: 'Nunito' }]),
  });
  vi.stubGlobal('document', { fonts: fontSet });
  const heard: string[][] = [];
  fontSet.addEventListener('loadingdone', (event) => {
    const { fontfaces } = event as FontFaceSetLoadEvent;
    heard.push(Array.from(fontfaces, ({ family }) => family));
  });
  await loadFonts([['Nunito', 'a']]);
  await loadFonts([['Nunito', 'b']]);
  vi.unstubAllGlobals();
  expect(heard).toEqual([
    ['Nunito', 'notice-1'],
    ['Nunito', 'notice-2'],
  ]);
});
