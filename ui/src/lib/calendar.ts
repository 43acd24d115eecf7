/** Times as people say them. Every function takes `now`; none reads the clock. */
import { locale, strings } from './strings';

const DAY = 86_400_000;

const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
const shortWeekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const shortDayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' });
const ago = new Intl.RelativeTimeFormat(locale, { style: 'narrow' });

/** Local midnight at the beginning of the day of `time`. */
function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** Days from `time` to `now` on the calendar; a day of 23 or 25 hours is one day. */
function daysBetween(time: number, now: number): number {
  return Math.round((midnight(now) - midnight(time)) / DAY);
}

function sameYear(time: number, now: number): boolean {
  return new Date(time).getFullYear() === new Date(now).getFullYear();
}

/** Whether two times fall on one day here. */
export function sameDay(one: number, other: number): boolean {
  return midnight(one) === midnight(other);
}

/** `09:41` */
export function clockTime(time: number): string {
  return clock.format(time);
}

/** `Today`, `Yesterday`, `Monday`, `Friday, 2 October`, `2 October 2024` */
export function dayName(time: number, now: number): string {
  const days = daysBetween(time, now);
  if (days === 0) return strings.today;
  if (days === 1) return strings.yesterday;
  if (days > 1 && days < 7) return weekday.format(time);
  return (sameYear(time, now) ? day : dayOfYear).format(time);
}

/** `just now`, `5m ago`, `3h ago`, `Yesterday`, `Mon`, `2 Oct`, `2 Oct 2024` */
export function relativeTime(time: number, now: number): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return strings.justNow;
  if (minutes < 60) return ago.format(-minutes, 'minute');
  const days = daysBetween(time, now);
  if (days === 0) return ago.format(-Math.floor(minutes / 60), 'hour');
  if (days === 1) return strings.yesterday;
  if (days < 7) return shortWeekday.format(time);
  return (sameYear(time, now) ? shortDay : shortDayOfYear).format(time);
}

/** `24 November 2026 at 09:41:07` */
export function dateAndTime(time: number): string {
  return moment.format(time);
}

/** `2 October 2024` */
export function fullDate(time: number): string {
  return dayOfYear.format(time);
}

/** For the `datetime` attribute. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}
