/** Every sentence that the client says itself, in the language of the person. */
import { de } from './de';
import { en } from './en';
import type { Messages } from './messages';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const CATALOGUE: Record<Language, Messages> = { en, de };
const KEY = 'collabcanvas.language';
const listeners = new Set<() => void>();

const isLanguage = (value: string | null | undefined): value is Language =>
  value === 'en' || value === 'de';

/** What was chosen in the settings; null follows the browser. */
export function chosenLanguage(): Language | null {
  const chosen = globalThis.localStorage?.getItem(KEY);
  return isLanguage(chosen) ? chosen : null;
}

function preferred(): Language {
  const chosen = chosenLanguage();
  if (chosen) return chosen;
  const wanted = globalThis.navigator?.languages ?? [];
  return wanted.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

let current: Language = preferred();

export const language = (): Language => current;

/** The sentences of the current language; ask each time, as it may change. */
export const t = (): Messages => CATALOGUE[current];

export function chooseLanguage(choice: Language | null): void {
  if (choice) localStorage.setItem(KEY, choice);
  else localStorage.removeItem(KEY);
  current = preferred();
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
