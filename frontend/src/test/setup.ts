/** What tests share: matchers, an IndexedDB, and the browser features that jsdom leaves out. */
import { configure } from '@testing-library/dom';
import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, vi } from 'vitest';
import { complaints, hearComplaints } from './complaints';

// On a busy machine a second, as it is by default, is no sign that something never comes.
configure({ asyncUtilTimeout: 60_000 });

// What a library warns of is a fault, as in the tests of the server.
beforeEach(() => {
  hearComplaints();
  // Tests wait for what they look for. That something moves after its test has seen enough, a
  // message that fades out, is nothing to be warned of.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
});
afterEach(() => {
  const heard = complaints.splice(0);
  if (heard.length > 0) throw new Error(`The console heard:\n${heard.join('\n')}`);
});

// The founding document's test speaks to jest by name.
Object.assign(globalThis, { jest: vi });

if (typeof window !== 'undefined') {
  window.matchMedia ??= (query: string) =>
    ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      addListener: () => undefined,
      removeListener: () => undefined,
    }) as unknown as MediaQueryList;
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  if (!('fonts' in document)) {
    Object.defineProperty(document, 'fonts', { value: new EventTarget() });
  }
}
