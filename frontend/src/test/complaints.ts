/** What is written to the console as an error or a warning while a test runs: each fails it. */
import { format } from 'node:util';
import { vi } from 'vitest';

export const complaints: string[] = [];

export function hearComplaints() {
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      complaints.push(`${level}: ${format(...words)}`);
    });
  }
}
