/** Which messages of the open conversation are selected, to be taken elsewhere together. */
import { SvelteSet } from 'svelte/reactivity';
import type { Shown } from './kept.svelte';
import type { Line } from './types/Line';

type Rows = readonly (Shown | undefined)[];

export class Selection {
  #ids = new SvelteSet<number>();
  /** The place in the list from which it is extended. */
  #from: number | null = null;

  has({ line, state }: Shown): boolean {
    return state === 'kept' && this.#ids.has(line.id);
  }

  /** The selected messages that are still there, in their order. */
  of(rows: Rows): Line[] {
    if (this.#ids.size === 0) return [];
    return rows.flatMap((shown) => (shown && this.has(shown) ? shown.line : []));
  }

  /** Selects the message at a place, or no longer. */
  toggle(at: number, rows: Rows): void {
    const shown = rows[at];
    if (shown?.state !== 'kept') return;
    if (!this.#ids.delete(shown.line.id)) this.#ids.add(shown.line.id);
    this.#from = at;
  }

  /** The places from the latest selected one to this one; from `near`, if there is none. */
  reach(to: number, near = to): [first: number, last: number] {
    const from = this.#from ?? near;
    return [Math.min(from, to), Math.max(from, to)];
  }

  /** Selects all messages that {@link reach} names. */
  extend(to: number, rows: Rows, near = to): void {
    const [first, last] = this.reach(to, near);
    for (const shown of rows.slice(first, last + 1)) {
      if (shown?.state === 'kept') this.#ids.add(shown.line.id);
    }
    this.#from = to;
  }

  clear(): void {
    this.#ids.clear();
    this.#from = null;
  }
}

/** The search that finds these messages of one conversation: `in:3 id:7,9-12`. */
export function queryOf(lines: Line[]): string {
  const ids = lines.map(({ id }) => id).sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const id of ids) {
    const last = runs.at(-1);
    if (last && id === last[1] + 1) last[1] = id;
    else runs.push([id, id]);
  }
  // The conversation says where to look: what is off the record lies elsewhere.
  return `in:${lines[0]?.conversation} id:${runs.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',')}`;
}
