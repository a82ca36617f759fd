/** Numbers and times as people of the current language read them. */
import { language, t } from '../../i18n';

const SHORTEST = 0.1;

/** Never "0 s": whatever happened took some time. */
export function seconds(value: number): string {
  if (value < SHORTEST) return t().jobs.under(seconds(SHORTEST));
  const digits = value < 10 ? 1 : 0;
  const format = new Intl.NumberFormat(language(), { maximumFractionDigits: digits });
  return t().jobs.seconds(format.format(value));
}

/** "1,234", or "1.2M" where nobody reads more. */
export function count(value: number): string {
  const notation = value < 100_000 ? 'standard' : 'compact';
  return new Intl.NumberFormat(language(), { notation, maximumFractionDigits: 1 }).format(value);
}

export function percent(value: number): string {
  const format = new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 });
  return format.format(value / 100);
}

export function dateOf(iso: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(new Date(iso));
}

export function dateAndTime(iso: string): string {
  const format = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(iso));
}
