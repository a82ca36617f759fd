/** Pictures of the canvas on screen: taken in, uploaded, and given to the editor. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { t } from '../i18n';
import { fetchFile, uploadFile } from '../services/fileService';
import { ImageLoader, type EditorFile, type EditorFiles } from '../services/imageLoader';
import { ImageUploads, type Upload } from '../services/imageUploads';
import { fileStore } from '../services/localStore';
import { connection } from '../services/socketClient';
import type { SceneElement } from '../types/protocol';
import type { CanvasSession } from './useCanvasSession';
import { useConfig } from './useSession';

export type { EditorFile, EditorFiles, Upload };

const DEFAULT_LIMIT = 10 * 1024 * 1024;
const NO_UPLOADS: readonly Upload[] = [];
const neverChanges = () => () => undefined;
const nothing = () => NO_UPLOADS;

export interface Images {
  /** The id under which the editor keeps a picture that was pasted or dropped. */
  identify(file: File): Promise<string>;
  bind(editor: EditorFiles): () => void;
  /** What it takes to draw a scene other than the editor's own. */
  filesOf(scene: readonly SceneElement[]): Promise<EditorFile[]>;
}

interface Machinery {
  uploads: ImageUploads;
  loader: ImageLoader;
}

function assemble(
  canvasId: string,
  userId: string,
  session: CanvasSession,
  onNotice: (sentence: string) => void,
): Machinery {
  const uploads = new ImageUploads(
    fileStore(userId, canvasId),
    (content, onProgress) => uploadFile(canvasId, content, onProgress),
    () => connection.current() === 'connected',
    {
      onStored: (id) => loader.stored(id),
      onRefused: (id, sentence) => {
        loader.refused(id);
        onNotice(sentence);
      },
    },
  );
  const loader: ImageLoader = new ImageLoader(session, {
    find: (id) => uploads.find(id),
    fetch: (id) => fetchFile(canvasId, id),
    adopt: (content) => uploads.add(content, t().images.picture, DEFAULT_LIMIT),
  });
  return { uploads, loader };
}

export function useImages(
  canvasId: string,
  userId: string,
  session: CanvasSession | null,
  onNotice: (sentence: string) => void,
) {
  const limit = useConfig()?.limits.file_bytes ?? DEFAULT_LIMIT;
  const machinery = useMemo(
    () => session && assemble(canvasId, userId, session, onNotice),
    [canvasId, userId, session, onNotice],
  );
  useEffect(() => {
    if (!session || !machinery) return undefined;
    const { uploads, loader } = machinery;
    void uploads.start();
    const stopScene = session.listen({ onScene: loader.soon.soon, onEdit: loader.soon.soon });
    const stopConnection = connection.subscribe(() => {
      if (connection.current() !== 'connected') return;
      uploads.retry();
      loader.retry();
    });
    return () => {
      stopScene();
      stopConnection();
      uploads.stop();
      loader.stop();
    };
  }, [session, machinery]);

  const images = useMemo((): Images | null => {
    if (!machinery) return null;
    const { uploads, loader } = machinery;
    return {
      identify: (file) => uploads.add(file, file.name, limit),
      bind: (editor) => loader.bind(editor),
      filesOf: (scene) => loader.filesOf(scene),
    };
  }, [machinery, limit]);
  const waiting = useSyncExternalStore(
    machinery?.uploads.subscribe ?? neverChanges,
    machinery?.uploads.list ?? nothing,
  );
  return { images, waiting };
}
