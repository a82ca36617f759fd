/** Which canvases are listed and in which order. */
import { language } from '../../i18n';
import type { Canvas } from '../../types/api';

export const SORTS = ['changed', 'created', 'title'] as const;
export const OWNERS = ['everybodys', 'mine', 'shared'] as const;

export interface ListChoice {
  search: string;
  sort: (typeof SORTS)[number];
  whose: (typeof OWNERS)[number];
}

export const ALL: ListChoice = { search: '', sort: 'changed', whose: 'everybodys' };

/** The server lists by last change, page by page; any other view needs all pages. */
export function needsAll({ search, sort, whose }: ListChoice): boolean {
  return search.trim() !== '' || sort !== 'changed' || whose !== 'everybodys';
}

export function choose(canvases: readonly Canvas[], choice: ListChoice): Canvas[] {
  const words = choice.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = canvases.filter(({ title, role, owner }) => {
    if (choice.whose !== 'everybodys' && (role === 'owner') !== (choice.whose === 'mine'))
      return false;
    const text = `${title} ${role === 'owner' ? '' : owner.name}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (choice.sort === 'title') {
    const order = new Intl.Collator(language(), { numeric: true });
    return found.toSorted((a, b) => order.compare(a.title, b.title));
  }
  const time = choice.sort === 'created' ? 'created_at' : 'updated_at';
  return found.toSorted((a, b) => Date.parse(b[time]) - Date.parse(a[time]));
}
