/** The two functions that the editor needs of `pako`. */
import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate';

export function deflate(text: string): Uint8Array {
  return zlibSync(strToU8(text));
}

/** The editor asks for text alone. */
export function inflate(packed: Uint8Array, _options: { to: 'string' }): string {
  return strFromU8(unzlibSync(packed));
}
