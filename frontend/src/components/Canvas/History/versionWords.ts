/** A version in words: what it is called, who made it and how. */
import { t } from '../../../i18n';
import type { Version } from '../../../types/history';
import { dateAndTime } from '../../ui/numbers';

function authorsOf(version: Version): string {
  const people = version.authors.length > 0 ? version.authors : [version.named_by];
  const names = people.flatMap((person) => person?.name ?? []);
  return names.join(', ') || t().history.nobody;
}

/** How it came to be. */
export function originOf(version: Version): string {
  const words = t().history;
  const who = authorsOf(version);
  switch (version.kind) {
    case 'job':
      return words.drawnFor(who);
    case 'undo':
      return words.undoneBy(who);
    case 'redo':
      return words.redoneBy(who);
    case 'restore':
      return words.restoredBy(who);
    default:
      return who;
  }
}

/** Of a version that only its name is left of, when it got that. */
export function whenOf(version: Version): string {
  const at = version.ended_at ?? version.named_at;
  return at ? dateAndTime(at) : '';
}

export function titleOfVersion(version: Version): string {
  return version.name ?? version.instructions ?? originOf(version);
}

/** Unmistakable, for questions and screen readers. */
export function fullTitleOf(version: Version): string {
  return version.name ?? t().history.versionOf(whenOf(version));
}
