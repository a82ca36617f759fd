/** A scene as a picture that the editor itself drew, with what changed marked in it. */
import { exportToSvg, getCommonBounds, restoreElements } from '@excalidraw/excalidraw';
import type { Images } from '../../../hooks/useImages';
import type { Rectangle } from '../../../types/ai';
import type { SceneElement } from '../../../types/protocol';
import type { SceneDiff } from '../../../sync/sceneDiff';
import { binaryFile } from '../editorFiles';
import { charactersByFont, loadFonts } from '../textFonts';

const PADDING = 40;
const MARGIN = 6;
const FADED = 35;
/** Excalidraw's own default; the canvas has no other background. */
const BACKGROUND = '#ffffff';

export type Mark = Rectangle & { id: string; kind: keyof SceneDiff };

export interface Drawing {
  svg: SVGSVGElement;
  /** The whole of it, in its own coordinates. */
  area: Rectangle;
  marks: Mark[];
}

interface Wanted {
  scene: readonly SceneElement[];
  diff: SceneDiff | null;
  images: Images | null;
  dark: boolean;
}

/** Null for an empty scene. */
export async function drawScene({ scene, diff, images, dark }: Wanted): Promise<Drawing | null> {
  const gone = structuredClone(diff?.removed ?? []);
  for (const element of gone) element.opacity = FADED;
  const given = [...scene, ...gone] as unknown as Parameters<typeof restoreElements>[0];
  const elements = restoreElements(given, null);
  if (elements.length === 0) return null;
  void loadFonts(charactersByFont(scene));
  const files = (await images?.filesOf([...scene, ...gone])) ?? [];
  const svg = await exportToSvg({
    elements,
    files: Object.fromEntries(files.map((file) => [file.id, binaryFile(file)])),
    exportPadding: PADDING,
    skipInliningFonts: true,
    appState: {
      exportBackground: false,
      viewBackgroundColor: BACKGROUND,
      exportWithDarkMode: dark,
      frameRendering: { enabled: true, clip: true, outline: true, name: false },
    },
  });
  const [left, top, right, bottom] = getCommonBounds(elements);
  const area = {
    x: 0,
    y: 0,
    width: right - left + 2 * PADDING,
    height: bottom - top + 2 * PADDING,
  };
  return { svg, area, marks: diff ? marksOf(elements, diff, left, top) : [] };
}

type Elements = ReturnType<typeof restoreElements>;

function marksOf(elements: Elements, diff: SceneDiff, left: number, top: number): Mark[] {
  const byId = new Map(elements.map((element) => [element.id, element]));
  return (['added', 'changed', 'removed'] as const).flatMap((kind) =>
    diff[kind].flatMap(({ id }): Mark[] => {
      const element = byId.get(id);
      if (!element) return [];
      const [x1, y1, x2, y2] = getCommonBounds([element]);
      const x = x1 - left + PADDING - MARGIN;
      const y = y1 - top + PADDING - MARGIN;
      const width = x2 - x1 + 2 * MARGIN;
      return [{ id, kind, x, y, width, height: y2 - y1 + 2 * MARGIN }];
    }),
  );
}
