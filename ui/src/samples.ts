/** Messages, and a back end that answers when it is told to, for the tests. */
import { vi } from 'vitest';
import type { Api, Dropping, Saved, Status, Tagging, Told } from './lib/api';
import type { Arrangement } from './lib/types/Arrangement';
import type { Correction } from './lib/types/Correction';
import type { Deleted } from './lib/types/Deleted';
import type { Question } from './lib/types/Question';
import type { Shown } from './lib/conversation.svelte';
import type { Analysis } from './lib/types/Analysis';
import type { Conversation } from './lib/types/Conversation';
import type { Entity } from './lib/types/Entity';
import type { Cursor } from './lib/types/Cursor';
import type { Exchange } from './lib/types/Exchange';
import type { Found } from './lib/types/Found';
import type { Imported } from './lib/types/Imported';
import type { Insight } from './lib/types/Insight';
import type { Line } from './lib/types/Line';
import type { Order } from './lib/types/Order';
import type { Outgoing } from './lib/types/Outgoing';
import type { Preview } from './lib/types/Preview';
import type { Reading } from './lib/types/Reading';
import type { Card } from './lib/types/Card';
import type { Moved } from './lib/types/Moved';
import type { Preferences } from './lib/types/Preferences';
import type { Restored } from './lib/types/Restored';
import type { Settings } from './lib/types/Settings';

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

export const preferences: Preferences = {
  data: null,
  model: null,
  language: null,
  theme: 'system',
  text_size: 100,
  notify: true,
  tray: false,
  shortcut: null,
};

export const settings: Settings = {
  preferences,
  file: '/home/anna/.config/sotto/settings.json',
  problem: null,
  version: '0.1.0',
  data: '/data/sotto',
  data_fixed: false,
  contents: { conversations: 3, messages: 1200, bytes: 5_300_000 },
  retention: null,
  model: {
    folder: '/usr/lib/Sotto/models/squeezebert',
    name: model.name,
    version: model.version,
    licence: 'CC BY-SA 4.0',
    scores: [{ measure: 'clinc150 accuracy', value: '94.5' }],
  },
  model_fixed: false,
  at_login: false,
  shortcuts: true,
};

export const insight: Insight = {
  messages: 12,
  tagged: 10,
  first: Date.UTC(2026, 10, 20, 12),
  last: Date.UTC(2026, 10, 24, 12),
  step: 'day',
  moods: [
    { from: '2026-11-20', until: '2026-11-21', negative: 1, neutral: 4, positive: 0 },
    { from: '2026-11-21', until: '2026-11-22', negative: 0, neutral: 2, positive: 3 },
  ],
  intents: [
    { name: 'weather', count: 6 },
    { name: 'out_of_scope', count: 4 },
  ],
  acts: [{ name: 'question', count: 7 }],
  speakers: [{ name: 'user', count: 12 }],
  names: [{ kind: 'person', name: 'Anna', count: 3 }],
  activity: [{ weekday: 5, hour: 12, count: 12 }],
};

export const preview: Preview = {
  path: '/home/anna/chat.txt',
  name: 'chat.txt',
  problem: null,
  headings: [],
  log: {
    format: 'whatsapp',
    encoding: 'UTF-8',
    order: 'day_first',
    order_undecided: false,
    conversations: { chat: 4 },
    participants: { Anna: 3, Bob: 1 },
    messages: 4,
    first: Date.UTC(2026, 2, 4, 9),
    last: Date.UTC(2026, 2, 5, 9),
    beginning: [{ speaker: 'Anna', time: Date.UTC(2026, 2, 4, 9), text: 'Are you coming?', source: 'imported' }],
    warnings: [{ entry: null, line: 17, what: 'has no time' }],
    warning_count: 1,
  },
};

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

  /** What the page hears timers and alarms with. */
  hear: (fired: Line[]) => void = () => {};
  listen = vi.fn(async (hear: (fired: Line[]) => void) => {
    this.hear = hear;
  });
  search = vi.fn(async (query: string, _order: Order, after: Cursor | null, limit: number): Promise<Found> => {
    const word = query.trim().toLowerCase();
    const all = this.lines.filter(({ text }) => text.toLowerCase().includes(word)).reverse();
    const start = after?.skip ?? 0;
    const hits = all.slice(start, start + limit).map((each) => ({ ...each, title: 'Kitchen', excerpt: [{ text: each.text, hit: true }] }));
    const next = start + limit < all.length ? { time: 0, id: 0, skip: start + limit } : null;
    return { hits, next, total: all.length };
  });
  count = vi.fn(async (_query: string) => this.lines.length);
  insight = vi.fn(async (_query: string): Promise<Insight> => insight);
  exportFormats = vi.fn(async () => ['jsonl', 'csv']);
  previewExport = vi.fn(async (outgoing: Outgoing, _limit: number) => `${outgoing.format} ${outgoing.query}`);
  export = vi.fn(
    async (_outgoing: Outgoing, _title: string, _told: Told): Promise<Saved | null> => ({
      path: '/home/anna/chat.jsonl',
      messages: 2,
      pseudonyms: null,
    }),
  );
  chooseLogs = vi.fn(async () => ['/home/anna/chat.txt']);
  dropped: (dropping: Dropping) => void = () => {};
  watchDrops = vi.fn(async (told: (dropping: Dropping) => void) => void (this.dropped = told));
  previewLog = vi.fn(async (path: string, _reading: Reading, _told: Told): Promise<Preview> => ({ ...preview, path }));
  importLog = vi.fn(
    async (_path: string, _reading: Reading, _told: Told): Promise<Imported> => ({
      log: preview.log!,
      added: 3,
      known: 1,
      conversations: [1],
    }),
  );
  callOff = vi.fn(async () => {});
  tags: Tagging = { tagged: 0, failed: 0, total: 0, running: false, paused: false, problem: null };
  tagging = vi.fn(async () => this.tags);
  pauseTagging = vi.fn(async (paused: boolean) => void (this.tags = { ...this.tags, paused }));
  status = vi.fn(async () => this.state);

  set = settings;
  preferences = vi.fn(async () => this.set.preferences);
  choose = vi.fn(async (chosen: Preferences) => {
    this.set = { ...this.set, preferences: chosen };
    return chosen;
  });
  settings = vi.fn(async () => this.set);
  startAtLogin = vi.fn(async (on: boolean) => {
    this.set = { ...this.set, at_login: on };
  });
  setRetention = vi.fn(async (retention: number | null) => {
    this.set = { ...this.set, retention };
  });
  deleteEverything = vi.fn(async () => {
    this.rows = [];
    this.lines = [];
  });
  openData = vi.fn(async () => {});
  moveData = vi.fn(async (): Promise<Moved | null> => ({ from: '/data/sotto', to: '/media/sotto', left: null }));
  chooseModel = vi.fn(async (): Promise<Card | null> => this.set.model);
  useShippedModel = vi.fn(async (): Promise<Card> => settings.model!);
  backUp = vi.fn(async (): Promise<string | null> => '/media/Sotto.db');
  restore = vi.fn(
    async (): Promise<Restored | null> => ({
      contents: { conversations: 2, messages: 40, bytes: 9000 },
      aside: '/data/sotto/sotto.before-restore.db',
    }),
  );

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
