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

class NoMatch extends EventTarget implements MediaQueryList {
  readonly matches = false;
  onchange = null;
  constructor(readonly media: string) {
    super();
  }
  addListener() {}
  removeListener() {}
}
globalThis.matchMedia ??= (query) => new NoMatch(query);

Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true;
    (this.querySelector<HTMLElement>('[autofocus]') ?? this.querySelector<HTMLElement>('button, input'))?.focus();
  },
  close(this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  },
});
