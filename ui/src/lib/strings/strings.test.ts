import pack from '../../../../models/squeezebert/labels.json';
import { expect, test } from 'vitest';
import * as de from './de';
import * as en from './en';

type Words = { [key: string]: unknown };

/** What each text of a language is at its place, but for functions, whose arguments differ. */
function texts(words: unknown, place: string): [string, string][] {
  if (typeof words === 'string') return [[place, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words as Words).flatMap(([key, value]) => texts(value, `${place}.${key}`));
}

test('German has every text of English, none of them empty, and hardly any the same', () => {
  const english = new Map(texts(en.strings, ''));
  const german = new Map(texts(de.strings, ''));
  expect([...german.keys()]).toEqual([...english.keys()]);
  expect([...german.values()].filter((text) => text.trim() === '')).toEqual([]);
  const same = [...german].filter(([place, text]) => english.get(place) === text).map(([place]) => place);
  // Names, keys, and examples of what Sotto understands, which is English.
  const allowed = /^\.(product|examples|.*Keys|shortcutList|sections\.system)/;
  expect(same.filter((place) => !allowed.test(place))).toEqual([]);
});

test('German names every label of the model', () => {
  const kinds = pack.entity.labels.filter((label) => label !== 'O').map((label) => label.replace(/^[BI]-/, ''));
  const names = [...pack.intent.labels, ...pack.act.labels, ...pack.sentiment.labels, ...kinds];
  expect(names.filter((name) => !(name in de.labels))).toEqual([]);
});
