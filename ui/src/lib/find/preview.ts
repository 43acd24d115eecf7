/** Searching and the like over the sample data of the preview: a likeness, not the real thing. */
import type { FindApi, Tagging } from '../api';
import type { Conversation } from '../types/Conversation';
import type { Count } from '../types/Count';
import type { Excerpt } from '../types/Excerpt';
import type { Insight } from '../types/Insight';
import type { Line } from '../types/Line';
import type { Preview } from '../types/Preview';

const DAY = 86_400_000;

type Condition = { not: boolean; key: string; value: string };

function conditionsOf(query: string): Condition[] {
  const parts = query.matchAll(/(-?)(?:(\w+):=?)?(?:"([^"]*)"|(\S+))/g);
  return [...parts].map(([, not, key = '', phrase, word = '']) => ({
    not: not === '-',
    key,
    value: (phrase ?? word).toLowerCase().replace(/\*$/, ''),
  }));
}

function holds(line: Line, { key, value }: Condition): boolean {
  const day = Date.parse(value);
  switch (key) {
    case '':
      return line.text.toLowerCase().includes(value);
    case 'intent':
      return line.analysis?.intent.name.startsWith(value) ?? false;
    case 'act':
      return line.analysis?.act.name === value;
    case 'sentiment':
      return line.analysis?.sentiment.name === value;
    case 'from':
      return value === 'me' ? line.speaker === 'user' : line.speaker.toLowerCase().includes(value);
    case 'in':
      return `${line.conversation}` === value;
    case 'after':
      return !(line.time < day);
    case 'before':
      return !(line.time >= day);
    case 'hour':
      return new Date(line.time).getHours() === Number(value);
    case 'weekday':
      return 'sunmontuewedthufrisat'.indexOf(value) / 3 === new Date(line.time).getDay();
    case 'entity':
      return line.analysis?.entities.some(({ entity }) => entity === value) ?? false;
    default:
      return line.analysis?.entities.some((each) => each.entity === key && each.text.toLowerCase() === value) ?? false;
  }
}

function excerptOf(text: string, conditions: Condition[]): Excerpt[] {
  const words = conditions.filter(({ key, not }) => !not && (key === '' || key === 'person')).map(({ value }) => value);
  if (words.length === 0) return [{ text, hit: false }];
  const pattern = new RegExp(`(${words.map((word) => word.replace(/\W/g, '\\$&')).join('|')})`, 'gi');
  return text.split(pattern).map((part, index) => ({ text: part, hit: index % 2 === 1 })).filter((part) => part.text);
}

function counted(names: string[]): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count);
}

function insightOf(lines: Line[]): Insight {
  const said = lines.filter(({ speaker }) => speaker !== 'assistant');
  const times = said.map(({ time }) => time);
  const [first, last] = said.length > 0 ? [Math.min(...times), Math.max(...times)] : [null, null];
  const span = first === null || last === null ? 0 : last - first;
  const step = span > 62 * DAY ? 7 * DAY : DAY;
  const begin = (time: number) => Math.floor(time / step) * step;
  const date = (time: number) => new Date(time).toISOString().slice(0, 10);
  const moods = [];
  for (let from = begin(first ?? 0); last !== null && from <= last; from += step) {
    const felt = (name: string) =>
      said.filter(({ time, analysis }) => begin(time) === from && analysis?.sentiment.name === name).length;
    moods.push({
      from: date(from),
      until: date(from + step),
      negative: felt('negative'),
      neutral: felt('neutral'),
      positive: felt('positive'),
    });
  }
  const proper = ['person', 'organization', 'location', 'product', 'event'];
  const entities = said.flatMap(({ analysis }) => analysis?.entities ?? []).filter(({ entity }) => proper.includes(entity));
  const when = counted(said.map(({ time }) => `${new Date(time).getDay() || 7} ${new Date(time).getHours()}`));
  return {
    messages: said.length,
    tagged: said.filter(({ analysis }) => analysis).length,
    first,
    last,
    step: step === DAY ? 'day' : 'week',
    moods,
    intents: counted(said.flatMap(({ analysis }) => analysis?.intent.name ?? [])),
    acts: counted(said.flatMap(({ analysis }) => analysis?.act.name ?? [])),
    speakers: counted(said.map(({ speaker }) => speaker)),
    names: counted(entities.map(({ entity, text }) => `${entity} ${text}`)).map(({ name, count }) => {
      const [kind = '', ...words] = name.split(' ');
      return { kind, name: words.join(' '), count };
    }),
    activity: when.map(({ name, count }) => {
      const [weekday = 1, hour = 0] = name.split(' ').map(Number);
      return { weekday, hour, count };
    }),
  };
}

const sample: Preview = {
  path: '/home/you/Downloads/WhatsApp Chat.txt',
  name: 'WhatsApp Chat.txt',
  problem: null,
  headings: [],
  log: {
    format: 'whatsapp',
    encoding: 'UTF-8',
    order: 'day_first',
    order_undecided: true,
    conversations: { 'WhatsApp Chat': 312 },
    participants: { Anna: 160, Omar: 140, system: 12 },
    messages: 312,
    first: Date.UTC(2026, 2, 4, 9),
    last: Date.UTC(2026, 9, 5, 18),
    beginning: ['Are you coming on Friday?', 'Yes! I bring the cake 🎂', 'Great, see you at 7'].map((text, index) => ({
      speaker: index % 2 ? 'Omar' : 'Anna',
      time: Date.UTC(2026, 2, 4, 9, index),
      text,
      source: 'imported',
    })),
    warnings: [{ entry: null, line: 17, what: 'has the time "31/31/26", which cannot be read' }],
    warning_count: 1,
  },
};

/** The sample back end's part for `lines` and `conversations`. */
export function findPreview(all: () => Line[], listed: () => Conversation[]): FindApi {
  const found = (query: string) => {
    const conditions = conditionsOf(query);
    const known = ['', 'intent', 'act', 'sentiment', 'from', 'in', 'after', 'before', 'hour', 'weekday', 'entity', 'person', 'location', 'organization'];
    const odd = conditions.find(({ key }) => !known.includes(key));
    if (odd) throw { code: 'input', message: `there is no ${odd.key}: to search by` };
    return all().filter((line) => conditions.every((each) => holds(line, each) !== each.not));
  };
  let tagging: Tagging = { tagged: 0, failed: 0, total: 0, running: false, paused: false, problem: null };
  return {
    search: async (query, _order, after, limit) => {
      const sorted = found(query).sort((one, other) => other.time - one.time || other.id - one.id);
      const start = after?.skip ?? 0;
      const hits = sorted.slice(start, start + limit).map((line) => ({
        ...line,
        title: listed().find(({ id }) => id === line.conversation)?.title ?? '',
        excerpt: excerptOf(line.text, conditionsOf(query)),
      }));
      const last = hits.at(-1);
      const more = last && start + limit < sorted.length;
      return { hits, next: more ? { time: last.time, id: last.id, skip: start + limit } : null, total: sorted.length };
    },
    count: async (query) => found(query).length,
    insight: async (query) => insightOf(found(query)),
    exportFormats: async () => ['jsonl', 'csv', 'markdown', 'html', 'text', 'conll', 'doccano', 'label-studio', 'rasa'],
    previewExport: async ({ query }, limit) =>
      found(query).slice(0, limit).map(({ segments: _, ...line }) => JSON.stringify(line)).join('\n'),
    export: async ({ query, format, redact, pseudonyms }, title) => ({
      path: `/home/you/${title}.${format}`,
      messages: found(query).length,
      pseudonyms: redact && pseudonyms ? `/home/you/${title}.pseudonyms.json` : null,
    }),
    chooseLogs: async () => [sample.path],
    watchDrops: async () => {},
    previewLog: async (path, reading) => {
      const undecided = reading.order === null;
      return { ...sample, path, log: sample.log && { ...sample.log, order_undecided: undecided } };
    },
    importLog: async (_path, reading, told) => {
      told(200);
      tagging = { ...tagging, tagged: 120, total: 312, running: true };
      const log = { ...sample.log!, order: reading.order };
      return { log, added: 300, known: 12, conversations: [listed()[0]?.id ?? 1] };
    },
    callOff: async () => {},
    tagging: async () => tagging,
    pauseTagging: async (paused) => {
      tagging = { ...tagging, paused };
    },
  };
}
