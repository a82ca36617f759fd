/** The founding document's test speaks to jest by name; `setup.ts` points it at vitest. */
declare const jest: typeof import('vitest').vi;
