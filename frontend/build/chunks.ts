/** Which files of a bundle belong together. */
import type { Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

/** The chunk that begins with this module; throws if there is none. */
export function startOf(module: string, bundle: Bundle): Chunk {
  const chunk = Object.values(bundle).find(
    (file): file is Chunk => file.type === 'chunk' && !!file.facadeModuleId?.endsWith(module),
  );
  if (!chunk) throw new Error(`The build looks for ${module} in vain.`);
  return chunk;
}

/** These chunks with their imports and theirs. */
export function closureOf(chunks: readonly Chunk[], bundle: Bundle): Set<Chunk> {
  const found = new Set(chunks);
  for (const { imports } of found) {
    for (const name of imports) {
      const chunk = bundle[name];
      if (chunk?.type === 'chunk') found.add(chunk);
    }
  }
  return found;
}
