/**
 * Which language the window speaks, found once when the page is loaded.
 *
 * A language that the user chose stands on the page (`<html lang>`) before this
 * is loaded; without one, the system's languages decide in their order.
 */
const SPOKEN = ['en', 'de'] as const;

/** A language that the window speaks. */
export type Language = (typeof SPOKEN)[number];

const wanted = [document.documentElement.lang, ...navigator.languages];
const spoken = (tag: string) => SPOKEN.find((language) => tag.toLowerCase().split('-')[0] === language);

export const language: Language = wanted.map(spoken).find((each) => each !== undefined) ?? 'en';

/** The user's own variety of the language if they have one, for its clock and its order of dates. */
export const locale =
  navigator.languages.find((tag) => spoken(tag) === language) ?? (language === 'de' ? 'de-DE' : 'en-GB');

export const number = new Intl.NumberFormat(locale);
const plural = new Intl.PluralRules(locale);

/** `1 message`, `2 messages`: a number with the word in the form that goes with it. */
export function counted(count: number, one: string, other: string): string {
  return `${number.format(count)} ${plural.select(count) === 'one' ? one : other}`;
}

/** What stands before a letter to name a shortcut. */
const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const command = mac ? '⌘' : language === 'de' ? 'Strg+' : 'Ctrl+';
