/** The pictures of an {@link Insight}: each mark leads to a query, the messages behind it. */
import type * as Plot from '@observablehq/plot';
import { hueOf, humanised, speakerName, type Hue } from '../labels';
import { find, locale, strings } from '../strings';
import type { Activity } from '../types/Activity';
import type { Count } from '../types/Count';
import type { Insight } from '../types/Insight';
import type { Mood } from '../types/Mood';
import type { Name } from '../types/Name';
import { quoted } from './search.svelte';

/** The library that draws, handed over once it is loaded. */
export type Library = typeof Plot;

/** A row of the table behind a picture. */
export type Row = { cells: string[]; count: number; query: string };

/** A picture and the table behind it. */
export type Chart = {
  name: string;
  title: string;
  headings: string[];
  rows: Row[];
  height: number;
  /** The kinds of what the marks stand for, where they have the colours of their kinds. */
  hues?: Hue[];
  draw: (plot: Library, width: number) => HTMLElement | SVGElement;
};

const polarities = ['negative', 'neutral', 'positive'] as const;
const colours = { negative: 'var(--wrong)', neutral: 'var(--edge)', positive: 'var(--glad)' };
const monday = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  long: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(monday + (day - 1) * DAY),
  short: new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(monday + (day - 1) * DAY),
}));
const keys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const dayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Where a mark leads: read back by {@link queryOf}. */
function link(query: string): string {
  return `#${encodeURIComponent(query)}`;
}

/** The query behind a mark that was chosen. */
export function queryOf(href: string): string {
  return decodeURIComponent(href.slice(href.indexOf('#') + 1));
}

function joined(scope: string, condition: string): string {
  return `${condition} ${scope}`.trim();
}

/** Bars and axes have the colours and the type of the window. */
const style = 'background: none; color: var(--muted); font: 0.75rem var(--sans); overflow: visible;';
const tip = { fill: 'var(--field)', stroke: 'var(--line-strong)', textPadding: 8 } as const;

function moods(insight: Insight, scope: string): Chart {
  const stretch = (mood: Mood) => `after:${mood.from} before:${mood.until}`;
  const named = (day: string) => (insight.step === 'month' ? monthFormat : dayFormat).format(Date.parse(day));
  const parts = insight.moods.flatMap((mood) =>
    polarities.map((polarity) => ({
      from: new Date(mood.from),
      until: new Date(mood.until),
      polarity,
      count: mood[polarity],
      query: joined(scope, `sentiment:${polarity} ${stretch(mood)}`),
      label: find.chartMark(`${named(mood.from)}, ${find.moods[polarity]}`, mood[polarity]),
    })),
  );
  const rows = parts.filter(({ count }) => count > 0);
  return {
    name: 'moods',
    title: find.moodChart,
    headings: [find.moodTime[insight.step], strings.sentiment, find.tableCount],
    rows: rows.map((part) => ({
      cells: [named(part.from.toISOString().slice(0, 10)), find.moods[part.polarity]],
      count: part.count,
      query: part.query,
    })),
    height: 220,
    draw: (plot, width) =>
      plot.plot({
        style,
        width,
        height: 220,
        marginLeft: 36,
        marginTop: 8,
        x: { type: 'utc', label: null },
        y: { label: null, grid: true, tickFormat: (count: number) => (Number.isInteger(count) ? find.number(count) : '') },
        color: {
          domain: [...polarities],
          range: polarities.map((polarity) => colours[polarity]),
          legend: true,
          tickFormat: (polarity: 'negative' | 'neutral' | 'positive') => find.moods[polarity],
        },
        marks: [
          plot.rectY(rows, {
            x1: 'from',
            x2: 'until',
            y: 'count',
            fill: 'polarity',
            inset: 0.5,
            href: ({ query }: { query: string }) => link(query),
            ariaLabel: 'label',
            title: 'label',
            tip,
          }),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
        ],
      }),
  };
}

/** Horizontal bars, the longest on top. */
function bars(
  name: string,
  title: string,
  headings: string[],
  data: { cells: string[]; count: number; query: string; colour: string }[],
): Chart {
  const height = 26 * data.length + 6;
  // Names that are cut alike must stay two bars.
  const marked = data.map((each, index) => ({ ...each, index, label: find.chartMark(each.cells.join(', '), each.count) }));
  return {
    name,
    title,
    headings: [...headings, find.tableCount],
    rows: data,
    height,
    draw: (plot, width) =>
      plot.plot({
        style,
        width,
        height,
        marginLeft: Math.min(150, width / 2.6),
        marginRight: 40,
        marginTop: 0,
        marginBottom: 4,
        x: { axis: null },
        y: {
          label: null,
          tickSize: 0,
          tickFormat: (index: number) => shortened(marked[index]?.cells[0] ?? ''),
        },
        marks: [
          plot.barX(marked, {
            x: 'count',
            y: 'index',
            fill: 'colour',
            rx: 3,
            insetTop: 2,
            insetBottom: 2,
            href: ({ query }: { query: string }) => link(query),
            ariaLabel: 'label',
            title: 'label',
            tip,
          }),
          plot.text(marked, {
            x: 'count',
            y: 'index',
            text: ({ count }: { count: number }) => find.number(count),
            dx: 6,
            textAnchor: 'start',
            fill: 'var(--soft)',
            ariaHidden: 'true',
          }),
        ],
      }),
  };
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > 22 ? `${letters.slice(0, 21).join('')}…` : name;
}

/** So many bars can be looked at. */
const MOST = 12;

function labels(name: string, title: string, key: string, heading: string, counts: Count[], scope: string): Chart {
  const data = counts.slice(0, MOST).map((each) => ({
    cells: [humanised(each.name)],
    count: each.count,
    query: joined(scope, `${key}:${each.name}`),
    colour: 'var(--accent)',
  }));
  return bars(name, title, [heading], data);
}

function names(all: Name[], scope: string): Chart {
  const data = all.slice(0, MOST).map((each) => ({
    cells: [each.name, humanised(each.kind)],
    count: each.count,
    query: joined(scope, `${each.kind}:=${quoted(each.name)}`),
    colour: 'var(--hue)',
  }));
  const drawn = bars('names', find.nameChart, [find.tableName, find.tableKind], data);
  return { ...drawn, hues: all.slice(0, MOST).map(({ kind }) => hueOf(kind)) };
}

function speakers(counts: Count[], scope: string): Chart {
  const data = counts.slice(0, MOST).map((each) => ({
    cells: [speakerName(each.name)],
    count: each.count,
    query: joined(scope, each.name === 'user' ? 'from:me' : `from:=${quoted(each.name)}`),
    colour: 'var(--edge)',
  }));
  return bars('speakers', find.speakerChart, [find.tableName], data);
}

function activity(hours: Activity[], scope: string): Chart {
  const data = hours.map((each) => ({
    ...each,
    query: joined(scope, `weekday:${keys[each.weekday - 1]} hour:${each.hour}`),
    label: find.chartMark(`${weekdays[each.weekday - 1]?.long ?? ''}, ${find.hour(each.hour)}`, each.count),
  }));
  return {
    name: 'activity',
    title: find.activityChart,
    headings: [find.tableWeekday, find.tableHour, find.tableCount],
    rows: data.map((each) => ({
      cells: [weekdays[each.weekday - 1]?.long ?? '', find.hour(each.hour)],
      count: each.count,
      query: each.query,
    })),
    height: 220,
    draw: (plot, width) =>
      plot.plot({
        style,
        width,
        height: 220,
        marginLeft: 36,
        marginTop: 4,
        padding: 0.08,
        x: {
          type: 'band',
          domain: Array.from({ length: 24 }, (_, hour) => hour),
          label: null,
          tickSize: 0,
          tickFormat: (hour: number) => (hour % 3 === 0 ? `${hour}` : ''),
        },
        y: {
          type: 'band',
          domain: [1, 2, 3, 4, 5, 6, 7],
          label: null,
          tickSize: 0,
          tickFormat: (day: number) => weekdays[day - 1]?.short ?? '',
        },
        opacity: { type: 'sqrt', range: [0.15, 1] },
        marks: [
          plot.cell(data, {
            x: 'hour',
            y: 'weekday',
            fill: 'var(--accent)',
            fillOpacity: 'count',
            rx: 3,
            href: ({ query }: { query: string }) => link(query),
            ariaLabel: 'label',
            title: 'label',
            tip,
          }),
        ],
      }),
  };
}

/** The pictures that there is something to draw in; `scope` is the query that they count. */
export function charts(insight: Insight, scope: string): Chart[] {
  const people = insight.speakers.length > 1 ? [speakers(insight.speakers, scope)] : [];
  const all = [
    moods(insight, scope),
    activity(insight.activity, scope),
    labels('intents', find.intentChart, 'intent', strings.intent, insight.intents, scope),
    names(insight.names, scope),
    labels('acts', find.actChart, 'act', strings.act, insight.acts, scope),
    ...people,
  ];
  return all.filter(({ rows }) => rows.length > 0);
}
