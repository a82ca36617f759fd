/** Accounts and the server's public settings. */
import type { Answer, AppConfig, Body, User } from '../types/api';
import { leave, requestJson } from './apiClient';

export type Credentials = Body<'LoginIn'>;

type Signed = Answer<'login'>;

export async function signIn(credentials: Credentials): Promise<User> {
  const reply = await requestJson<Signed>('/api/auth/login', { method: 'POST', body: credentials });
  return reply.user;
}

export async function createAccount(account: Body<'RegisterIn'>): Promise<User> {
  const reply = await requestJson<Signed>('/api/auth/register', { method: 'POST', body: account });
  return reply.user;
}

export function signOut(): Promise<void> {
  return leave(() => requestJson('/api/auth/logout', { method: 'POST', body: {} }));
}

/** What a page has to know first; `user` is null if nobody is signed in. */
export function loadConfig(): Promise<AppConfig> {
  return requestJson<Answer<'get_config'>>('/api/config');
}
