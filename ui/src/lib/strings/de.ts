/** German, key by key as `en.ts` has it. */
import type * as en from './en';
import { command, counted } from './locale';

export const strings: typeof en.strings = {
  product: 'Sotto',
  preview: 'Vorschau mit Beispieldaten: Nichts wird gespeichert, und die Merkmale sind erfunden.',

  conversations: 'Gespräche',
  newConversation: 'Neues Gespräch',
  newConversationKeys: `${command}N`,
  noConversations: 'Hier werden deine Gespräche stehen.',
  messageCount: (count: number) => counted(count, 'Nachricht', 'Nachrichten'),

  export: 'Exportieren …',
  exportKeys: `${command}E`,
  exported: (path: string) => `Gespeichert unter ${path}`,
  notExported: (problem: string) => `Das Gespräch wurde nicht exportiert. ${problem}`,
  dismiss: 'Schließen',

  log: 'Nachrichten',
  loadingOlder: 'Ältere Nachrichten werden geladen …',
  newMessages: 'Neue Nachrichten',
  you: 'Du',
  said: (speaker: string, time: string) => `${speaker}, ${time}`,
  sending: 'Wird gesendet …',
  retry: 'Noch einmal versuchen',
  edit: 'Bearbeiten',

  tags: 'Merkmale',
  intent: 'Absicht',
  act: 'Art',
  sentiment: 'Stimmung',
  entity: (text: string, kind: string) => `${text}, ${kind}`,
  value: 'Wert',
  foundBy: 'Gefunden durch',
  confidence: 'Sicherheit',

  composer: 'Nachricht',
  placeholder: 'Schreib an Sotto (auf Englisch) …',
  send: 'Senden',

  welcome: 'Sprich leise. Nichts verlässt den Raum.',
  welcomeWhat:
    'Sotto ist ein privater Assistent. Er beantwortet auf Englisch, was er kann, und markiert in jeder Nachricht, was du willst, wie es klingt und wen und wann du meinst.',
  welcomePrivate: 'All das geschieht auf diesem Gerät: kein Konto, keine Cloud, keine Netzverbindung.',
  welcomeKept: 'Deine Nachrichten liegen in',
  examplesTitle: 'Versuch es damit',
  // What Sotto understands is English.
  examples: [
    'What time is it?',
    'What is 15% of 240?',
    'Remind me to call Anna in Berlin tomorrow at 9',
    'I love how quiet this is',
  ],

  loadingModel: 'Das Modell wird geladen …',
  model: (name: string, version: string) => `${name} ${version}`,
  local: 'Nur auf diesem Gerät',

  today: 'Heute',
  yesterday: 'Gestern',
  justNow: 'gerade eben',
};

/** The labels of the model. */
export const labels: typeof en.labels = {
  out_of_scope: 'Außerhalb des Könnens',
  oos: 'Außerhalb des Könnens',
  affirm: 'Ja',
  negate: 'Nein',
  inform: 'Aussage',
  question: 'Frage',
  request: 'Bitte',
  opinion: 'Meinung',
  positive: 'Positiv',
  neutral: 'Neutral',
  negative: 'Negativ',
  person: 'Person',
  organization: 'Organisation',
  location: 'Ort',
  date: 'Datum',
  time: 'Uhrzeit',
  datetime: 'Datum und Uhrzeit',
  duration: 'Dauer',
  number: 'Zahl',
  money: 'Geldbetrag',
  percentage: 'Prozentsatz',
  email: 'E-Mail-Adresse',
  phone: 'Telefonnummer',
  url: 'Webadresse',
  product: 'Produkt oder Werk',
};

export const sources: typeof en.sources = { model: 'das Modell', rule: 'eine Regel', user: 'dich' };
