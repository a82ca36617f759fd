/** Saving a canvas as a file. */
import { useMutation } from '@tanstack/react-query';
import { exportCanvas } from '../services/canvasService';
import type { ExportFormat } from '../types/api';

const EXTENSION: Record<ExportFormat, string> = {
  excalidraw: 'excalidraw',
  svg: 'svg',
  mermaid: 'mmd',
};

export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function fileName(title: string, extension: string): string {
  const safe = title.replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'canvas';
  return `${safe}.${extension}`;
}

export function useExport(canvasId: string, title: string) {
  return useMutation({
    mutationFn: async (format: ExportFormat) =>
      saveFile(await exportCanvas(canvasId, format), fileName(title, EXTENSION[format])),
  });
}
