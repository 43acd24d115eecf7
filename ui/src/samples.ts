/** Messages, and a back end that answers when it is told to, for the tests. */
import { vi } from 'vitest';
import type { Api, Status } from './lib/api';
import type { Arrangement } from './lib/types/Arrangement';
import type { Correction } from './lib/types/Correction';
import type { Deleted } from './lib/types/Deleted';
import type { Question } from './lib/types/Question';
import type { Shown } from './lib/conversation.svelte';
import type { Analysis } from './lib/types/Analysis';
import type { Conversation } from './lib/types/Conversation';
import type { Entity } from './lib/types/Entity';
import type { Exchange } from './lib/types/Exchange';
import type { Line } from './lib/types/Line';

export const model = { name: 'sotto-squeezebert-s', version: '1.2.3' };

export const analysis: Analysis = {
  intent: { name: 'reminder_update', confidence: 0.976 },
  intent_ranking: [{ name: 'reminder_update', confidence: 0.976 }],
  act: { name: 'request', confidence: 0.9 },
  sentiment: { name: 'positive', confidence: 0.8, scores: { negative: 0.1, neutral: 0.1, positive: 0.8 } },
  entities: [],
  model,
};

export function entity(text: string, more: Partial<Entity> = {}): Entity {
  const end = [...text].length;
  return { start: 0, end, text, entity: 'person', confidence: 0.97, value: text, source: 'model', ...more };
}

export function line(id: number, text: string, more: Partial<Line> = {}): Line {
  return {
    id,
    conversation: 1,
    speaker: 'user',
    time: Date.UTC(2026, 10, 24, 12),
    source: 'typed',
    text,
    analysis: null,
    correction: null,
    edited: null,
    segments: [{ text, entity: null }],
    ...more,
  };
}

export function shown(id: number, text: string, more: Partial<Line> = {}): Shown {
  return { key: `${id}`, line: line(id, text, more), state: 'kept', problem: null };
}

export function conversation(id: number, title: string, messages = 2): Conversation {
  const updated = Date.UTC(2026, 10, 24, 12) + id;
  return { id, title, created: updated, updated, messages, pinned: false, archived: false, off_record: false };
}

/** A back end in memory. A sent message waits for {@link answer} or {@link refuse}. */
export class FakeApi implements Api {
  preview = false;
  rows: Conversation[] = [];
  lines: Line[] = [];
  state: Status = { data: '/data/sotto', model, problem: null };
  #waiting: [Exchange, (exchange: Exchange) => void, (reason: unknown) => void][] = [];

  conversations = vi.fn(async () => [...this.rows]);

  newConversation = vi.fn(async () => {
    const created = conversation(this.rows.length + 1, '', 0);
    this.rows = [created, ...this.rows];
    return created;
  });

  messages = vi.fn(async (id: number, before: number | null, limit: number) =>
    this.lines.filter((each) => each.conversation === id && each.id < (before ?? Infinity)).slice(-limit),
  );

  messagesFrom = vi.fn(async (id: number, first: number, limit: number) =>
    this.lines.filter((each) => each.conversation === id).slice(first, first + limit),
  );

  place = vi.fn(async (id: number): Promise<[number, number]> => {
    const found = this.lines.find((each) => each.id === id)!;
    return [found.conversation, this.lines.filter((each) => each.conversation === found.conversation).indexOf(found)];
  });

  question = vi.fn(async (): Promise<Question | null> => null);

  newOffRecordConversation = vi.fn(async () => {
    const created = { ...conversation(this.rows.length + 1, '', 0), off_record: true };
    this.rows = [created, ...this.rows];
    return created;
  });

  arrange = vi.fn(async (id: number, wish: Arrangement) => {
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, ...wish } : row));
    return this.rows.find((row) => row.id === id)!;
  });

  #gone: [number, Line[], Conversation[]][] = [];

  #remove(lines: Line[], rows: Conversation[], id: number): Deleted {
    this.#gone.push([this.#gone.length, lines, rows]);
    this.lines = this.lines.filter((each) => !lines.includes(each));
    this.rows = this.rows.filter((each) => !rows.includes(each));
    return { undo: this.#gone.length - 1, conversation: id, messages: lines.length };
  }

  deleteConversation = vi.fn(async (id: number) => {
    const rows = this.rows.filter((row) => row.id === id);
    return this.#remove(this.lines.filter((each) => each.conversation === id), rows, id);
  });

  deleteMessage = vi.fn(async (id: number) => {
    const at = this.lines.findIndex((each) => each.id === id);
    const answered = this.lines[at]?.speaker === 'user' && this.lines[at + 1]?.source === 'assistant';
    return this.#remove(this.lines.slice(at, at + (answered ? 2 : 1)), [], this.lines[at]!.conversation);
  });

  bringBack = vi.fn(async (undo: number) => {
    const [, lines, rows] = this.#gone[undo]!;
    this.lines = [...this.lines, ...lines].sort((one, other) => one.id - other.id);
    this.rows = [...rows, ...this.rows];
    return lines[0]?.conversation ?? rows[0]!.id;
  });

  editMessage = vi.fn(async (id: number, text: string) => this.#change(id, { text, edited: Date.UTC(2026, 10, 25), segments: [{ text, entity: null }] }));

  correct = vi.fn(async (id: number, correction: Correction) => {
    const nothing = !correction.intent && !correction.act && !correction.sentiment && correction.entities.length === 0;
    return this.#change(id, { correction: nothing ? null : correction });
  });

  labels = vi.fn(async () => ({
    intents: ['greeting', 'out_of_scope', 'reminder', 'reminder_update', 'timer'],
    acts: ['greeting', 'question', 'request'],
    sentiments: ['negative', 'neutral', 'positive'] as ('negative' | 'neutral' | 'positive')[],
    entities: ['date', 'location', 'person'],
  }));

  #change(id: number, changes: Partial<Line>): Line {
    this.lines = this.lines.map((each) => (each.id === id ? { ...each, ...changes } : each));
    return this.lines.find((each) => each.id === id)!;
  }

  send = vi.fn((id: number, text: string) => {
    const next = this.lines.length + this.#waiting.length * 2 + 1;
    const message = line(next, text, { conversation: id, analysis });
    const reply = line(next + 1, `You said ${text}`, { conversation: id, speaker: 'assistant', source: 'assistant' });
    const exchange = { message, reply, actions: [], question: null, refused: null };
    return new Promise<Exchange>((resolve, reject) => this.#waiting.push([exchange, resolve, reject]));
  });

  due = vi.fn(async (): Promise<Line[]> => []);
  exportConversation = vi.fn(async (): Promise<string | null> => '/home/anna/chat.jsonl');
  status = vi.fn(async () => this.state);

  /** Answers the message that has waited longest. */
  answer(question: Question | null = null) {
    const [answered, resolve] = this.#next();
    const exchange = { ...answered, question };
    this.lines.push(exchange.message, exchange.reply);
    this.rows = this.rows.map((row) => ({ ...row, title: row.title || exchange.message.text }));
    resolve(exchange);
  }

  /** Refuses the message that has waited longest. */
  refuse(message: string) {
    this.#next()[2]({ code: 'store', message });
  }

  #next() {
    const waiting = this.#waiting.shift();
    if (!waiting) throw new Error('no message is waiting');
    return waiting;
  }
}
