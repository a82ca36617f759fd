/** Fails the build unless `src/mantine.css` brings the styles of just those parts that are used. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const LIST = join(import.meta.dirname, '../src/mantine.css');
const LISTED = /@mantine\/core\/styles\/([A-Z]\w*)\.css/g;
/** Where a part keeps the names of its classes. */
const USED = /@mantine\/core\/esm\/.*?(\w+)\.module\.mjs$/;

export function mantineStyles(): Plugin {
  return {
    name: 'mantine-styles',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
      const used = new Set(modules.flatMap((id) => USED.exec(id)?.[1] ?? []));
      const list = readFileSync(LIST, 'utf8');
      const listed = new Set([...list.matchAll(LISTED)].flatMap(([, name]) => name ?? []));
      const missing = [...used].filter((name) => !listed.has(name));
      const idle = [...listed].filter((name) => !used.has(name));
      if (missing.length > 0) this.error(`src/mantine.css lacks ${missing.join(', ')}.`);
      if (idle.length > 0) this.error(`Nobody uses ${idle.join(', ')} of src/mantine.css.`);
    },
  };
}
