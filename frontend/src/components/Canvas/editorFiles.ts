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

export type Dropped = 'picture' | 'scene' | 'other';

export function kindOfDropped(file: File): Dropped {
  if (/\.(excalidraw|json)$/i.test(file.name)) return 'scene';
  return file.type.startsWith('image/') ? 'picture' : 'other';
}
