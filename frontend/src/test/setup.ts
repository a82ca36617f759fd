/** What tests share: matchers, an IndexedDB, and the browser features that jsdom leaves out. */
import { configure } from '@testing-library/dom';
import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { vi } from 'vitest';

// On a busy machine a second, as it is by default, is no sign that something never comes.
configure({ asyncUtilTimeout: 10_000 });

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
