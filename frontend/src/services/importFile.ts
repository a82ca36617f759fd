/** Files that people drop: a drawing as it is, a picture, or text that is an instruction. */
import { t } from '../i18n';
import { ApiError } from './apiClient';
import { asPicture, dataUrlOf } from './pictures';

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_CHARACTERS = 4000;
const DRAWINGS = /\.(excalidraw|json)$/i;
const TEXTS = /\.(mmd|mermaid|md|markdown|txt|csv)$/i;
const PICTURES = /\.(png|jpe?g|gif|webp|svg|bmp)$/i;
/** Pictures stand on the canvas at most this large. */
const LONGEST_SIDE = 1_000;
/** More at once is taken for a mistake. */
const MOST_FILES = 20;

export const IMPORTABLE =
  '.excalidraw,.json,.mmd,.mermaid,.md,.markdown,.txt,.csv,.png,.jpg,.jpeg,.gif,.webp,.svg,.bmp';

/** An .excalidraw document, as far as it is looked at here. */
export interface SceneDocument {
  elements: readonly unknown[];
  files?: unknown;
  [key: string]: unknown;
}

export type Imported = { title: string } & (
  | { kind: 'scene'; document: SceneDocument }
  | { kind: 'picture'; picture: File }
  | { kind: 'instructions'; instructions: string }
);

/** So large a file is not even read. */
export function isTooLarge(file: File): boolean {
  return file.size > MOST_BYTES;
}

const refuse = (sentence: string) => new ApiError(sentence, 0, 'not_importable');

export function isPicture(file: File): boolean {
  return file.type.startsWith('image/') || PICTURES.test(file.name);
}

/** One after the other: a file that is refused does not stop the rest. Answers with why, each. */
export async function takeEach(
  files: readonly File[],
  take: (file: File) => Promise<void>,
): Promise<string[]> {
  const refused: string[] = [];
  for (const file of files.slice(0, MOST_FILES)) {
    try {
      await take(file);
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (files.length > MOST_FILES) refused.push(t().home.tooManyFiles(MOST_FILES));
  return refused;
}

/** Throws ApiError with a sentence for the person. */
export async function readImport(file: File): Promise<Imported> {
  const words = t().home;
  const title = file.name.replace(/\.[^.]+$/, '').slice(0, 200);
  if (isTooLarge(file)) throw refuse(words.tooLarge(file.name));
  if (DRAWINGS.test(file.name)) {
    return { kind: 'scene', title, document: documentOf(await file.text(), file.name) };
  }
  if (isPicture(file)) return { kind: 'picture', title, picture: file };
  if (!TEXTS.test(file.name)) throw refuse(words.notImportable(file.name));
  const instructions = (await file.text()).trim();
  if (!instructions) throw refuse(words.emptyFile(file.name));
  if (instructions.length > MOST_CHARACTERS)
    throw refuse(words.tooLong(file.name, MOST_CHARACTERS));
  return { kind: 'instructions', title, instructions };
}

function documentOf(text: string, name: string): SceneDocument {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refuse(t().home.notExcalidraw(name));
  }
  const document = parsed as Partial<SceneDocument> | null;
  if (!Array.isArray(document?.elements)) throw refuse(t().home.notExcalidraw(name));
  const elements = document.elements.filter(isDrawable);
  if (elements.length === 0) throw refuse(t().home.emptyFile(name));
  return { ...document, type: 'excalidraw', elements };
}

function isDrawable(value: unknown): boolean {
  const element = value as { id?: unknown; type?: unknown; isDeleted?: unknown } | null;
  return (
    typeof element?.id === 'string' &&
    typeof element.type === 'string' &&
    element.isDeleted !== true
  );
}

/** A drawing that consists of one picture. Throws ApiError if it cannot be read. */
export async function sceneOfPicture(file: File): Promise<SceneDocument> {
  try {
    const picture = await asPicture(file);
    const { width, height } = await createImageBitmap(picture);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const size = { x: 0, y: 0, width: width * scale, height: height * scale };
    const shown = {
      id: 'picture',
      type: 'image',
      fileId: 'picture',
      status: 'saved',
      scale: [1, 1],
    };
    return {
      type: 'excalidraw',
      elements: [{ ...shown, ...size }],
      files: { picture: { mimeType: picture.type, dataURL: await dataUrlOf(picture) } },
    };
  } catch {
    throw refuse(t().images.unreadable(file.name));
  }
}
