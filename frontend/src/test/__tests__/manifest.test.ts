/** The page can be installed: what its manifest and its head name is there, in the size they say. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Manifest {
  start_url: string;
  display: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
}

const read = (path: string) => readFileSync(`public${path}`);
const manifest = JSON.parse(read('/manifest.webmanifest').toString()) as Manifest;
const page = readFileSync('index.html', 'utf8');

/** Width and height stand at fixed places of a PNG. */
function sizeOf(path: string): string {
  const png = read(path);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

test('every icon has the size that the manifest states', () => {
  const pictures = manifest.icons.filter(({ type }) => type === 'image/png');
  expect(pictures.map(({ src }) => sizeOf(src))).toEqual(pictures.map(({ sizes }) => sizes));
  expect(pictures.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512', '512x512']);
  expect(pictures.map(({ purpose }) => purpose)).toContain('maskable');
  expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
});

test('the page names its manifest, its icon for phones, and a color for either scheme', () => {
  expect(page).toContain('rel="manifest" href="/manifest.webmanifest"');
  expect(page).toContain('rel="apple-touch-icon" href="/apple-touch-icon.png"');
  expect(sizeOf('/apple-touch-icon.png')).toBe('180x180');
  for (const scheme of ['light', 'dark']) {
    expect(page).toMatch(
      new RegExp(
        `name="theme-color" content="#\\w{6}" media="\\(prefers-color-scheme: ${scheme}\\)"`,
      ),
    );
  }
});
