/** The review of a drawing: what its rules found. */
import type { ReviewRule } from '../../types/api';

export const review = {
  check: 'Check the drawing',
  show: 'Show me',
  nothing: 'No problems found.',
  found: (count: number) => (count === 1 ? '1 finding' : `${count} findings`),
  wordless: 'a shape without words',
  rules: {
    one_exit: (words) => `The decision “${words}” has only one exit.`,
    unlabelled_exit: (words) => `Not every exit of the decision “${words}” says when it is taken.`,
    equal_exits: (words) => `Several exits of the decision “${words}” say the same.`,
    many_exits: (words) => `More than 7 arrows leave “${words}”.`,
    dead_end: (words) => `“${words}” leads nowhere and is no end.`,
    unreachable: (words) => `Nothing leads to “${words}” from the start.`,
    endless_loop: (words) => `No way leads out of the loop at “${words}”.`,
    cycle: (words) => `“${words}” is above itself, in a circle.`,
    doubled_name: (words) => `“${words}” is there more than once.`,
    orphan_note: (words) => `The note “${words}” belongs to nothing.`,
    table_without_key: (words) => `The table “${words}” has no primary key.`,
    loose_foreign_key: (words) => `A foreign key of the table “${words}” refers to nothing.`,
  } satisfies Record<ReviewRule, (words: string) => string>,
};
