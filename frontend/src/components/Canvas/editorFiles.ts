/** The editor's pictures as the loader sees them, and what may be dropped onto the editor. */
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
