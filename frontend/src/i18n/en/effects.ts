/** What a job did, in what people count. */

const counted = (one: string, many: string) => (count: number) =>
  `${count} ${count === 1 ? one : many}`;

export const effects = {
  things: {
    box: counted('box', 'boxes'),
    note: counted('note', 'notes'),
    arrow: counted('arrow', 'arrows'),
    text: counted('text', 'texts'),
    picture: counted('picture', 'pictures'),
    frame: counted('frame', 'frames'),
    line: counted('line', 'lines'),
    stroke: counted('stroke', 'strokes'),
    other: counted('object', 'objects'),
  },
  actions: {
    draw: (things: string) => `drew ${things}`,
    remove: (things: string) => `removed ${things}`,
    rename: (things: string) => `renamed ${things}`,
    recolor: (things: string) => `recoloured ${things}`,
    restyle: (things: string) => `changed the look of ${things}`,
    resize: (things: string) => `resized ${things}`,
    move: (things: string) => `moved ${things}`,
    reconnect: (things: string) => `reconnected ${things}`,
    disconnect: (things: string) => `disconnected ${things}`,
    reroute: (things: string) => `rerouted ${things}`,
    change: (things: string) => `changed ${things}`,
  },
  and: 'and',
};
