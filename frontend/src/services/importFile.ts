/** Files that people drop: a drawing as it is, or text that is an instruction. */
import { ApiError } from './apiClient';
import { t } from '../i18n';
import type { SceneElement } from '../types/protocol';

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_CHARACTERS = 4000;
const DRAWINGS = /\.(excalidraw|json)$/i;
const TEXTS = /\.(mmd|mermaid|md|markdown|txt|csv)$/i;
/** Objects that live on other servers or in files that are not part of the drawing. */
const FOREIGN = new Set(['image', 'embeddable', 'iframe']);

export const IMPORTABLE = '.excalidraw,.json,.mmd,.mermaid,.md,.markdown,.txt,.csv';

export type Imported =
  | { kind: 'scene'; title: string; elements: SceneElement[] }
  | { kind: 'instructions'; title: string; instructions: string };

const refuse = (sentence: string) => new ApiError(sentence, 0, 'not_importable');

/** Throws ApiError with a sentence for the person. */
export async function readImport(file: File): Promise<Imported> {
  const words = t().home;
  const title = file.name.replace(/\.[^.]+$/, '').slice(0, 200);
  if (file.size > MOST_BYTES) throw refuse(words.tooLarge(file.name));
  if (DRAWINGS.test(file.name)) {
    return { kind: 'scene', title, elements: elementsOf(await file.text(), file.name) };
  }
  if (!TEXTS.test(file.name)) throw refuse(words.notImportable(file.name));
  const instructions = (await file.text()).trim();
  if (!instructions) throw refuse(words.emptyFile(file.name));
  if (instructions.length > MOST_CHARACTERS) throw refuse(words.tooLarge(file.name));
  return { kind: 'instructions', title, instructions };
}

function elementsOf(text: string, name: string): SceneElement[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refuse(t().home.notExcalidraw(name));
  }
  const elements = (parsed as { elements?: unknown } | null)?.elements;
  if (!Array.isArray(elements)) throw refuse(t().home.notExcalidraw(name));
  const kept = elements.filter(isDrawable);
  if (kept.length === 0) throw refuse(t().home.emptyFile(name));
  return kept;
}

function isDrawable(value: unknown): value is SceneElement {
  const element = value as Partial<SceneElement> | null;
  return (
    typeof element?.id === 'string' &&
    typeof element.type === 'string' &&
    element.isDeleted !== true &&
    !FOREIGN.has(element.type)
  );
}
