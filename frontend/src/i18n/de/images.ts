/** Pictures on a canvas. */
import type { Messages } from '../messages';

const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

export const images: Messages['images'] = {
  picture: 'Bild',
  uploading: (count, percent) =>
    count === 1
      ? `Ein Bild wird hochgeladen, ${percent} %`
      : `${count} Bilder werden hochgeladen, ${percent} %`,
  waiting: (count) =>
    count === 1
      ? 'Ein Bild wartet auf die Verbindung'
      : `${count} Bilder warten auf die Verbindung`,
  unreadable: (name) => `„${name}“ ist kein lesbares Bild.`,
  tooLarge: (name, limit) => `„${name}“ ist zu groß. Ein Bild darf ${megabytes(limit)} haben.`,
  tooMany: 'Zu viele Bilder warten aufs Hochladen. Versuche es wieder, wenn sie fertig sind.',
  refused: (name, reason) => `„${name}“ wurde nicht hochgeladen. ${reason}`,
  imported: (added) => (added === 1 ? '1 Objekt kam dazu.' : `${added} Objekte kamen dazu.`),
  importedSome: (added, skipped) =>
    `${added} Objekte kamen dazu; ${skipped} passen hier nicht hin.`,
};
