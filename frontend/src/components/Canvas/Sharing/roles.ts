/** The roles that can be given, in words. */
import { t } from '../../../i18n';
import type { Role } from '../../../types/api';

export const roles = () => [
  { value: 'editor', label: t().sharing.editor },
  { value: 'viewer', label: t().sharing.viewer },
];

export const toRole = (value: string): Role => (value === 'viewer' ? 'viewer' : 'editor');
