/** Files put onto the canvas on screen: drawings and texts by the server, pictures by the editor. */
import { useMutation } from '@tanstack/react-query';
import { isPicture, readImport, takeEach } from '../services/importFile';
import { drawingIn } from './excalidrawFiles';
import { putOn } from './useNewCanvas';

interface Dropped {
  files: readonly File[];
  place: (picture: File) => void;
}

interface TakenHere {
  added: number;
  skipped: number;
  /** A sentence for each file that could not be taken. */
  refused: string[];
}

export function useFilesHere(canvasId: string) {
  return useMutation({
    mutationFn: async ({ files, place }: Dropped): Promise<TakenHere> => {
      let [added, skipped] = [0, 0];
      const refused = await takeEach(files, async (file) => {
        const drawing = await drawingIn(file);
        if (isPicture(file) && !drawing) {
          place(file);
          return;
        }
        const reply = await putOn(canvasId, await readImport(drawing ?? file));
        added += reply?.added ?? 0;
        skipped += reply?.skipped ?? 0;
      });
      return { added, skipped, refused };
    },
  });
}
