/** New canvases that begin with something: a file, a template, a copy of another one. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { aiAgentService } from '../services/aiAgentService';
import { createCanvas, deleteCanvas, getObjects } from '../services/canvasService';
import { IMPORTABLE, readImport } from '../services/importFile';
import { uploadScene } from '../services/sceneUpload';
import { getSocket } from '../services/socketClient';
import type { Canvas } from '../types/api';
import type { SceneElement } from '../types/protocol';

export { IMPORTABLE };

/** Files from elsewhere may lack what this editor's version expects; it mends them itself. */
async function mended(elements: SceneElement[]): Promise<SceneElement[]> {
  const { restoreElements } = await import('@excalidraw/excalidraw');
  const given = elements as unknown as Parameters<typeof restoreElements>[0];
  const restored = restoreElements(given, null, { repairBindings: true });
  return restored as unknown as SceneElement[];
}

/** A canvas that could not be filled is not left behind, empty. */
async function filled(title: string, fill: (canvas: Canvas) => Promise<unknown>): Promise<Canvas> {
  const canvas = await createCanvas(title);
  try {
    await fill(canvas);
    return canvas;
  } catch (error) {
    await deleteCanvas(canvas.id).catch(() => undefined);
    throw error;
  }
}

const drawn = (title: string, instructions: string) =>
  filled(title, ({ id }) => aiAgentService.createCanvasWithAI(instructions, { canvas_id: id }));

export function useNewCanvas() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ['canvases'] });
  return {
    fromFile: useMutation({
      mutationFn: async (file: File) => {
        const imported = await readImport(file);
        if (imported.kind === 'instructions') return drawn(imported.title, imported.instructions);
        const elements = await mended(imported.elements);
        return filled(imported.title, ({ id }) => uploadScene(getSocket(), id, elements));
      },
      onSuccess,
    }),
    fromTemplate: useMutation({
      mutationFn: ({ title, instructions }: { title: string; instructions: string }) =>
        drawn(title, instructions),
      onSuccess,
    }),
    copyOf: useMutation({
      mutationFn: async ({ id, title }: { id: string; title: string }) => {
        const elements = (await getObjects(id)).filter((element) => !element.isDeleted);
        return filled(title, async (copy) => {
          if (elements.length > 0) await uploadScene(getSocket(), copy.id, elements);
        });
      },
      onSuccess,
    }),
  };
}
