/** Excalidraw's files made whole with Excalidraw's own code, which is loaded only when needed. */
import { isTooLarge, type SceneDocument } from '../services/importFile';

const EMBEDDED = 'application/vnd.excalidraw+json';

/** Files from elsewhere may lack what this editor's version expects; it repairs them itself. */
export async function repaired(document: SceneDocument): Promise<SceneDocument> {
  const { restoreElements } = await import('@excalidraw/excalidraw');
  const given = document.elements as unknown as Parameters<typeof restoreElements>[0];
  return { ...document, elements: restoreElements(given, null, { repairBindings: true }) };
}

export function mayHoldDrawing(file: File): boolean {
  return file.type === 'image/png' || file.type === 'image/svg+xml';
}

/** The drawing that Excalidraw once embedded in a picture of it, as a file of its own. */
export async function drawingIn(picture: File): Promise<File | null> {
  if (!mayHoldDrawing(picture) || isTooLarge(picture)) return null;
  if (!(await picture.text()).includes(EMBEDDED)) return null;
  const { loadFromBlob, serializeAsJSON } = await import('@excalidraw/excalidraw');
  try {
    const { elements, appState, files } = await loadFromBlob(picture, null, null);
    const json = serializeAsJSON(elements, appState, files, 'local');
    const name = picture.name.replace(/(\.excalidraw)?\.[^.]+$/i, '');
    return new File([json], `${name}.excalidraw`, { type: EMBEDDED });
  } catch {
    return null; // it only looks like one
  }
}
