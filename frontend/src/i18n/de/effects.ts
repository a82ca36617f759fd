/** What a job did, in what people count. */
import type { Messages } from '../messages';

const counted = (one: string, many: string) => (count: number) =>
  `${count} ${count === 1 ? one : many}`;

export const effects: Messages['jobs']['effects'] = {
  things: {
    box: counted('Kasten', 'Kästen'),
    note: counted('Notiz', 'Notizen'),
    arrow: counted('Pfeil', 'Pfeile'),
    text: counted('Text', 'Texte'),
    picture: counted('Bild', 'Bilder'),
    frame: counted('Rahmen', 'Rahmen'),
    line: counted('Linie', 'Linien'),
    stroke: counted('Strich', 'Striche'),
    other: counted('Objekt', 'Objekte'),
  },
  actions: {
    draw: (things) => `${things} gezeichnet`,
    remove: (things) => `${things} entfernt`,
    rename: (things) => `${things} umbenannt`,
    recolor: (things) => `${things} umgefärbt`,
    restyle: (things) => `${things} anders gestaltet`,
    resize: (things) => `${things} in der Größe geändert`,
    move: (things) => `${things} verschoben`,
    reconnect: (things) => `${things} neu verbunden`,
    disconnect: (things) => `${things} gelöst`,
    reroute: (things) => `${things} neu verlegt`,
    change: (things) => `${things} geändert`,
  },
  and: 'und',
};
