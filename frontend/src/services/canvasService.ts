/** Canvases and their exports over HTTP. */
import type { Answer, Body, Canvas, CanvasPage, ExportFormat, ImportReply } from '../types/api';
import type { SceneElement } from '../types/protocol';
import { t } from '../i18n';
import { ApiError, requestBlob, requestJson } from './apiClient';

const at = (id: string) => `/api/canvases/${encodeURIComponent(id)}`;

export function listCanvases(cursor: string | null = null): Promise<CanvasPage> {
  const query = new URLSearchParams({ limit: '50' });
  if (cursor) query.set('cursor', cursor);
  return requestJson<Answer<'list_canvases'>>(`/api/canvases?${query}`);
}

export async function createCanvas(title?: string): Promise<Canvas> {
  const body: Body<'CanvasIn'> = title ? { title } : {};
  return (await requestJson<Answer<'create_canvas'>>('/api/canvases', { method: 'POST', body }))
    .canvas;
}

export async function getCanvas(id: string): Promise<Canvas> {
  return (await requestJson<Answer<'get_canvas'>>(at(id))).canvas;
}

export async function renameCanvas(id: string, title: string): Promise<Canvas> {
  const reply = await requestJson<Answer<'rename_canvas'>>(at(id), {
    method: 'PATCH',
    body: { title },
  });
  return reply.canvas;
}

export async function deleteCanvas(id: string, options: { keepalive?: true } = {}): Promise<void> {
  await requestJson(at(id), { ...options, method: 'DELETE' });
}

export async function getObjects(id: string): Promise<SceneElement[]> {
  return (await requestJson<Answer<'get_objects'>>(`${at(id)}/objects`)).objects;
}

/** Puts the objects and pictures of an Excalidraw file onto a canvas. */
export async function importScene(id: string, file: Blob): Promise<ImportReply> {
  let body: unknown;
  try {
    body = JSON.parse(await file.text());
  } catch {
    throw new ApiError(t().images.notExcalidraw, 0, 'not_importable');
  }
  return requestJson<ImportReply>(`${at(id)}/import`, { method: 'POST', body });
}

export function exportCanvas(id: string, format: ExportFormat): Promise<Blob> {
  return requestBlob(`${at(id)}/export?format=${format}`);
}

/** Address of a canvas's picture; changes with its content, so that a cached one is never stale. */
export function previewUrl(canvas: Canvas): string {
  return `${at(canvas.id)}/export?format=svg&v=${encodeURIComponent(canvas.updated_at)}`;
}
