/** Pictures on a canvas. */
const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

export const images = {
  picture: 'Picture',
  uploading: (count: number, percent: number) =>
    count === 1 ? `Uploading a picture, ${percent} %` : `Uploading ${count} pictures, ${percent} %`,
  waiting: (count: number) =>
    count === 1
      ? 'A picture waits for the connection'
      : `${count} pictures wait for the connection`,
  unreadable: (name: string) => `"${name}" is no picture that can be read.`,
  tooLarge: (name: string, limit: number) =>
    `"${name}" is too large. A picture may have ${megabytes(limit)}.`,
  tooMany: 'Too many pictures are waiting to be uploaded. Try again when they are done.',
  refused: (name: string, reason: string) => `"${name}" was not uploaded. ${reason}`,
  imported: (added: number) =>
    added === 1 ? '1 object was added.' : `${added} objects were added.`,
  importedSome: (added: number, skipped: number) =>
    `${added} objects were added; ${skipped} cannot be kept here.`,
};
