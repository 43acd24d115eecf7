/**
 * The state of the window: which conversation is open, what it shows, and what
 * is on its way to the back end.
 *
 * Messages are sent one after another in the order they were written, and one
 * that fails stays, text and all, until it is sent again or taken back.
 */
import { problemOf, type Api, type Status } from './api';
import { Kept, PAGE, type Shown } from './kept.svelte';
import { speakerName } from './labels';
import { strings } from './strings';
import type { Arrangement } from './types/Arrangement';
import type { Conversation } from './types/Conversation';
import type { Correction } from './types/Correction';
import type { Deleted } from './types/Deleted';
import type { Line } from './types/Line';
import type { Question } from './types/Question';

export { PAGE, type Shown } from './kept.svelte';

/** Something to tell the user once, and the way back if there is one. */
export type Notice = { kind: 'done' | 'failed'; text: string; undo?: () => Promise<void> };

/** A message to go to. */
export type Target = { id: number; index: number };

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
  const untagged = { analysis: null, correction: null, edited: null };
  return { id: 0, conversation: 0, speaker: 'user', time, source, text, ...untagged, segments };
}

export class Chat {
  conversations = $state.raw<Conversation[]>([]);
  status = $state.raw<Status | null>(null);
  notice = $state.raw<Notice | null>(null);
  /** The latest answer, for who listens instead of looking. */
  heard = $state.raw('');
  /** Whether messages are on their way; so it begins. */
  loading = $state(true);
  /** The message that was asked for, to go to. */
  target = $state.raw<Target | null>(null);
  /** The question that waits for its answer. */
  question = $state.raw<Question | null>(null);

  #api: Api;
  #draft = new Place();
  #place = $state.raw<Place>(this.#draft);
  #kept = new Kept();
  #unsent = $state.raw<Unsent[]>([]);
  #queue = Promise.resolve();
  #sent = 0;

  /** The open conversation's row; none while it has yet to be created. */
  current = $derived(this.conversations.find(({ id }) => id === this.#place.id) ?? null);

  /** What the message list draws: as many as there are, some of them not here yet. */
  shown: readonly (Shown | undefined)[] = $derived([
    ...this.#kept.rows,
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
    const latest = this.conversations.find(({ archived, off_record }) => !archived && !off_record);
    if (latest && this.#unsent.length === 0) await this.open(latest.id);
  }

  /** Begins again over other data: what was shown is not there any more. */
  async startAgain(): Promise<void> {
    this.startNew();
    this.#unsent = [];
    this.loading = true;
    await Promise.all([this.begin(), this.checkStatus()]);
  }

  async open(id: number): Promise<void> {
    if (id === this.#place.id) return;
    this.#enter(new Place(id));
    await this.#latest();
    await this.#ask();
  }

  /** Opens the conversation of a message and goes to it. */
  async show(message: number): Promise<void> {
    try {
      const [id, index] = await this.#api.place(message);
      await this.open(id);
      await this.need(index);
      this.target = { id: message, index };
    } catch (error) {
      this.#failed(error);
    }
  }

  /** An empty page; the conversation is created when its first message is sent. */
  startNew(): void {
    if (this.#draft.id !== null) this.#draft = new Place();
    this.#enter(this.#draft);
  }

  /** An empty conversation of which nothing is kept. */
  async startOffRecord(): Promise<void> {
    try {
      const { id } = await this.#api.newOffRecordConversation();
      await this.#list();
      await this.open(id);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Fetches the messages around the place `index`, where they are not here yet. */
  async need(index: number): Promise<void> {
    const { id } = this.#place;
    if (id === null) return;
    try {
      await this.#kept.need(index, (first, limit) => this.#api.messagesFrom(id, first, limit));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Shows the message at once and sends it when those before it have gone. */
  send(text: string, now: number): Promise<void> {
    this.notice = null;
    this.question = null;
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
  async ring(fired: Line[]): Promise<void> {
    this.#kept.append(fired.filter(({ conversation }) => conversation === this.#place.id));
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

  /** Sets what the user says of a message's tags; `said` tells of it. */
  async correct(line: Line, correction: Correction, said: string): Promise<void> {
    const before = line.correction ?? { intent: null, act: null, sentiment: null, entities: [] };
    const set = async (wanted: Correction) => this.#kept.replace(await this.#api.correct(line.id, wanted));
    await this.#undoably(said, () => set(correction), () => set(before));
  }

  /** Changes the text of a message and has it tagged again. */
  async edit(line: Line, text: string): Promise<void> {
    const set = async (wanted: string) => this.#kept.replace(await this.#api.editMessage(line.id, wanted));
    await this.#undoably(strings.messageEdited, () => set(text), () => set(line.text));
    await this.#list();
  }

  /** Deletes a message, and with one of the user's the answer to it. */
  async deleteMessage(line: Line): Promise<void> {
    const place = this.#place;
    await this.#delete(strings.messageDeleted, () => this.#api.deleteMessage(line.id), ({ messages }) => {
      const back = place === this.#place ? this.#kept.take(line.id, messages) : undefined;
      return () => place === this.#place && back?.();
    });
  }

  async deleteConversation(conversation: Conversation): Promise<void> {
    const said = conversation.off_record ? strings.offRecordClosed : strings.conversationDeleted(conversation.title);
    const wasOpen = conversation.id === this.#place.id;
    await this.#delete(said, () => this.#api.deleteConversation(conversation.id), () => {
      if (wasOpen) this.startNew();
      return () => void (wasOpen && this.open(conversation.id));
    });
  }

  /** Names, pins or puts away a conversation. */
  async arrange({ id, title, pinned, archived }: Conversation, wish: Arrangement): Promise<void> {
    const set = async (wanted: Arrangement) => {
      await this.#api.arrange(id, wanted);
      await this.#list();
    };
    if (wish.archived) await this.#undoably(strings.archivedNow(title), () => set(wish), () => set({ archived }));
    else if (wish.title !== undefined) await this.#undoably(strings.renamed, () => set(wish), () => set({ title }));
    else await this.#undoably(null, () => set(wish), () => set({ pinned, archived }));
  }

  /** Copies the text of a message; of several with who said each. */
  async copy(...lines: Line[]): Promise<void> {
    const named = ({ speaker, text }: Line) => `${speakerName(speaker)}: ${text}`;
    try {
      await navigator.clipboard.writeText(lines.length > 1 ? lines.map(named).join('\n') : (lines[0]?.text ?? ''));
      this.notice = { kind: 'done', text: strings.copied };
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Takes back what the notice tells of. */
  async undo(): Promise<void> {
    const undo = this.notice?.undo;
    this.notice = null;
    await undo?.();
  }

  /** Says what went wrong. */
  fail(error: unknown): void {
    this.#failed(error);
  }

  /** Does something that can be taken back, and says so. */
  async #undoably(said: string | null, act: () => Promise<void>, back: () => Promise<void>): Promise<void> {
    try {
      await act();
      const undo = () => back().catch((error: unknown) => this.#failed(error));
      this.notice = said === null ? null : { kind: 'done', text: said, undo };
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Deletes; `take` takes it from what is shown, and gives what puts it back there. */
  async #delete(said: string, act: () => Promise<Deleted>, take: (deleted: Deleted) => (() => unknown) | undefined) {
    try {
      const deleted = await act();
      const show = take(deleted);
      await this.#list();
      const back = async (undo: number) => {
        try {
          await this.#api.bringBack(undo);
          await this.#list();
          show?.();
        } catch (error) {
          this.#failed(error);
        }
      };
      const { undo } = deleted;
      this.notice = { kind: 'done', text: said, ...(undo === null ? {} : { undo: () => back(undo) }) };
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    this.notice = { kind: 'failed', text: problemOf(error).message };
  }

  #enter(place: Place): void {
    if (place === this.#place) return;
    this.notice = null;
    this.question = null;
    this.target = null;
    this.#place = place;
    this.#kept.clear();
    this.loading = false;
  }

  async #list(): Promise<void> {
    try {
      this.conversations = await this.#api.conversations();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Fetches the latest messages, and makes room for those before them. */
  async #latest(): Promise<void> {
    const place = this.#place;
    if (place.id === null) return;
    this.loading = true;
    try {
      const page = await this.#api.messages(place.id, null, PAGE);
      if (place !== this.#place) return;
      const known = this.conversations.find(({ id }) => id === place.id)?.messages ?? 0;
      const before = page.length < PAGE ? 0 : Math.max(known - page.length, 0);
      this.#kept.begin(before, page);
    } catch (error) {
      this.#failed(error);
    } finally {
      if (place === this.#place) this.loading = false;
    }
  }

  /** Asks for the question that waits since an earlier time. */
  async #ask(): Promise<void> {
    const place = this.#place;
    if (place.id === null) return;
    // Without it there are only no buttons to answer it.
    const question = await this.#api.question(place.id).catch(() => null);
    if (place === this.#place && !this.#unsent.some((unsent) => unsent.place.is(place))) this.question = question;
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
        const { message, reply, question } = await this.#api.send(place.id, line.text);
        this.#kept.sentAs(message.id, key);
        this.#unsent = this.#unsent.filter((each) => each.key !== key);
        this.heard = reply.text;
        if (place.is(this.#place)) {
          this.#kept.append([message, reply]);
          this.question = question;
        }
      } catch (error) {
        this.#update(key, { state: 'failed', problem: problemOf(error) });
      }
      await this.#list();
    });
    return this.#queue;
  }
}
