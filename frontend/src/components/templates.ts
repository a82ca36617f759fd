/** Drawings to start from; their instructions are in the catalogue of each language. */
import { t } from '../i18n';

export type Template = keyof ReturnType<typeof t>['home']['templateTexts'];

export const TEMPLATES: readonly Template[] = [
  'flow',
  'architecture',
  'mind',
  'org',
  'kanban',
  'sequence',
];
