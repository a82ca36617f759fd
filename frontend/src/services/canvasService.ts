/** Canvases and their exports over HTTP. */
import type {
  Answer,
  Body,
  Canvas,
  CanvasPage,
  ExportFormat,
  ImportReply,
  ReviewFinding,
} from '../types/api';
import { requestBlob, requestJson } from './apiClient';
import type { SceneDocument } from './importFile';

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

/** A canvas of one's own with the same objects and pictures. */
export async function duplicateCanvas(id: string, title: string): Promise<Canvas> {
  const body: Body<'DuplicateIn'> = { title };
  const reply = await requestJson<Answer<'duplicate_canvas'>>(`${at(id)}/duplicate`, {
    method: 'POST',
    body,
  });
  return reply.canvas;
}

/** Puts the objects and pictures of an Excalidraw document beside what is on a canvas. */
export function importScene(id: string, body: SceneDocument): Promise<ImportReply> {
  return requestJson<ImportReply>(`${at(id)}/import`, { method: 'POST', body });
}

export function exportCanvas(id: string, format: ExportFormat): Promise<Blob> {
  return requestBlob(`${at(id)}/export?format=${format}`);
}

/** Address of the small picture of a version. */
export function versionThumbnail(id: string, version: number): string {
  return `${at(id)}/versions/${version}/thumbnail`;
}

/** Faults in what a drawing says, by rule. */
export async function reviewCanvas(id: string): Promise<ReviewFinding[]> {
  const reply = await requestJson<Answer<'review_canvas'>>(`${at(id)}/review`, { method: 'POST' });
  return reply.findings;
}
