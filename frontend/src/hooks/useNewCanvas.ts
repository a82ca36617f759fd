/** New canvases that begin with something: words, files, a copy of another one. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { t } from '../i18n';
import { aiAgentService } from '../services/aiAgentService';
import {
  createCanvas,
  deleteCanvas,
  duplicateCanvas,
  importScene,
} from '../services/canvasService';
import {
  IMPORTABLE,
  readImport,
  sceneOfPicture,
  takeEach,
  type Imported,
} from '../services/importFile';
import type { Canvas } from '../types/api';
import { drawingIn, repaired } from './excalidrawFiles';

export { IMPORTABLE };

interface Taken {
  canvases: Canvas[];
  /** A sentence for each file that could not be taken. */
  refused: string[];
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

/** Puts what a file holds onto a canvas. Answers with what was added at once, if anything was. */
export async function putOn(canvasId: string, imported: Imported) {
  switch (imported.kind) {
    case 'instructions':
      await aiAgentService.createCanvasWithAI(imported.instructions, { canvas_id: canvasId });
      return null;
    case 'picture':
      return importScene(canvasId, await repaired(await sceneOfPicture(imported.picture)));
    case 'scene':
      return importScene(canvasId, await repaired(imported.document));
  }
}

async function fromFile(file: File): Promise<Canvas> {
  const imported = await readImport((await drawingIn(file)) ?? file);
  return filled(imported.title, ({ id }) => putOn(id, imported));
}

async function fromFiles(files: readonly File[]): Promise<Taken> {
  const canvases: Canvas[] = [];
  const refused = await takeEach(files, async (file) => {
    canvases.push(await fromFile(file));
  });
  return { canvases, refused };
}

export interface Wish {
  instructions: string;
  /** Without one, the server makes it of the instruction. */
  title?: string;
}

async function fromWords({ instructions, title }: Wish): Promise<{ id: string }> {
  if (title !== undefined) {
    return filled(title, ({ id }) =>
      aiAgentService.createCanvasWithAI(instructions, { canvas_id: id }),
    );
  }
  const { canvas_id: id } = await aiAgentService.createCanvasWithAI(instructions);
  if (id === null) throw new Error(t().app.somethingBroke);
  return { id };
}

export function useNewCanvas() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ['canvases'] });
  return {
    fromFiles: useMutation({ mutationFn: fromFiles, onSuccess }),
    fromWords: useMutation({ mutationFn: fromWords, onSuccess }),
    copyOf: useMutation({
      mutationFn: ({ id, title }: { id: string; title: string }) => duplicateCanvas(id, title),
      onSuccess,
    }),
  };
}
