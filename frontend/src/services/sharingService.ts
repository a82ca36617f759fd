/** Who may open a canvas, over HTTP: members, invitations, share links, ownership. */
import type {
  Answer,
  Entry,
  Invitation,
  Member,
  NewShareLink,
  Role,
  ShareLink,
  ShareResult,
} from '../types/api';
import { requestJson } from './apiClient';

const at = (id: string) => `/api/canvases/${encodeURIComponent(id)}`;

export async function listMembers(id: string): Promise<Member[]> {
  return (await requestJson<Answer<'list_members'>>(`${at(id)}/permissions`)).members;
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

export async function transferCanvas(id: string, userId: string): Promise<void> {
  await requestJson(`${at(id)}/transfer`, { method: 'POST', body: { user_id: userId } });
}

export async function listInvitations(id: string): Promise<Invitation[]> {
  const reply = await requestJson<Answer<'list_invitations'>>(`${at(id)}/invitations`);
  return reply.invitations;
}

export async function withdrawInvitation(id: string, invitationId: string): Promise<void> {
  await requestJson(`${at(id)}/invitations/${invitationId}`, { method: 'DELETE' });
}

export function acceptInvitation(token: string): Promise<Entry> {
  return requestJson<Answer<'accept_invitation'>>('/api/invitations/accept', {
    method: 'POST',
    body: { token },
  });
}

export async function listShareLinks(id: string): Promise<ShareLink[]> {
  const reply = await requestJson<Answer<'list_share_links'>>(`${at(id)}/share-links`);
  return reply.share_links;
}

/** The answer alone holds the link's address. */
export async function createShareLink(id: string, role: Role, days: number): Promise<NewShareLink> {
  const reply = await requestJson<Answer<'create_share_link'>>(`${at(id)}/share-links`, {
    method: 'POST',
    body: { role, days },
  });
  return reply.share_link;
}

export async function revokeShareLink(id: string, linkId: string): Promise<void> {
  await requestJson(`${at(id)}/share-links/${linkId}`, { method: 'DELETE' });
}

export function openShareLink(token: string): Promise<Entry> {
  return requestJson<Answer<'open_share_link'>>('/api/share-links/open', {
    method: 'POST',
    body: { token },
  });
}
