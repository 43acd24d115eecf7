/** What jsdom lacks and the components expect, and the DOM matchers. */
import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';

// A machine that also compiles is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

class NoResize implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoResize;
