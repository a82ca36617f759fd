/** The styles and color schemes offered, and what sounds like a change. */

export const STYLES = ['modern', 'corporate', 'creative', 'minimal'];
export const COLOR_SCHEMES = ['default', 'pastel', 'vibrant', 'monochrome'];

/** A foretaste of each scheme; the server decides the real colors. */
export const SWATCHES: Record<string, readonly string[]> = {
  default: ['#a5d8ff', '#b2f2bb', '#ffec99', '#ffc9c9'],
  pastel: ['#d0ebff', '#e5dbff', '#fff3bf', '#ffdeeb'],
  vibrant: ['#4dabf7', '#69db7c', '#ffd43b', '#ff8787'],
  monochrome: ['#f1f3f5', '#ced4da', '#868e96', '#343a40'],
};

/** Words that ask to change what is there rather than to add something new. */
const CHANGES =
  /^\s*(please\s+)?(make|change|rename|recolou?r|colou?r|delete|remove|connect|disconnect|link|insert|put|move|align|tidy|clean|distribute|group|relabel|highlight|arrange|swap|replace|add .+ (between|after|before|to|next to)|mache?|färbe?|ändere?|verbinde?|lösche?|entferne?|verschiebe?|ordne|füge .+ (zwischen|nach|vor|zu))(?![\p{L}])/iu;

export function soundsLikeChange(instructions: string): boolean {
  return CHANGES.test(instructions);
}
