/**
 * Pages that name all that their address needs, so that the browser fetches it at once instead of
 * one part after the other: the first page for the list of canvases, `canvas.html` for a canvas.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { closureOf, startOf } from './chunks.ts';

const HOME = 'src/pages/HomePage.tsx';
const CANVAS = 'src/pages/CanvasPage.tsx';
const EDITOR = 'Canvas/Board.tsx';
/** The Latin part of the font that drawings are written in. */
const FONT = '/fonts/Excalifont/Excalifont-Regular-a88b72a24fb54c9f94e3b5fdaa7481c9.woff2';
/** On a slow line, what the page is made of comes first. (Browsers complain of a `preload` that was
 * not used, as by who has to sign in first, but not of the other two kinds.) */
const LATER = 'fetchpriority="low"';
const END = '</head>';

function withLink(page: string, attributes: string, href: string): string {
  if (page.includes(`"${href}"`)) return page;
  return page.replace(END, `  <link ${attributes} crossorigin href="${href}">\n  ${END}`);
}

function withPart(
  page: string,
  module: string,
  bundle: Rolldown.OutputBundle,
  priority = '',
): string {
  const chunks = [...closureOf([startOf(module, bundle)], bundle)];
  const styles = chunks.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
  const scripted = chunks.reduce(
    (before, { fileName }) => withLink(before, `rel="modulepreload" ${priority}`, `/${fileName}`),
    page,
  );
  return styles.reduce(
    (before, name) => withLink(before, 'rel="prefetch" as="style"', `/${name}`),
    scripted,
  );
}

export function preloadingPages(): Plugin {
  return {
    name: 'preloading-pages',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const first = bundle['index.html'];
        if (first?.type !== 'asset') return this.error('There is no first page.');
        if (!existsSync(join(import.meta.dirname, '../public', FONT)))
          return this.error(`The editor has no ${FONT}.`);
        const page = String(first.source);
        first.source = withPart(page, HOME, bundle);
        const editor = withPart(withPart(page, CANVAS, bundle), EDITOR, bundle, LATER);
        const source = withLink(editor, 'rel="prefetch" as="font" type="font/woff2"', FONT);
        this.emitFile({ type: 'asset', fileName: 'canvas.html', source });
        return undefined;
      },
    },
  };
}
