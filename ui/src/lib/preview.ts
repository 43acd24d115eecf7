/**
 * A stand-in for the back end, so that the page opens in a plain browser.
 *
 * It keeps sample data in memory and tags by a handful of patterns. `?empty`
 * begins with no conversation, `?long` with one of a thousand messages, `?many`
 * with one of a hundred thousand; a message that says "fail" is refused, and one
 * that says "mean" is asked back about.
 */
import type { Api } from './api';
import { findPreview } from './find/preview';
import { held } from './tagging';
import type { Analysis } from './types/Analysis';
import type { Conversation } from './types/Conversation';
import type { Correction } from './types/Correction';
import type { Entity } from './types/Entity';
import type { Line } from './types/Line';
import type { Polarity } from './types/Polarity';
import type { Question } from './types/Question';
import type { Segment } from './types/Segment';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const model = { name: 'sotto-squeezebert-s', version: '0.1.0' };

const kinds: [string, RegExp][] = [
  ['person', /\b(Anna|Omar|Marie)\b|דנה/g],
  ['location', /\b(Berlin|Kyoto|Oslo)\b|חיפה/g],
  ['organization', /\bIKEA\b/g],
  ['datetime', /\b(today|tomorrow|tonight|Friday)( at \d+)?\b/gi],
  ['duration', /\b\d+ (minutes?|hours?)\b/g],
  ['percentage', /\b\d+ ?%/g],
  ['email', /\b[\w.]+@[\w.]+\w/g],
  ['list', /\bshopping\b/g],
];

const intents: [string, RegExp, string, string][] = [
  ['time', /\btime\b/i, 'question', 'It is twelve minutes past nine.'],
  ['calculator', /\d+ ?%|\d+ [+*x] \d+/, 'question', '15% of 240 is 36.'],
  ['reminder_update', /\bremind\b/i, 'request', 'I will remind you tomorrow at 9:00: call Anna in Berlin.'],
  ['timer', /\btimer\b/i, 'request', 'Timer set: 12 minutes.'],
  ['shopping_list_update', /\b(add|list)\b/i, 'request', 'Added to your shopping list: oat milk, lemons.'],
  ['weather', /\bweather|rain\b/i, 'question', 'I can’t look up the weather: that needs the network, and I stay off it.'],
];

function spans(text: string): Entity[] {
  const found = kinds.flatMap(([entity, pattern]) =>
    [...text.matchAll(pattern)].map((match): Entity => {
      const start = [...text.slice(0, match.index)].length;
      const rule = ['datetime', 'duration', 'percentage', 'email'].includes(entity);
      const value = entity === 'datetime' ? '2026-11-25T09:00:00+01:00' : entity === 'duration' ? 'PT12M' : match[0];
      return {
        start,
        end: start + [...match[0]].length,
        text: match[0],
        entity,
        confidence: rule ? 1 : 0.97,
        value,
        source: rule ? 'rule' : 'model',
      };
    }),
  );
  return found.sort((one, other) => one.start - other.start);
}

function segmentsOf(text: string, entities: Entity[]): Segment[] {
  const characters = [...text];
  const segments: Segment[] = [];
  let at = 0;
  for (const entity of entities) {
    if (entity.start > at) segments.push({ text: characters.slice(at, entity.start).join(''), entity: null });
    segments.push({ text: entity.text, entity });
    at = entity.end;
  }
  if (at < characters.length) segments.push({ text: characters.slice(at).join(''), entity: null });
  return segments;
}

function analysisOf(text: string): [Analysis, string] {
  const [name, , act, answer] = intents.find(([, pattern]) => pattern.test(text)) ??
    ['out_of_scope', null, 'opinion', 'Noted.'];
  const polarity: Polarity = /love|great|thank|🌿/i.test(text) ? 'positive' : /broken|leak|sad/i.test(text) ? 'negative' : 'neutral';
  const scores = { negative: 0.04, neutral: 0.04, positive: 0.04, [polarity]: 0.92 };
  return [
    {
      intent: { name, confidence: 0.96 },
      intent_ranking: [
        { name, confidence: 0.96 },
        ...intents.slice(0, 5).flatMap(([other], index) =>
          other === name ? [] : [{ name: other, confidence: 0.02 / (index + 1) }],
        ),
      ],
      act: { name: act, confidence: 0.91 },
      sentiment: { name: polarity, confidence: 0.92, scores },
      entities: spans(text),
      model,
    },
    answer,
  ];
}

/** The entities that hold, as the core finds them. */
function entitiesOf(text: string, analysis: Analysis | null, correction: Correction | null): Entity[] {
  const marks = correction?.entities ?? [];
  const free = (analysis?.entities ?? []).filter(({ start, end }) =>
    marks.every((mark) => end <= mark.start || mark.end <= start),
  );
  const users = marks.flatMap(({ start, end, entity }): Entity[] => {
    const words = [...text].slice(start, end).join('');
    return entity ? [{ start, end, text: words, entity, confidence: 1, value: words, source: 'user' }] : [];
  });
  return [...free, ...users].sort((one, other) => one.start - other.start);
}

const samples: [daysAgo: number, title: string, texts: string[]][] = [
  [
    1,
    'Settling in',
    [
      'Set a timer for 12 minutes, the bread is in',
      'The boiler is leaking again and IKEA still has not called back',
      'Add oat milk and lemons to the shopping list',
      'Remind me to call Anna in Berlin tomorrow at 9',
      'I love how quiet this is 🌿',
    ],
  ],
  [3, 'Will it rain in Kyoto on Friday?', ['Will it rain in Kyoto on Friday?']],
  [40, 'דנה מגיעה לחיפה', ['דנה מגיעה לחיפה tomorrow at 7\nוגם Omar']],
];

/** The sample back end; `options` are those of the page's address. */
export function preview(options: URLSearchParams): Api {
  let lines: Line[] = [];
  let conversations: Conversation[] = [];
  let said = 0;
  const deleted = new Map<number, { conversation: Conversation; lines: Line[] }>();
  const asked = new Map<number, Question>();
  const pause = () => new Promise((resolve) => setTimeout(resolve, 250));

  function begin(title: string, time: number): Conversation {
    const id = Math.max(0, ...conversations.map((each) => each.id), ...deleted.keys()) + 1;
    const kept = { pinned: false, archived: false, off_record: false };
    const conversation = { id, title, created: time, updated: time, messages: 0, ...kept };
    conversations.push(conversation);
    return conversation;
  }

  function say(conversation: Conversation, text: string, time: number, analysis: Analysis | null): Line {
    const line: Line = {
      id: ++said,
      conversation: conversation.id,
      speaker: analysis ? 'user' : 'assistant',
      time,
      source: analysis ? 'typed' : 'assistant',
      text,
      analysis,
      correction: null,
      edited: null,
      segments: segmentsOf(text, analysis?.entities ?? []),
    };
    lines.push(line);
    conversation.messages += 1;
    conversation.updated = time;
    return line;
  }

  function exchange(conversation: Conversation, text: string, time: number) {
    const means = /\bmean\b/.test(text);
    const question = means ? { slot: 'intent', choices: ['set a timer', 'remind you of something'] } : null;
    const [analysis, answer] = analysisOf(text);
    const reply = means ? 'Did you mean: set a timer, or remind you of something?' : answer;
    if (question) asked.set(conversation.id, question);
    else asked.delete(conversation.id);
    const message = say(conversation, text, time, analysis);
    return { message, reply: say(conversation, reply, time, null), actions: [], question, refused: null };
  }

  for (const [daysAgo, title, texts] of options.has('empty') ? [] : samples) {
    const start = Date.now() - daysAgo * DAY;
    const conversation = begin(title, start);
    texts.forEach((text, index) => exchange(conversation, text, index > 2 ? Date.now() - 3 * MINUTE : start + index * MINUTE));
  }

  if (options.has('long')) {
    const long = begin('A long one', Date.now());
    for (let index = 500; index > 0; index--) {
      exchange(long, `Message ${index} for Anna\n${'and on it goes '.repeat(index % 40)}`, Date.now() - (index - 1) * 7 * MINUTE);
    }
  }

  if (options.has('many')) {
    const many = begin('A very long one', Date.now());
    for (let index = 50_000; index > 0; index--) {
      exchange(many, `Message ${index} for Anna\n${'and on it goes '.repeat(index % 40)}`, Date.now() - index * MINUTE);
    }
  }

  if (options.has('season')) {
    const season = begin('A season', Date.now());
    const texts = [...samples.flatMap(([, , texts]) => texts), 'Thank you, Omar, that was great', 'The boiler is broken again, Marie says'];
    for (let index = 300; index > 0; index--) {
      const time = Date.now() - index * 8 * 60 * MINUTE - ((index * index) % 7) * 40 * MINUTE;
      exchange(season, texts[(index * index + (index >> 2)) % texts.length] ?? '', time);
    }
  }

  const of = (id: number) => lines.filter((line) => line.conversation === id);
  const get = (id: number) => {
    const line = lines.find((each) => each.id === id);
    if (!line) throw { code: 'not_found', message: `There is no message ${id}.` };
    return line;
  };
  const change = (id: number, changes: Partial<Line>): Line => {
    const line = { ...get(id), ...changes };
    line.segments = segmentsOf(line.text, entitiesOf(line.text, line.analysis, line.correction));
    lines = lines.map((each) => (each.id === id ? line : each));
    return line;
  };
  const remove = (conversation: Conversation, which: Line[]) => {
    deleted.set(which[0]?.id ?? 0, { conversation, lines: which });
    lines = lines.filter((line) => !which.includes(line));
    conversation.messages -= which.length;
    return { undo: which[0]?.id ?? 0, conversation: conversation.id, messages: which.length };
  };

  const find = (id: number) => {
    const conversation = conversations.find((each) => each.id === id);
    if (!conversation) throw { code: 'not_found', message: `There is no conversation ${id}.` };
    return conversation;
  };

  return {
    ...findPreview(() => lines, () => conversations),
    preview: true,
    conversations: async () =>
      conversations.map((each) => ({ ...each })).sort((one, other) => other.updated - one.updated),
    newConversation: async () => begin('', Date.now()),
    newOffRecordConversation: async () => Object.assign(begin('', Date.now()), { off_record: true }),
    messagesFrom: async (id, first, limit) => of(id).slice(first, first + limit),
    place: async (id) => [get(id).conversation, of(get(id).conversation).indexOf(get(id))],
    question: async (id) => asked.get(id) ?? null,
    arrange: async (id, wish) => Object.assign(find(id), wish),
    deleteConversation: async (id) => {
      const conversation = find(id);
      conversations = conversations.filter((each) => each.id !== id);
      return { ...remove(conversation, of(id)), ...(conversation.off_record ? { undo: null } : {}) };
    },
    deleteMessage: async (id) => {
      const line = get(id);
      const all = of(line.conversation);
      const at = all.indexOf(line);
      return remove(find(line.conversation), all.slice(at, at + (line.source === 'typed' ? 2 : 1)));
    },
    bringBack: async (undo) => {
      const { conversation, lines: back } = deleted.get(undo) ?? { conversation: conversations[0]!, lines: [] };
      if (!conversations.includes(conversation)) conversations.push(conversation);
      lines = [...lines, ...back].sort((one, other) => one.id - other.id);
      conversation.messages += back.length;
      return conversation.id;
    },
    editMessage: async (id, text) => {
      await pause();
      return change(id, { text, analysis: analysisOf(text)[0], edited: Date.now() });
    },
    correct: async (id, correction) => {
      const nothing = held({ ...get(id), correction }).every(({ instead }) => instead === null);
      return change(id, { correction: nothing && correction.entities.length === 0 ? null : correction });
    },
    labels: async () => ({
      intents: [...intents.map(([name]) => name), 'out_of_scope', 'greeting', 'play_music', 'pto_balance', 'spelling'],
      acts: ['greeting', 'goodbye', 'thanks', 'apology', 'affirm', 'negate', 'question', 'request', 'inform', 'opinion', 'other'],
      sentiments: ['negative', 'neutral', 'positive'],
      entities: [...new Set(kinds.map(([kind]) => kind)), 'product', 'event', 'date', 'time', 'number', 'money'],
    }),
    messages: async (id, before, limit) =>
      lines.filter((line) => line.conversation === id && line.id < (before ?? Infinity)).slice(-limit),
    send: async (id, text) => {
      await pause();
      if (/\bfail\b/.test(text)) throw { code: 'store', message: 'The disk is full: cannot write sotto.db.' };
      const conversation = find(id);
      if (conversation.messages === 0) conversation.title = text.slice(0, 60);
      return exchange(conversation, text, Date.now());
    },
    due: async () => [],
    status: async () => ({ data: '/home/you/.local/share/sotto', model, problem: null }),
  };
}
