import { expect, test } from 'vitest';
import { analysis, entity, line } from '../samples';
import { held, lettersBefore, trimmed, withLabel, withMark } from './tagging';

const anna = entity('Anna', { start: 5, end: 9 });
const said = line(1, 'call Anna 👩‍👩‍👧 now', { analysis: { ...analysis, entities: [anna] } });
const mark = (start: number, end: number, kind: string | null, text: string) => ({
  start,
  end,
  text,
  entity: kind,
  value: text,
});

test('the user’s label holds, and the model’s stays known', () => {
  const corrected = { ...said, correction: withLabel(said, 'intent', 'timer') };
  expect(held(corrected)[0]).toEqual({
    tag: 'intent',
    name: 'timer',
    confidence: 0.976,
    instead: 'reminder_update',
  });
  expect(held(corrected)[1]?.instead).toBeNull();
  expect(withLabel(corrected, 'sentiment', 'negative')).toMatchObject({ intent: 'timer', sentiment: 'negative' });
  expect(withLabel(corrected, 'intent', 'reminder_update').intent).toBeNull();
  expect(held(line(2, 'untagged'))).toEqual([]);
});

test('a mark takes the place of those it meets, and the model’s own word needs none', () => {
  const marked = { ...said, correction: withMark(said, 5, 9, 'product') };
  expect(marked.correction.entities).toEqual([mark(5, 9, 'product', 'Anna')]);
  expect(withMark(marked, 8, 9, 'person').entities).toEqual([mark(8, 9, 'person', 'a')]);
  expect(withMark(marked, 0, 4, 'event').entities).toEqual([mark(0, 4, 'event', 'call'), mark(5, 9, 'product', 'Anna')]);
  expect(withMark(marked, 5, 9, 'person').entities).toEqual([]);
  expect(withMark(marked, 5, 9, null).entities).toEqual([mark(5, 9, null, 'Anna')]);
  expect(withMark(said, 0, 4, null).entities).toEqual([]);
});

test('letters are counted as people see them in a text box', () => {
  const text = 'a\r\n👩‍👩‍👧b\rc';
  const box = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  expect(lettersBefore(text, box.indexOf('b'))).toBe([...text].indexOf('b'));
  expect(lettersBefore(text, box.indexOf('c'))).toBe([...text].indexOf('c'));
  expect(lettersBefore(text, 0)).toBe(0);
  expect(lettersBefore(text, 99)).toBe([...text].length);
  expect(trimmed(' a b ', 0, 5)).toEqual([1, 4]);
  expect(trimmed(' a b ', 0, 1)).toBeNull();
});
