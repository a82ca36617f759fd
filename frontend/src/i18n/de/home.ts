/** The list of canvases, templates and import. */
import type { Messages } from '../messages';

export const home: Messages['home'] = {
  title: 'Zeichenflächen',
  newCanvas: 'Neue Zeichenfläche',
  describe: 'Was möchtest du sehen?',
  describeExample: 'Zum Beispiel: Bestellung -> Zahlung -> Versand',
  drawIt: 'Zeichnen',
  search: 'Zeichenflächen suchen',
  sort: 'Sortieren nach',
  sorts: { changed: 'Zuletzt geändert', created: 'Neueste', title: 'Titel' },
  whose: 'Wessen',
  everybodys: 'Alle',
  mine: 'Meine',
  shared: 'Mit mir geteilt',
  noneFound: (query) => `Keine Zeichenfläche heißt „${query}“.`,
  noneHere: 'Hier ist keine Zeichenfläche.',
  empty: 'Noch keine Zeichenfläche',
  emptyText:
    'Beschreibe oben eine Zeichnung, beginne mit einer Vorlage, oder lege eine Datei hier ab. Dann teile sie mit deinem Team.',
  showMore: 'Mehr zeigen',
  objects: (count) => (count === 1 ? '1 Objekt' : `${count} Objekte`),
  menuOf: (title) => `Aktionen für ${title}`,
  rename: 'Umbenennen',
  duplicate: 'Duplizieren',
  copyOf: (title) => `Kopie von ${title}`,
  duplicated: (title) => `„${title}“ ist fertig.`,
  delete: 'Löschen',
  deleted: (title) => `„${title}“ wurde gelöscht.`,
  undo: 'Rückgängig',
  import: 'Importieren',
  importHint: 'Dateien hier ablegen: Excalidraw, Bilder, Mermaid, Markdown, CSV oder Text',
  importing: (count) =>
    count === 1 ? 'Datei wird importiert' : `${count} Dateien werden importiert`,
  imported: (count) => (count === 1 ? '1 neue Zeichenfläche.' : `${count} neue Zeichenflächen.`),
  notImportable: (name) =>
    `„${name}“ kann nicht importiert werden, nur Excalidraw, Bilder, Mermaid, Markdown, CSV und Text.`,
  tooLong: (name, most) =>
    `„${name}“ ist zu lang, um gezeichnet zu werden. Ein Text darf ${most} Zeichen haben.`,
  tooManyFiles: (most) => `Nur die ersten ${most} Dateien wurden genommen.`,
  tooLarge: (name) => `„${name}“ ist zum Importieren zu groß.`,
  emptyFile: (name) => `In „${name}“ ist nichts zu zeichnen.`,
  notExcalidraw: (name) => `„${name}“ ist keine lesbare Excalidraw-Datei.`,
  templates: 'Mit einer Vorlage beginnen',
  templateTitles: {
    flow: 'Ablauf mit Entscheidung',
    architecture: 'Systemarchitektur',
    mind: 'Mindmap',
    org: 'Organigramm',
    kanban: 'Kanban-Tafel',
    sequence: 'Sequenz',
  },
  templateTexts: {
    flow: 'flowchart TD\n  A[Bestellung eingegangen] --> B{Auf Lager?}\n  B -- nein --> C[Nachbestellen]\n  C --> B\n  B -- ja --> D[Paket packen]\n  D --> E[Versenden]\n  E --> F[Rechnung schicken]',
    architecture:
      'flowchart LR\n  Browser --> Gateway\n  Gateway --> API\n  API --> Cache\n  API --> Datenbank[(Datenbank)]\n  API --> Warteschlange\n  Warteschlange --> Worker\n  Worker --> Datenbank',
    mind: 'Mind map:\nProduktstart\n  Marketing\n    Webseite\n    Rundbrief\n  Technik\n    Lasttest\n    Betriebshandbuch\n  Hilfe\n    Hilfeseiten\n    Schulung',
    org: 'Org chart: Ben reports to Ana, Vic reports to Ana, Olu reports to Ben, Mia reports to Vic',
    kanban: 'Kanban with columns Offen, In Arbeit, Prüfung, Fertig',
    sequence:
      'sequenceDiagram\n  Browser->>API: Bestellung\n  API->>Zahlung: belasten\n  Zahlung-->>API: bezahlt\n  API-->>Browser: Bestätigung',
  },
};
