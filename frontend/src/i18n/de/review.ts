/** The review of a drawing: what its rules found. */
import type { Messages } from '../messages';

export const review: Messages['review'] = {
  check: 'Zeichnung prüfen',
  show: 'Zeigen',
  nothing: 'Keine Probleme gefunden.',
  found: (count) => (count === 1 ? '1 Fund' : `${count} Funde`),
  wordless: 'eine Form ohne Worte',
  rules: {
    one_exit: (words) => `Die Entscheidung „${words}“ hat nur einen Ausgang.`,
    unlabelled_exit: (words) =>
      `Nicht jeder Ausgang der Entscheidung „${words}“ sagt, wann er gilt.`,
    equal_exits: (words) => `Mehrere Ausgänge der Entscheidung „${words}“ sagen dasselbe.`,
    many_exits: (words) => `Mehr als 7 Pfeile verlassen „${words}“.`,
    dead_end: (words) => `„${words}“ führt nirgends hin und ist kein Ende.`,
    unreachable: (words) => `Vom Start führt nichts zu „${words}“.`,
    endless_loop: (words) => `Aus der Schleife bei „${words}“ führt kein Weg heraus.`,
    cycle: (words) => `„${words}“ steht im Kreis über sich selbst.`,
    doubled_name: (words) => `„${words}“ gibt es mehr als einmal.`,
    orphan_note: (words) => `Die Notiz „${words}“ gehört zu nichts.`,
    table_without_key: (words) => `Die Tabelle „${words}“ hat keinen Primärschlüssel.`,
    loose_foreign_key: (words) => `Ein Fremdschlüssel der Tabelle „${words}“ verweist auf nichts.`,
  },
};
