/** The one place that calls fetch: JSON in and out, errors as sentences that may be shown. */
import { t } from '../i18n';
import type { ErrorBody } from '../types/api';

export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    readonly fields: Readonly<Record<string, string>> = {},
    readonly errorId?: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** For programs; the browser's cookie is sent without it. */
  token?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Arrives even if the page goes away meanwhile. */
  keepalive?: boolean;
}

let pageLoads = new AbortController();
let leaving: Promise<unknown> | null = null;

/**
 * While `end` ends the sign-in, nothing is loaded, since the server would refuse it: what is on its
 * way is given up, and what a page asks for meanwhile waits, and goes on only if `end` fails. What
 * changes something on the server is not touched.
 */
export async function leave(end: () => Promise<unknown>): Promise<void> {
  pageLoads.abort();
  pageLoads = new AbortController();
  leaving = end();
  try {
    await leaving;
  } finally {
    leaving = null;
  }
}

async function unlessLeft(ending: Promise<unknown>): Promise<void> {
  const left = await ending.then(
    () => true,
    () => false,
  );
  if (left) throw new DOMException('Signed out meanwhile.', 'AbortError');
}

function signalOf(request: ApiRequest): AbortSignal | null {
  const { method = 'GET', signal } = request;
  if (method !== 'GET') return signal ?? null;
  return signal ? AbortSignal.any([signal, pageLoads.signal]) : pageLoads.signal;
}

async function send(path: string, request: ApiRequest): Promise<Response> {
  const { method = 'GET' } = request;
  if (leaving && method === 'GET') await unlessLeft(leaving);
  const headers: Record<string, string> = { ...request.headers };
  if (request.body !== undefined) headers['Content-Type'] = 'application/json';
  if (request.token) headers.Authorization = `Bearer ${request.token}`;
  const init: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
  };
  if (request.body !== undefined) init.body = JSON.stringify(request.body);
  if (request.keepalive) init.keepalive = true;
  const signal = signalOf(request);
  if (signal) init.signal = signal;
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(t().app.unreachable, 0, 'unreachable');
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  return refusalOf(response.status, body);
}

/** The server's sentence, or one of ours where it gave none. */
export function refusalOf(status: number, body: ErrorBody): ApiError {
  const busy = status >= 502 && status <= 504;
  const fallback = busy ? t().app.unreachable : t().app.serverError(status);
  const message = t().app.errors[body.code ?? ''] ?? body.error ?? fallback;
  const shown = body.error_id ? t().app.withId(message, body.error_id) : message;
  return new ApiError(shown, status, body.code ?? 'error', body.fields, body.error_id);
}

/** Throws ApiError; its message is a sentence for the person. */
export async function requestJson<T>(path: string, request: ApiRequest = {}): Promise<T> {
  const response = await send(path, request);
  return (await response.json()) as T;
}

export async function requestBlob(path: string): Promise<Blob> {
  return (await send(path, {})).blob();
}
