/** Saving a canvas as a file, or copying it as a picture. */
import { useMutation } from '@tanstack/react-query';
import { t } from '../i18n';
import { ApiError } from '../services/apiClient';
import { exportCanvas } from '../services/canvasService';
import type { ExportFormat } from '../types/api';

/** Of formats whose files do not end in the format's own name. */
const EXTENSION: Partial<Record<ExportFormat, string>> = { mermaid: 'mmd' };

function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function fileName(title: string, extension: string): string {
  const safe = title.replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'canvas';
  return `${safe}.${extension}`;
}

/** Without a line, a picture can still be had from the editor (`drawPng`). */
async function contentOf(
  canvasId: string,
  format: ExportFormat,
  drawPng: () => Promise<Blob>,
): Promise<Blob> {
  try {
    return await exportCanvas(canvasId, format);
  } catch (error) {
    const unreachable = error instanceof ApiError && error.status === 0;
    if (format === 'png' && unreachable) return drawPng();
    throw error;
  }
}

export function useExport(canvasId: string, title: string, drawPng: () => Promise<Blob>) {
  return {
    save: useMutation({
      mutationFn: async (format: ExportFormat) =>
        saveFile(
          await contentOf(canvasId, format, drawPng),
          fileName(title, EXTENSION[format] ?? format),
        ),
    }),
    copy: useMutation({ mutationFn: () => copyPicture(drawPng()) }),
  };
}

/** The clipboard takes the promise: some browsers allow it only right after the click. */
async function copyPicture(picture: Promise<Blob>): Promise<void> {
  if (typeof ClipboardItem === 'undefined' || !navigator.clipboard) {
    await picture;
    throw new Error(t().canvas.cannotCopy);
  }
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
}
