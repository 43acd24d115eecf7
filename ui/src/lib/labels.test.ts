import { expect, test } from 'vitest';
import { hueOf, humanised, percent } from './labels';

test.each([
  ['reminder_update', 'Reminder update'],
  ['are_you_a_bot', 'Are you a bot'],
  ['IOT.Hue-lightOff', 'Iot hue lightoff'],
  ['out_of_scope', 'Out of scope'],
  ['datetime', 'Date and time'],
  ['negate', 'No'],
  ['constructor', 'Constructor'],
  ['', ''],
])('%j reads %j', (name, read) => {
  expect(humanised(name)).toBe(read);
});

test.each([
  [1, '100%'],
  [0.9999, '99%'],
  [0.976, '98%'],
  [0.5, '50%'],
  [0.0001, '1%'],
  [0, '0%'],
  [1.0000001, '100%'],
])('a probability of %d is %s', (probability, read) => {
  expect(percent(probability)).toBe(read);
});

test('kinds that are alike share a colour, unknown ones are things', () => {
  expect(hueOf('datetime')).toBe(hueOf('duration'));
  expect(hueOf('person')).not.toBe(hueOf('location'));
  expect(hueOf('spaceship')).toBe('thing');
  expect(hueOf('toString')).toBe('thing');
});
