import { expect, test } from 'vitest';
import { dayName, relativeTime, sameDay } from './calendar';

/** Local time, so that the tests hold in every time zone. */
const at = (month: number, day: number, hour: number, minute = 0, year = 2026) =>
  new Date(year, month - 1, day, hour, minute).getTime();

const now = at(11, 24, 9, 30);

test.each([
  [at(11, 24, 0), 'Today'],
  [at(11, 23, 23, 59), 'Yesterday'],
  [at(11, 22, 12), 'Sunday'],
  [at(11, 18, 12), 'Wednesday'],
])('%d is %s', (time, name) => {
  expect(dayName(time, now)).toBe(name);
});

test('a day a week or more ago, or to come, has its date; one of another year has the year', () => {
  expect(dayName(at(11, 17, 12), now)).toMatch(/Tuesday.*17|Tuesday.*November/);
  expect(dayName(at(11, 17, 12), now)).not.toContain('2026');
  expect(dayName(at(11, 25, 12), now)).toContain('25');
  expect(dayName(at(3, 2, 12, 0, 2024), now)).toContain('2024');
});

test.each([
  [at(11, 24, 9, 30) + 5000, 'just now'],
  [at(11, 24, 9, 29) + 5000, 'just now'],
  [at(11, 23, 12), 'Yesterday'],
  [at(11, 21, 12), 'Sat'],
])('%d was %s', (time, name) => {
  expect(relativeTime(time, now)).toBe(name);
});

test('minutes and hours of today are counted', () => {
  expect(relativeTime(at(11, 24, 9, 25), now)).toMatch(/^5.*ago$/);
  expect(relativeTime(at(11, 24, 6, 10), now)).toMatch(/^3.*ago$/);
  expect(relativeTime(at(10, 2, 12), now)).toMatch(/Oct/);
  expect(relativeTime(at(10, 2, 12, 0, 2024), now)).toMatch(/2024/);
});

test('a day ends at local midnight', () => {
  expect(sameDay(at(11, 23, 23, 59), at(11, 24, 0))).toBe(false);
  expect(sameDay(at(11, 24, 0), at(11, 24, 23, 59))).toBe(true);
});
