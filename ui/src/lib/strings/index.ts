/**
 * Every sentence and word that the window shows, in the language of the page.
 *
 * `en.ts` is the original: what it has, every other language must have, or
 * svelte-check fails. Numbers, dates and plurals go through `Intl` in
 * {@link locale}, so that they speak the same language as the sentences.
 */
import * as de from './de';
import * as en from './en';
import { find as findDe } from './find/de';
import { find as findEn } from './find/en';
import { language } from './locale';

export { language, locale, type Language } from './locale';

export const { strings, labels, origins, sources } = { en, de }[language];

/** What is said about finding, counting, taking out and taking in. */
export const find = { en: findEn, de: findDe }[language];
