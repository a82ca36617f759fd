/** Canvases, their members and their exports over HTTP. */
import type {
  Canvas,
  CanvasPage,
  ExportFormat,
  InvitationInfo,
  Member,
  Role,
  ShareResult,
} from '../types/api';
import type { SceneElement } from '../types/protocol';
import { requestBlob, requestJson } from './apiClient';

const at = (id: string) => `/api/canvases/${encodeURIComponent(id)}`;

export function listCanvases(cursor: string | null = null): Promise<CanvasPage> {
  const query = new URLSearchParams({ limit: '50' });
  if (cursor) query.set('cursor', cursor);
  return requestJson<CanvasPage>(`/api/canvases?${query}`);
}

export async function createCanvas(title?: string): Promise<Canvas> {
  const body = title ? { title } : {};
  return (await requestJson<{ canvas: Canvas }>('/api/canvases', { method: 'POST', body })).canvas;
}

export async function getCanvas(id: string): Promise<Canvas> {
  return (await requestJson<{ canvas: Canvas }>(at(id))).canvas;
}

export async function renameCanvas(id: string, title: string): Promise<Canvas> {
  const reply = await requestJson<{ canvas: Canvas }>(at(id), { method: 'PATCH', body: { title } });
  return reply.canvas;
}

export async function deleteCanvas(id: string, options: { keepalive?: true } = {}): Promise<void> {
  await requestJson(at(id), { ...options, method: 'DELETE' });
}

export async function getObjects(id: string): Promise<SceneElement[]> {
  return (await requestJson<{ objects: SceneElement[] }>(`${at(id)}/objects`)).objects;
}

export async function listMembers(id: string): Promise<Member[]> {
  return (await requestJson<{ members: Member[] }>(`${at(id)}/permissions`)).members;
}

/** Adds an existing account at once; for an unknown address answers with an invitation's link. */
export function shareCanvas(id: string, email: string, role: Role): Promise<ShareResult> {
  return requestJson<ShareResult>(`${at(id)}/permissions`, {
    method: 'POST',
    body: { email, role },
  });
}

export async function changeRole(id: string, userId: string, role: Role): Promise<void> {
  await requestJson(`${at(id)}/permissions/${userId}`, { method: 'PATCH', body: { role } });
}

export async function removeMember(id: string, userId: string): Promise<void> {
  await requestJson(`${at(id)}/permissions/${userId}`, { method: 'DELETE' });
}

export async function listInvitations(id: string): Promise<InvitationInfo[]> {
  const reply = await requestJson<{ invitations: InvitationInfo[] }>(`${at(id)}/invitations`);
  return reply.invitations;
}

export async function withdrawInvitation(id: string, invitationId: string): Promise<void> {
  await requestJson(`${at(id)}/invitations/${invitationId}`, { method: 'DELETE' });
}

export function acceptInvitation(token: string): Promise<{ canvas_id: string; role: Role }> {
  return requestJson('/api/invitations/accept', { method: 'POST', body: { token } });
}

export function exportCanvas(id: string, format: ExportFormat): Promise<Blob> {
  return requestBlob(`${at(id)}/export?format=${format}`);
}

/** Address of a canvas's picture; changes with its content, so that a cached one is never stale. */
export function previewUrl(canvas: Canvas): string {
  return `${at(canvas.id)}/export?format=svg&v=${encodeURIComponent(canvas.updated_at)}`;
}
