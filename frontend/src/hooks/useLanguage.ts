/** The language that the client speaks, and choosing it. */
import { useSyncExternalStore } from 'react';
import { chooseLanguage, chosenLanguage, language, onLanguage } from '../i18n';

export function useLanguage() {
  const current = useSyncExternalStore(onLanguage, language);
  return { language: current, chosen: chosenLanguage(), choose: chooseLanguage };
}
