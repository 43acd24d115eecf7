/**
 * The one door to the back end, and the only module that names Tauri.
 *
 * Everything else takes an {@link Api} as an argument, so that tests hand in
 * their own and a plain browser gets the preview.
 */
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Arrangement } from './types/Arrangement';
import type { Card } from './types/Card';
import type { Conversation } from './types/Conversation';
import type { Correction } from './types/Correction';
import type { Cursor } from './types/Cursor';
import type { Deleted } from './types/Deleted';
import type { Exchange } from './types/Exchange';
import type { Found } from './types/Found';
import type { Imported } from './types/Imported';
import type { Insight } from './types/Insight';
import type { Labels } from './types/Labels';
import type { Line } from './types/Line';
import type { ModelVersion } from './types/ModelVersion';
import type { Moved } from './types/Moved';
import type { Order } from './types/Order';
import type { Outgoing } from './types/Outgoing';
import type { Preferences } from './types/Preferences';
import type { Preview } from './types/Preview';
import type { Question } from './types/Question';
import type { Reading } from './types/Reading';
import type { Restored } from './types/Restored';
import type { Settings } from './types/Settings';

/** What went wrong: a code for programs, a sentence for people. Every rejection is one. */
export type Problem = { code: string; message: string };

/** Where the data is kept, and the model: neither model nor problem while it loads. */
export type Status = { data: string; model: ModelVersion | null; problem: Problem | null };

/** How the tagging of imported messages stands. */
export type Tagging = {
  tagged: number;
  failed: number;
  total: number;
  running: boolean;
  paused: boolean;
  problem: Problem | null;
};

/** Files over the window, or dropped on it. */
export type Dropping = { what: 'over' } | { what: 'away' } | { what: 'dropped'; paths: string[] };

/** A file that was written, and the file of its pseudonyms if one was wanted. */
export type Saved = { path: string; messages: number; pseudonyms: string | null };

/** Hears how many messages are done. */
export type Told = (done: number) => void;

/** What the back end can do about all messages: find, count, take out, take in. */
export interface FindApi {
  /** At most `limit` messages that `query` finds, after `after`. */
  search(query: string, order: Order, after: Cursor | null, limit: number): Promise<Found>;
  /** How many messages `query` finds. */
  count(query: string): Promise<number>;
  /** Numbers over what `query` finds. */
  insight(query: string): Promise<Insight>;
  /** The formats that can be written. */
  exportFormats(): Promise<string[]>;
  /** The first `limit` messages of an export, as the file would have them. */
  previewExport(outgoing: Outgoing, limit: number): Promise<string>;
  /** Asks where to and writes there: the file, or null when called off in the dialog. */
  export(outgoing: Outgoing, title: string, told: Told): Promise<Saved | null>;
  /** Asks for files; none when called off. */
  chooseLogs(): Promise<string[]>;
  /** Tells of files on the window from now on. */
  watchDrops(told: (dropping: Dropping) => void): Promise<void>;
  /** What is in a file; nothing is stored. */
  previewLog(path: string, reading: Reading, told: Told): Promise<Preview>;
  /** Takes in a file, all of it or nothing, and has it tagged. */
  importLog(path: string, reading: Reading, told: Told): Promise<Imported>;
  /** Ends the import, export or preview under way. */
  callOff(): Promise<void>;
  /** How the tagging of imported messages stands. */
  tagging(): Promise<Tagging>;
  /** Stops the tagging, or goes on with it. */
  pauseTagging(paused: boolean): Promise<void>;
}

/** What the back end can do. */
export interface Api extends FindApi {
  /** Whether this is sample data in a browser, not the assistant. */
  readonly preview: boolean;
  /** All conversations, the latest first. */
  conversations(): Promise<Conversation[]>;
  /** Starts an empty conversation. */
  newConversation(): Promise<Conversation>;
  /** The last `limit` messages older than the message `before` (null: the newest), oldest first. */
  messages(conversation: number, before: number | null, limit: number): Promise<Line[]>;
  /** At most `limit` messages, oldest first, from the one on that has `first` before it. */
  messagesFrom(conversation: number, first: number, limit: number): Promise<Line[]>;
  /** The conversation of a message, and how many messages stand before it there. */
  place(message: number): Promise<[conversation: number, before: number]>;
  /** The question that waits for its answer in a conversation. */
  question(conversation: number): Promise<Question | null>;
  /** Starts an empty conversation that is in memory only. */
  newOffRecordConversation(): Promise<Conversation>;
  /** Names, pins or puts away a conversation. */
  arrange(conversation: number, wish: Arrangement): Promise<Conversation>;
  /** Deletes a conversation; {@link bringBack} can undo it for a while. */
  deleteConversation(conversation: number): Promise<Deleted>;
  /** Deletes a message, and with one of the user's the answer to it. */
  deleteMessage(message: number): Promise<Deleted>;
  /** Brings back what was deleted: the conversation that it is, or is in. */
  bringBack(undo: number): Promise<number>;
  /** Changes the text of a message and tags it again. */
  editMessage(message: number, text: string): Promise<Line>;
  /** Sets what the user says of a message's tags, in place of what they said before. */
  correct(message: number, correction: Correction): Promise<Line>;
  /** The tags to choose from. */
  labels(): Promise<Labels>;
  /** Stores, tags and answers a message. */
  send(conversation: number, text: string): Promise<Exchange>;
  /** Hands `hear` the messages of the timers, alarms and reminders that go off, from now on. */
  listen(hear: (fired: Line[]) => void): Promise<void>;
  /** How the back end is doing. */
  status(): Promise<Status>;

  /** What the user chose for this computer. */
  preferences(): Promise<Preferences>;
  /** Chooses anew; where data and model are is not chosen here. */
  choose(preferences: Preferences): Promise<Preferences>;
  /** What was chosen and what is there. */
  settings(): Promise<Settings>;
  /** Lets the system start Sotto when its user logs in, or no longer. */
  startAtLogin(on: boolean): Promise<void>;
  /** Chooses for how many days what was said is kept: null for as long as there is room. */
  setRetention(days: number | null): Promise<void>;
  /** Deletes for good all that is kept. */
  deleteEverything(): Promise<void>;
  /** Opens the data folder in the system's file manager. */
  openData(): Promise<void>;
  /** Asks for a folder and moves the data there: null when called off. */
  moveData(title: string, remove: boolean): Promise<Moved | null>;
  /** Asks for a model pack and goes on with it: null when called off. */
  chooseModel(title: string): Promise<Card | null>;
  /** Goes on with the model pack that came with Sotto. */
  useShippedModel(): Promise<Card>;
  /** Asks where to, and writes everything there as one file: its path, or null when called off. */
  backUp(title: string): Promise<string | null>;
  /** Asks for a backup and puts it in the place of everything: null when called off. */
  restore(title: string): Promise<Restored | null>;
}

const desktop: Api = {
  preview: false,
  conversations: () => invoke('conversations'),
  newConversation: () => invoke('new_conversation'),
  messages: (conversation, before, limit) => invoke('messages', { conversation, before, limit }),
  messagesFrom: (conversation, first, limit) => invoke('messages_from', { conversation, first, limit }),
  place: (message) => invoke('place', { message }),
  question: (conversation) => invoke('question', { conversation }),
  newOffRecordConversation: () => invoke('new_off_record_conversation'),
  arrange: (conversation, wish) => invoke('arrange', { conversation, wish }),
  deleteConversation: (conversation) => invoke('delete_conversation', { conversation }),
  deleteMessage: (message) => invoke('delete_message', { message }),
  bringBack: (undo) => invoke('bring_back', { undo }),
  editMessage: (message, text) => invoke('edit_message', { message, text }),
  correct: (message, correction) => invoke('correct', { message, correction }),
  labels: () => invoke('labels'),
  send: (conversation, text) => invoke('send', { conversation, text }),
  listen: (hear) => invoke('listen', { ear: new Channel(hear) }),
  status: () => invoke('status'),
  preferences: () => invoke('preferences'),
  choose: (preferences) => invoke('choose', { preferences }),
  settings: () => invoke('settings'),
  startAtLogin: (on) => invoke('start_at_login', { on }),
  setRetention: (days) => invoke('set_retention', { days }),
  deleteEverything: () => invoke('delete_everything'),
  openData: () => invoke('open_data'),
  moveData: (title, remove) => invoke('move_data', { title, remove }),
  chooseModel: (title) => invoke('choose_model', { title }),
  useShippedModel: () => invoke('use_shipped_model'),
  backUp: (title) => invoke('back_up', { title }),
  restore: (title) => invoke('restore', { title }),
  search: (query, order, after, limit) => invoke('search', { query, order, after, limit }),
  count: (query) => invoke('count', { query }),
  insight: (query) => invoke('insight', { query }),
  exportFormats: () => invoke('export_formats'),
  previewExport: (outgoing, limit) => invoke('preview_export', { outgoing, limit }),
  export: (outgoing, title, told) => invoke('export', { outgoing, title, told: new Channel(told) }),
  chooseLogs: () => invoke('choose_logs'),
  watchDrops: (told) => invoke('watch_drops', { told: new Channel(told) }),
  previewLog: (path, reading, told) => invoke('preview_log', { path, reading, told: new Channel(told) }),
  importLog: (path, reading, told) => invoke('import_log', { path, reading, told: new Channel(told) }),
  callOff: () => invoke('call_off'),
  tagging: () => invoke('tagging'),
  pauseTagging: (paused) => invoke('pause_tagging', { paused }),
};

/** The desktop's back end, or the preview where there is none. */
export async function connect(): Promise<Api> {
  if ('__TAURI_INTERNALS__' in window) return desktop;
  const { preview } = await import('./preview');
  return preview(new URLSearchParams(location.search));
}

/** Whatever was thrown, as a {@link Problem}: Tauri's own errors are bare strings. */
export function problemOf(error: unknown): Problem {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
    return { code: String(error.code), message: String(error.message) };
  }
  return { code: 'unknown', message: error instanceof Error ? error.message : String(error) };
}
