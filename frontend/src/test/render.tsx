/** Rendering with the providers that the application has. */
import { MantineProvider } from '@mantine/core';
// Loaded when they are needed; a test on a busy machine would give up waiting for them.
import '@mantine/notifications';
import '../components/ui/OpenedMenu';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { vi } from 'vitest';
import { NoticeBoard } from '../components/ui/NoticeBoard';

export function show(element: ReactElement) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <NoticeBoard />
        {element}
      </MantineProvider>
    </QueryClientProvider>,
  );
}

export interface Call {
  method: string;
  path: string;
  query: string;
  body: unknown;
  headers: Record<string, string>;
}

type Answer = { status?: number; body: unknown };

/** A server that answers by "METHOD /path" (a query string is ignored); records what it was asked. */
export function serve(answers: Record<string, Answer | ((call: Call) => Answer)>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const [path = url, query = ''] = url.split('?');
    const method = init.method ?? 'GET';
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const call = {
      method,
      path,
      query,
      body,
      headers: (init.headers ?? {}) as Record<string, string>,
    };
    calls.push(call);
    const known = answers[`${method} ${path}`];
    const answer = typeof known === 'function' ? known(call) : known;
    if (!answer) throw new Error(`nobody answers ${method} ${path}`);
    const status = answer.status ?? 200;
    return new Response(JSON.stringify(answer.body), { status });
  });
  return calls;
}

export const CONFIG = {
  success: true,
  user: null,
  registration: 'open',
  oidc: null,
  planner: { name: 'offline', offline: true },
  models: [{ id: 'offline', label: 'offline', offline: true }],
  styles: ['modern', 'corporate', 'creative', 'minimal'],
  color_schemes: ['default', 'pastel', 'vibrant', 'monochrome'],
  limits: { instructions: 4000, file_bytes: 10_485_760 },
};
