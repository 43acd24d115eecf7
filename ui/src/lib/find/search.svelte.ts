/** A search that follows what is typed: the latest question wins, whatever comes back first. */
import { problemOf, type FindApi, type Problem } from '../api';
import type { Cursor } from '../types/Cursor';
import type { Hit } from '../types/Hit';
import type { Order } from '../types/Order';

/** How many messages are asked for at a time. */
export const PAGE = 30;

/** Whoever types faster than this is not done typing: milliseconds. */
const PAUSE = 120;

export class Search {
  hits = $state.raw<Hit[]>([]);
  /** How many there are altogether, if that is known. */
  total = $state.raw<number | null>(null);
  next = $state.raw<Cursor | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  /** What the hits answer. */
  answered = $state.raw('');

  #api: FindApi;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: FindApi) {
    this.#api = api;
  }

  /** Looks for `query` as soon as the typing pauses. */
  ask(query: string, order: Order): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    if (query.trim() === '') {
      this.#show([], null, null, '');
      this.problem = null;
      this.busy = false;
      return;
    }
    this.busy = true;
    this.#timer = setTimeout(() => this.#run(query, order, null), PAUSE);
  }

  /** Adds the next page. */
  async more(query: string, order: Order): Promise<void> {
    if (this.next && !this.busy) await this.#run(query, order, this.next);
  }

  async #run(query: string, order: Order, after: Cursor | null): Promise<void> {
    const asked = ++this.#asked;
    this.busy = true;
    try {
      const { hits, next, total } = await this.#api.search(query, order, after, PAGE);
      if (asked !== this.#asked) return;
      const known = new Set(this.hits.map(({ id }) => id));
      if (after) this.#show([...this.hits, ...hits.filter(({ id }) => !known.has(id))], next, this.total, query);
      else this.#show(hits, next, total, query);
      this.problem = null;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#show([], null, null, query);
      this.problem = problemOf(error);
    }
    this.busy = false;
  }

  #show(hits: Hit[], next: Cursor | null, total: number | null, answered: string): void {
    this.hits = hits;
    this.next = next;
    this.total = total;
    this.answered = answered;
  }
}

/** A value as a query has it: in quotation marks, which it cannot hold itself. */
export function quoted(value: string): string {
  return `"${value.replace(/["“”„]/g, ' ').trim()}"`;
}
