/** The editor's pictures as the loader sees them, and what may be dropped onto the editor. */
import { loadFromBlob, serializeAsJSON } from '@excalidraw/excalidraw';
import type {
  BinaryFileData,
  DataURL,
  ExcalidrawImperativeAPI,
} from '@excalidraw/excalidraw/types';
import type { EditorFile, EditorFiles } from '../../hooks/useImages';

export function editorFiles(api: ExcalidrawImperativeAPI): EditorFiles {
  return {
    get: (id) => api.getFiles()[id],
    add: (file) => api.addFiles([binaryFile(file)]),
  };
}

export function binaryFile({ id, mimeType, dataURL }: EditorFile): BinaryFileData {
  return {
    id: id as BinaryFileData['id'],
    mimeType: mimeType as BinaryFileData['mimeType'],
    dataURL: dataURL as DataURL,
    created: Date.now(),
  };
}

export type Dropped = 'picture' | 'scene' | 'other';

export function kindOfDropped(file: File): Dropped {
  if (/\.(excalidraw|json)$/i.test(file.name)) return 'scene';
  return file.type.startsWith('image/') ? 'picture' : 'other';
}

const EMBEDDED = 'application/vnd.excalidraw+json';

export function mayHoldDrawing(file: File): boolean {
  return file.type === 'image/png' || file.type === 'image/svg+xml';
}

/** The drawing that Excalidraw once embedded in a picture of it, as a file of its own. */
export async function drawingIn(picture: File): Promise<File | null> {
  if (!(await picture.text()).includes(EMBEDDED)) return null;
  try {
    const { elements, appState, files } = await loadFromBlob(picture, null, null);
    const json = serializeAsJSON(elements, appState, files, 'local');
    return new File([json], `${picture.name}.excalidraw`, { type: EMBEDDED });
  } catch {
    return null; // it only looks like one
  }
}

/** The same drop once more, of the file alone. */
export function dropAgain(file: File, { clientX, clientY }: { clientX: number; clientY: number }) {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  return new globalThis.DragEvent('drop', {
    clientX,
    clientY,
    dataTransfer,
    bubbles: true,
    cancelable: true,
  });
}
