/** Accounts and the server's public settings. */
import type { AppConfig, User } from '../types/api';
import { ApiError, requestJson } from './apiClient';

export interface Credentials {
  email: string;
  password: string;
}

type Signed = { user: User };

export async function signIn(credentials: Credentials): Promise<User> {
  const reply = await requestJson<Signed>('/api/auth/login', { method: 'POST', body: credentials });
  return reply.user;
}

export async function createAccount(account: Credentials & { name: string }): Promise<User> {
  const reply = await requestJson<Signed>('/api/auth/register', { method: 'POST', body: account });
  return reply.user;
}

export async function signOut(): Promise<void> {
  await requestJson('/api/auth/logout', { method: 'POST', body: {} });
}

/** The signed-in user, or null. */
export async function currentUser(): Promise<User | null> {
  try {
    return (await requestJson<Signed>('/api/auth/me')).user;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export function loadConfig(): Promise<AppConfig> {
  return requestJson<AppConfig>('/api/config');
}
