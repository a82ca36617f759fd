/**
 * The fonts of what is written on a canvas. The editor draws every text, and every shape that has
 * one, again when a font comes; so a large drawing waits for its fonts and is drawn once.
 */
import { FONT_FAMILY } from '@excalidraw/excalidraw';
import type { PropertySet } from '../../types/protocol';

const PATIENCE_MS = 1_000;
const NAMES = new Map<unknown, string>(Object.entries(FONT_FAMILY).map(([name, id]) => [id, name]));
/** The font that people start with; without a drawing it is what they will write in. */
const USUAL: [string, string] = ['Excalifont', 'a'];

/** What only the drawn Chinese, Japanese and Korean font has, and next to nothing else. */
const CJK =
  /[\u1100-\u11ff\u20a0-\u20ab\u20ad-\u20de\u25ef\u2e3a-\ufdff\ufe10-\uffff\u{1f250}\u{1f251}\u{20000}-\u{fffff}]/gu;
const CJK_FONT = 'Xiaolai';

/** Which characters are written in which font. */
export function charactersByFont(elements: Iterable<PropertySet>): Map<string, string> {
  const found = new Map<string, Set<string>>();
  const add = (font: string, characters: Iterable<string>) => {
    const known = found.get(font) ?? new Set();
    for (const character of characters) known.add(character);
    found.set(font, known);
  };
  for (const { text, fontFamily } of elements) {
    if (typeof text !== 'string' || text === '') continue;
    const font = NAMES.get(fontFamily);
    if (font) add(font, text);
    const foreign = text.match(CJK);
    if (foreign) add(CJK_FONT, foreign);
  }
  return new Map([...found].map(([font, characters]) => [font, [...characters].join('')]));
}

let notices = 0;

/**
 * WebKit does not say which fonts came, and the editor draws its texts again only for one that is
 * new to it: there a new name is added.
 */
function notifyEditor(loaded: readonly FontFace[]): void {
  if ('FontFaceSetLoadEvent' in globalThis) return;
  notices += 1;
  const fontfaces = [...loaded, { family: `notice-${notices}` }];
  document.fonts.dispatchEvent(Object.assign(new Event('loadingdone'), { fontfaces }));
}

/** Never fails: without the server another font stands in, and the next such text tries again. */
export async function loadFonts(fonts: Iterable<[font: string, characters: string]>) {
  try {
    await Promise.all(
      Array.from(fonts, async ([font, characters]) => {
        if (font === CJK_FONT) await import('virtual:cjk-font');
        notifyEditor(await document.fonts.load(`16px "${font}"`, characters));
      }),
    );
  } catch {
    // See above.
  }
}

/** Resolves when these elements can be drawn once and for all, or soon enough for a slow line. */
export async function fontsCame(elements: Iterable<PropertySet>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  // The editor hears of fonts all together, with those of its buttons.
  const all = loadFonts([USUAL, ...charactersByFont(elements)]).then(() => document.fonts.ready);
  await Promise.race([all, patience]);
  clearTimeout(timer);
}
