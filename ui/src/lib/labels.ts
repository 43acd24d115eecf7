/** The model's labels and probabilities, as people read them. */
import { labels, locale, strings } from './strings';

const percentage = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

/** `reminder_update` → `Reminder update`. */
export function humanised(name: string): string {
  const known = Object.hasOwn(labels, name) ? labels[name] : undefined;
  if (known !== undefined) return known;
  const words = name.split(/[\s_.:/-]+/).filter(Boolean).join(' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the window calls who spoke: itself and the user by words, everyone else by name. */
export function speakerName(speaker: string): string {
  if (speaker === 'user') return strings.you;
  return speaker === 'assistant' ? strings.product : speaker;
}

/** A probability as a percentage that never rounds doubt away: only 1 is 100 %, only 0 is 0 %. */
export function percent(probability: number): string {
  if (probability <= 0 || probability >= 1) return percentage.format(probability <= 0 ? 0 : 1);
  return percentage.format(Math.min(0.99, Math.max(0.01, probability)));
}

/** What kinds of entity share a colour. */
export type Hue = 'person' | 'group' | 'place' | 'time' | 'amount' | 'contact' | 'thing';

const hues: Readonly<Record<string, Hue>> = {
  person: 'person',
  organization: 'group',
  location: 'place',
  date: 'time',
  time: 'time',
  datetime: 'time',
  duration: 'time',
  number: 'amount',
  money: 'amount',
  percentage: 'amount',
  email: 'contact',
  phone: 'contact',
  url: 'contact',
};

/** The colour of a kind of entity; a kind that is new to us is a thing. */
export function hueOf(kind: string): Hue {
  return (Object.hasOwn(hues, kind) && hues[kind]) || 'thing';
}
