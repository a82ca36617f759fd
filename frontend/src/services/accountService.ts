/** Where an account is signed in, and its API tokens. */
import type { Answer, ApiToken, Body, SignIn, User } from '../types/api';
import { requestJson } from './apiClient';

/** The name that others see. */
export async function renamePerson(name: string): Promise<User> {
  const body: Body<'PersonIn'> = { name };
  return (await requestJson<Answer<'rename_me'>>('/api/auth/me', { method: 'PATCH', body })).user;
}

export async function listSignIns(): Promise<SignIn[]> {
  return (await requestJson<Answer<'list_sessions'>>('/api/auth/sessions')).sessions;
}

export async function endSignIn(id: string): Promise<void> {
  await requestJson(`/api/auth/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export async function listTokens(): Promise<ApiToken[]> {
  return (await requestJson<Answer<'list_tokens'>>('/api/auth/tokens')).tokens;
}

/** The secret is shown once, here, and can never be asked for again. */
export async function createToken(name: string): Promise<string> {
  const body: Body<'TokenIn'> = { name };
  return (await requestJson<Answer<'create_token'>>('/api/auth/tokens', { method: 'POST', body }))
    .secret;
}

export async function revokeToken(id: string): Promise<void> {
  await requestJson(`/api/auth/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
