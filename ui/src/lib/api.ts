/**
 * The one door to the back end, and the only module that names Tauri.
 *
 * Everything else takes an {@link Api} as an argument, so that tests hand in
 * their own and a plain browser gets the preview.
 */
import { invoke } from '@tauri-apps/api/core';
import type { Conversation } from './types/Conversation';
import type { Exchange } from './types/Exchange';
import type { Line } from './types/Line';
import type { ModelVersion } from './types/ModelVersion';

/** What went wrong: a code for programs, a sentence for people. Every rejection is one. */
export type Problem = { code: string; message: string };

/** Where the data is kept, and the model: neither model nor problem while it loads. */
export type Status = { data: string; model: ModelVersion | null; problem: Problem | null };

/** What the back end can do. */
export interface Api {
  /** Whether this is sample data in a browser, not the assistant. */
  readonly preview: boolean;
  /** All conversations, the latest first. */
  conversations(): Promise<Conversation[]>;
  /** Starts an empty conversation. */
  newConversation(): Promise<Conversation>;
  /** The last `limit` messages older than the message `before` (null: the newest), oldest first. */
  messages(conversation: number, before: number | null, limit: number): Promise<Line[]>;
  /** Stores, tags and answers a message. */
  send(conversation: number, text: string): Promise<Exchange>;
  /** Fires the timers, alarms and reminders that are due: the messages that say so. */
  due(): Promise<Line[]>;
  /** Asks where to and writes the conversation there: the path, or null when called off. */
  exportConversation(conversation: number): Promise<string | null>;
  /** How the back end is doing. */
  status(): Promise<Status>;
}

const desktop: Api = {
  preview: false,
  conversations: () => invoke('conversations'),
  newConversation: () => invoke('new_conversation'),
  messages: (conversation, before, limit) => invoke('messages', { conversation, before, limit }),
  send: (conversation, text) => invoke('send', { conversation, text }),
  due: () => invoke('due'),
  exportConversation: (conversation) => invoke('export_conversation', { conversation }),
  status: () => invoke('status'),
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
