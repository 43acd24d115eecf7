/**
 * What floats over the page beside something: moved to the end of the page, so
 * that no list cuts it off, and kept beside what it belongs to.
 */
import type { Attachment } from 'svelte/attachments';

const MARGIN = 8;

/** Something with a place on the screen. */
export type Anchor = { getClientRects(): DOMRectList };

/** Below the last line of `anchor` if there is room, above its first if not. */
export function floating(anchor: () => Anchor, side: 'above' | 'below' = 'below'): Attachment<HTMLElement> {
  return (node) => {
    document.body.append(node);
    const settle = () => {
      const rows = [...anchor().getClientRects()];
      const [first, last] = [rows[0], rows.at(-1)];
      if (!first || !last) return;
      const above = first.top - node.offsetHeight;
      const fitsBelow = last.bottom + node.offsetHeight <= innerHeight - MARGIN;
      const up = side === 'above' ? above >= MARGIN : !fitsBelow && above >= MARGIN;
      const beside = side === 'above' ? first.left : last.left;
      const most = Math.max(MARGIN, innerWidth - node.offsetWidth - MARGIN);
      const lowest = Math.max(MARGIN, innerHeight - node.offsetHeight - MARGIN);
      node.style.left = `${Math.min(Math.max(beside, MARGIN), most)}px`;
      node.style.top = `${up ? above : Math.min(last.bottom, lowest)}px`;
    };
    const resized = new ResizeObserver(settle);
    settle();
    resized.observe(node);
    addEventListener('scroll', settle, true);
    addEventListener('resize', settle);
    return () => {
      resized.disconnect();
      removeEventListener('scroll', settle, true);
      removeEventListener('resize', settle);
      node.remove();
    };
  };
}
