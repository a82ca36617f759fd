/** The styles and color schemes offered, and instructions to start from. */

export const STYLES = ['modern', 'corporate', 'creative', 'minimal'];
export const COLOR_SCHEMES = ['default', 'pastel', 'vibrant', 'monochrome'];

/** A foretaste of each scheme; the server decides the real colors. */
export const SWATCHES: Record<string, readonly string[]> = {
  default: ['#a5d8ff', '#b2f2bb', '#ffec99', '#ffc9c9'],
  pastel: ['#d0ebff', '#e5dbff', '#fff3bf', '#ffdeeb'],
  vibrant: ['#4dabf7', '#69db7c', '#ffd43b', '#ff8787'],
  monochrome: ['#f1f3f5', '#ced4da', '#868e96', '#343a40'],
};

export const EXAMPLES: readonly { title: string; text: string }[] = [
  {
    title: 'Flowchart with a decision',
    text: 'Flowchart: order received -> in stock? if no reorder from supplier and go back to in stock, if yes pack parcel -> ship -> send invoice',
  },
  {
    title: 'Org chart',
    text: 'Org chart: Ben reports to Ana, Vic reports to Ana, Olu reports to Ben',
  },
  {
    title: 'Mind map from an outline',
    text: 'Mind map:\nProduct launch\n  Marketing\n    Website\n    Newsletter\n  Engineering\n    Load test\n    Runbook\n  Support',
  },
  { title: 'Kanban columns', text: 'Kanban with columns Backlog, In progress, Review, Done' },
  {
    title: 'Mermaid',
    text: 'flowchart LR\n  Client --> API\n  API --> Cache\n  API --> Database[(Database)]',
  },
];

/** Words that ask to change what is there rather than to add something new. */
const CHANGES =
  /^\s*(please\s+)?(make|change|rename|recolou?r|colou?r|delete|remove|connect|disconnect|link|insert|put|move|align|tidy|clean|distribute|group|relabel|highlight|arrange|swap|replace|add .+ (between|after|before|to|next to))\b/i;

export function soundsLikeChange(instructions: string): boolean {
  return CHANGES.test(instructions);
}
