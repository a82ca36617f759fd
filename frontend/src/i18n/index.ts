/** Every sentence that the client says itself, in the language of the person. */
import { en } from './en';
import type { Messages } from './messages';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** English is always there; other languages are loaded for those who speak them. */
const LOADERS: Record<Language, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de')).de,
};
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

let current: Language = 'en';
let messages: Messages = en;

export const language = (): Language => current;

/** The sentences of the current language; ask each time, as it may change. */
export const t = (): Messages => messages;

/** Speaks the person's language from now on; listeners say anew what was said. */
export async function speakPreferred(): Promise<void> {
  const wanted = preferred();
  if (wanted === current) return;
  const words = await LOADERS[wanted]();
  if (wanted !== preferred()) return; // chosen otherwise meanwhile
  messages = words;
  current = wanted;
  for (const listener of listeners) listener();
}

export function chooseLanguage(choice: Language | null): Promise<void> {
  if (choice) localStorage.setItem(KEY, choice);
  else localStorage.removeItem(KEY);
  return speakPreferred();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
