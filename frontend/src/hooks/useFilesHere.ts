/** Files put onto the canvas on screen: drawings and texts by the server, pictures by the editor. */
import { useMutation } from '@tanstack/react-query';
import { t } from '../i18n';
import { isPicture, MOST_FILES, readImport } from '../services/importFile';
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
      const taken: TakenHere = { added: 0, skipped: 0, refused: [] };
      for (const file of files.slice(0, MOST_FILES)) {
        try {
          const drawing = await drawingIn(file);
          if (isPicture(file) && !drawing) {
            place(file);
          } else {
            const reply = await putOn(canvasId, await readImport(drawing ?? file));
            taken.added += reply?.added ?? 0;
            taken.skipped += reply?.skipped ?? 0;
          }
        } catch (error) {
          taken.refused.push(error instanceof Error ? error.message : String(error));
        }
      }
      if (files.length > MOST_FILES) taken.refused.push(t().home.tooManyFiles(MOST_FILES));
      return taken;
    },
  });
}
