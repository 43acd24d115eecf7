/**
 * The kept messages of the open conversation: room for as many as there are,
 * and those of them that were needed so far.
 */
import type { Problem } from './api';
import type { Line } from './types/Line';

/** How many messages are fetched at a time. */
export const PAGE = 100;

/** A message as the list draws it. */
export type Shown = {
  /** Stays the same when a sent message is replaced by its tagged self. */
  key: string;
  line: Line;
  state: 'kept' | 'sending' | 'failed';
  problem: Problem | null;
};

/** Gives at most `limit` messages from the place `first` on. */
type Fetch = (first: number, limit: number) => Promise<Line[]>;

export class Kept {
  /** Every message; nothing for those that are not here yet. */
  rows = $state.raw<readonly (Shown | undefined)[]>([]);

  /** Counts what moves messages to other places: a page that was asked for before is dropped. */
  #moves = 0;
  /** The pages that are on their way. */
  #coming = new Set<number>();
  /** Keys of the messages that were sent from this window, by message. */
  #keys = new Map<number, string>();

  /** Lets a message that was just sent be drawn where it was drawn as unsent. */
  sentAs(message: number, key: string): void {
    this.#keys.set(message, key);
  }

  clear(): void {
    this.#move((rows) => rows.splice(0));
  }

  /** The latest messages, with room for `before` earlier ones; what was said meanwhile stays. */
  begin(before: number, latest: Line[]): void {
    const meanwhile = this.rows.flatMap((shown) => shown?.line ?? []);
    this.rows = [...Array<undefined>(before), ...latest.map((line) => this.#shown(line))];
    this.append(meanwhile);
  }

  /** Fetches the page around the place `index`, where it is not here yet. */
  async need(index: number, fetch: Fetch): Promise<void> {
    const [moves, page] = [this.#moves, Math.floor(index / PAGE)];
    if (this.rows[index] || this.#coming.has(page)) return;
    this.#coming.add(page);
    try {
      const lines = await fetch(page * PAGE, PAGE);
      if (moves !== this.#moves) return;
      const rows = [...this.rows];
      lines.forEach((line, at) => (rows[page * PAGE + at] = this.#shown(line)));
      this.rows = rows;
    } finally {
      if (moves === this.#moves) this.#coming.delete(page);
    }
  }

  /** Puts messages at the end, those that are there already in their places. */
  append(lines: Line[]): void {
    const rows = [...this.rows];
    for (const line of lines) {
      const at = rows.findLastIndex((shown) => shown?.line.id === line.id);
      rows[at < 0 ? rows.length : at] = this.#shown(line);
    }
    this.rows = rows;
  }

  replace(line: Line): void {
    this.rows = this.rows.map((shown) => (shown?.line.id === line.id ? this.#shown(line) : shown));
  }

  /** Takes out the message and those after it, `count` in all; gives what makes room for them again. */
  take(message: number, count: number): (() => void) | undefined {
    const at = this.rows.findIndex((shown) => shown?.line.id === message);
    if (at < 0) return undefined;
    this.#move((rows) => rows.splice(at, count));
    return () => this.#move((rows) => rows.splice(at, 0, ...Array<undefined>(count)));
  }

  #move(change: (rows: (Shown | undefined)[]) => void): void {
    const rows = [...this.rows];
    change(rows);
    this.#moves++;
    this.#coming.clear();
    this.rows = rows;
  }

  #shown(line: Line): Shown {
    return { key: this.#keys.get(line.id) ?? `${line.id}`, line, state: 'kept', problem: null };
  }
}
