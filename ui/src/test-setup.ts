/** What jsdom lacks and the components expect, and the DOM matchers. */
import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';

// A machine that also compiles is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

/** Everything has a size: a window that shows all, and rows of a hand's breadth. */
class Sized implements ResizeObserver {
  readonly #tell: ResizeObserverCallback;

  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell;
  }

  observe(target: Element) {
    const height = target.matches('[role=log]') ? 10_000 : 40;
    const contentRect = new DOMRect(0, 0, 800, height);
    const size = [{ inlineSize: 800, blockSize: height }];
    const sizes = { borderBoxSize: size, contentBoxSize: size, devicePixelContentBoxSize: size };
    queueMicrotask(() => this.#tell([{ target, contentRect, ...sizes }], this));
  }

  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = Sized;
globalThis.DOMRect ??= class {
  constructor(
    public x = 0,
    public y = 0,
    public width = 0,
    public height = 0,
  ) {}
} as unknown as typeof DOMRect;

// virtua takes only what is laid out for something to measure.
Object.defineProperty(HTMLElement.prototype, 'offsetParent', { get: () => document.body });

// jsdom lays nothing out, and so scrolls to nowhere.
Element.prototype.scrollTo = function (this: Element, to?: ScrollToOptions | number) {
  if (typeof to === 'object' && to.top !== undefined) this.scrollTop = to.top;
};
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

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
