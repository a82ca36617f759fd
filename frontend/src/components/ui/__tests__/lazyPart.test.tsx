import { MantineProvider } from '@mantine/core';
import { act, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { t } from '../../../i18n';
import { lazyPart } from '../lazyPart';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function show(load: Parameters<typeof lazyPart<object>>[0]): void {
  const Part = lazyPart(load);
  render(
    <MantineProvider>
      <p>The rest</p>
      <Suspense fallback="Loading">
        <Part />
      </Suspense>
    </MantineProvider>,
  );
}

const seconds = (count: number) => act(() => vi.advanceTimersByTimeAsync(count * 1000));

it('waits for a part that cannot be loaded while the server is away', async () => {
  const load = vi
    .fn()
    .mockRejectedValueOnce(new Error('away'))
    .mockRejectedValueOnce(new Error('away'))
    .mockResolvedValue({ default: () => <p>Here it is</p> });
  show(load);
  await seconds(3);
  expect(screen.getByText('Loading')).toBeVisible();
  await seconds(2);
  expect(screen.getByText('Here it is')).toBeVisible();
  expect(load).toHaveBeenCalledTimes(3);
});

it('says so in the place of a part that never comes, and the rest of the page stays', async () => {
  show(() => Promise.reject(new Error('gone')));
  await seconds(40);
  expect(screen.getByRole('alert')).toHaveTextContent(t().app.partMissing);
  expect(screen.getByText('The rest')).toBeVisible();
  expect(screen.getByRole('button', { name: t().app.tryAgain })).toBeVisible();
});
