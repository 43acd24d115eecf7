/**
 * The state of the window: which conversation is open, what it shows, and what
 * is on its way to the back end.
 *
 * Messages are sent one after another in the order they were written, and one
 * that fails stays, text and all, until it is sent again or taken back.
 */
import { problemOf, type Api, type Problem, type Status } from './api';
import type { Conversation } from './types/Conversation';
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

/** Something to tell the user once. */
export type Notice = { kind: 'done' | 'failed'; text: string };

/** Where messages go: a conversation, or one that its first message will create. */
class Place {
  id = $state<number | null>(null);

  constructor(id: number | null = null) {
    this.id = id;
  }

  is(other: Place): boolean {
    return this === other || (this.id !== null && this.id === other.id);
  }
}

type Unsent = Shown & { place: Place };

/** A typed message as it will look until the back end has tagged it. */
function typed(text: string, time: number): Line {
  const source = 'typed' as const;
  const segments = [{ text, entity: null }];
  return { id: 0, conversation: 0, speaker: 'user', time, source, text, analysis: null, segments };
}

/** The older lines and the newer as one list; a message in both is there once, as the newer say. */
function joined(older: Line[], newer: Line[]): Line[] {
  return [...new Map([...older, ...newer].map((line) => [line.id, line])).values()];
}

export class Chat {
  conversations = $state.raw<Conversation[]>([]);
  status = $state.raw<Status | null>(null);
  notice = $state.raw<Notice | null>(null);
  /** Whether messages are on their way; so it begins. */
  loading = $state(true);
  /** The message around which the list was opened, if not at its end. */
  target = $state.raw<number | null>(null);

  #api: Api;
  #draft = new Place();
  #place = $state.raw<Place>(this.#draft);
  #lines = $state.raw<Line[]>([]);
  #hasOlder = $state(false);
  #hasNewer = $state(false);
  #unsent = $state.raw<Unsent[]>([]);
  #queue = Promise.resolve();
  #sent = 0;
  /** Keys of the messages that were sent from this window, by message. */
  #keys = new Map<number, string>();

  /** The open conversation's row; none while it has yet to be created. */
  current = $derived(this.conversations.find(({ id }) => id === this.#place.id) ?? null);

  /** What the message list draws. */
  shown: Shown[] = $derived([
    ...this.#lines.map((line): Shown => {
      const key = this.#keys.get(line.id) ?? `${line.id}`;
      return { key, line, state: 'kept', problem: null };
    }),
    ...this.#unsent.filter(({ place }) => place.is(this.#place)),
  ]);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Which list this is: changes when another conversation is opened. */
  get place(): object {
    return this.#place;
  }

  /** Lists the conversations and opens the latest, unless the user was quicker. */
  async begin(): Promise<void> {
    const place = this.#place;
    await this.#list();
    if (place !== this.#place) return;
    this.loading = false;
    const latest = this.conversations[0];
    if (latest && this.#unsent.length === 0) await this.open(latest.id);
  }

  async open(id: number): Promise<void> {
    if (id === this.#place.id) return;
    this.#enter(new Place(id));
    await this.#fetch(null);
  }

  /** An empty page; the conversation is created when its first message is sent. */
  startNew(): void {
    if (this.#draft.id !== null) this.#draft = new Place();
    this.#enter(this.#draft);
  }

  /** Opens a conversation around one of its messages. */
  async openAt(id: number, message: number): Promise<void> {
    this.#enter(new Place(id), true);
    await this.#fetchAround(message);
  }

  /** Whether the list ends before the conversation does. */
  get hasNewer(): boolean {
    return this.#hasNewer;
  }

  async loadNewer(): Promise<void> {
    const [place, last] = [this.#place, this.#lines.at(-1)];
    if (!this.#hasNewer || this.loading || place.id === null || !last) return;
    await this.#loadInto(place, async (id) => {
      const page = await this.#api.messagesAfter(id, last.id, PAGE);
      return () => {
        this.#lines = joined(this.#lines, page);
        this.#hasNewer = page.length === PAGE;
      };
    });
  }

  /** Goes back to the end of the conversation. */
  async toLatest(): Promise<void> {
    if (!this.#hasNewer || this.#place.id === null) return;
    this.#enter(new Place(this.#place.id), true);
    await this.#fetch(null);
  }

  async loadOlder(): Promise<void> {
    if (this.#hasOlder && !this.loading) await this.#fetch(this.#lines[0]?.id ?? null);
  }

  /** Shows the message at once and sends it when those before it have gone. */
  send(text: string, now: number): Promise<void> {
    this.notice = null;
    void this.toLatest();
    const key = `sent-${++this.#sent}`;
    const line = typed(text, now);
    this.#unsent = [...this.#unsent, { key, line, state: 'sending', problem: null, place: this.#place }];
    return this.#deliver(key);
  }

  retry(key: string): Promise<void> {
    this.#update(key, { state: 'sending', problem: null });
    return this.#deliver(key);
  }

  /** Takes a failed message out of the list and hands back its text. */
  takeBack(key: string): string {
    const text = this.#unsent.find((unsent) => unsent.key === key)?.line.text ?? '';
    this.#unsent = this.#unsent.filter((unsent) => unsent.key !== key);
    return text;
  }

  /** Lists the conversations again: something came in from elsewhere. */
  refresh(): Promise<void> {
    return this.#list();
  }

  /** Shows the timers, alarms and reminders that have just gone off, wherever they were asked for. */
  async ring(): Promise<void> {
    let fired: Line[];
    try {
      fired = await this.#api.due();
    } catch {
      // The status line says already what is wrong with the store.
      return;
    }
    if (fired.length === 0) return;
    this.#append(fired.filter(({ conversation }) => conversation === this.#place.id));
    this.notice = { kind: 'done', text: fired.map(({ text }) => text).join('\n') };
    await this.#list();
  }

  /** Asks how the back end is; true once there is nothing more to wait for. */
  async checkStatus(): Promise<boolean> {
    try {
      this.status = await this.#api.status();
    } catch (error) {
      this.status = { data: '', model: null, problem: problemOf(error) };
    }
    return this.status.model !== null || this.status.problem !== null;
  }

  #enter(place: Place, anew = false): void {
    if (place === this.#place && !anew) return;
    this.notice = null;
    this.#place = place;
    this.#lines = [];
    this.#hasOlder = false;
    this.#hasNewer = false;
    this.target = null;
    this.loading = false;
  }

  /** Adds what is new at the end, if the list reaches it. */
  #append(lines: Line[]): void {
    if (!this.#hasNewer) this.#lines = joined(this.#lines, lines);
  }

  async #list(): Promise<void> {
    try {
      this.conversations = await this.#api.conversations();
    } catch (error) {
      this.notice = { kind: 'failed', text: problemOf(error).message };
    }
  }

  #fetch(before: number | null): Promise<void> {
    return this.#loadInto(this.#place, async (id) => {
      const page = await this.#api.messages(id, before, PAGE);
      return () => {
        this.#lines = joined(page, this.#lines);
        this.#hasOlder = page.length === PAGE;
      };
    });
  }

  #fetchAround(message: number): Promise<void> {
    return this.#loadInto(this.#place, async (id) => {
      const page = await this.#api.messagesAround(id, message, PAGE / 2);
      return () => {
        const before = page.filter((line) => line.id < message).length;
        this.#lines = page;
        this.#hasOlder = before === PAGE / 2;
        this.#hasNewer = page.length - before === PAGE / 2;
        this.target = message;
      };
    });
  }

  /** Fetches for `place`, and shows what came unless another was opened meanwhile. */
  async #loadInto(place: Place, fetch: (id: number) => Promise<() => void>): Promise<void> {
    if (place.id === null) return;
    this.loading = true;
    try {
      const show = await fetch(place.id);
      if (place === this.#place) show();
    } catch (error) {
      this.notice = { kind: 'failed', text: problemOf(error).message };
    } finally {
      if (place === this.#place) this.loading = false;
    }
  }

  #update(key: string, change: Partial<Shown>): void {
    this.#unsent = this.#unsent.map((unsent) => (unsent.key === key ? { ...unsent, ...change } : unsent));
  }

  #deliver(key: string): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      const unsent = this.#unsent.find((each) => each.key === key);
      if (!unsent) return;
      const { place, line } = unsent;
      try {
        place.id ??= (await this.#api.newConversation()).id;
        const { message, reply } = await this.#api.send(place.id, line.text);
        this.#keys.set(message.id, key);
        this.#unsent = this.#unsent.filter((each) => each.key !== key);
        if (place.is(this.#place)) this.#append([message, reply]);
      } catch (error) {
        this.#update(key, { state: 'failed', problem: problemOf(error) });
      }
      await this.#list();
    });
    return this.#queue;
  }
}
