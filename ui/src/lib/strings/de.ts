/** German, key by key as `en.ts` has it. */
import type * as en from './en';
import { command, counted, shift, sized } from './locale';

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

  settings: 'Einstellungen',
  settingsKeys: `${command},`,
  sections: {
    appearance: 'Aussehen',
    data: 'Daten und Sicherung',
    privacy: 'Privatsphäre',
    model: 'Modell',
    system: 'System',
    keys: 'Tastatur',
  },
  working: 'Einen Moment …',
  cancel: 'Abbrechen',

  theme: 'Farben',
  themes: { system: 'Automatisch', light: 'Hell', dark: 'Dunkel', contrast: 'Hoher Kontrast' },
  textSize: 'Schriftgröße',
  textSizeWhat: 'Alle Schrift und was um sie herum steht.',
  language: 'Sprache',
  languageWhat: 'Die des Fensters. Was du an Sotto schreibst, versteht es auf Englisch.',
  languageOfSystem: 'Wie das System',

  dataFolder: 'Datenordner',
  contents: (conversations: number, messages: number, bytes: number) =>
    `${counted(conversations, 'Gespräch', 'Gespräche')} mit ${counted(messages, 'Nachricht', 'Nachrichten')}, ${sized(bytes)}`,
  contentsUnknown: 'Was darin ist, kann nicht gelesen werden.',
  openFolder: 'Ordner öffnen',
  move: 'Umziehen …',
  moveTo: 'Einen Ordner für deine Daten wählen',
  moveWhat: 'Alles wird in den gewählten Ordner kopiert und dort geprüft, bevor Sotto damit arbeitet.',
  removeOld: 'Die alten Daten danach löschen',
  dataFixed: 'Dieses Sotto wurde mit eigenem Datenordner gestartet (--data-dir); er zieht von hier aus nicht um.',
  moved: (to: string, from: string | null) =>
    from === null
      ? `Deine Daten sind jetzt in ${to}.`
      : `Deine Daten sind jetzt in ${to}. Die alten sind noch in ${from}.`,
  backup: 'Sicherung',
  backupWhat: 'Alles in einer Datei, die nach dem Schreiben geprüft wird.',
  backUp: 'Sichern …',
  backUpTitle: 'Alles in einer Datei sichern',
  backedUp: (path: string) => `Gesichert unter ${path}`,
  restoration: 'Wiederherstellen',
  restorationWhat: 'Eine Sicherung tritt an die Stelle von allem hier. Was jetzt hier ist, bleibt daneben erhalten.',
  restore: 'Wiederherstellen …',
  restoreSure: 'Alles ersetzen?',
  chooseBackup: 'Sicherung wählen …',
  restoreTitle: 'Eine Sicherung zum Wiederherstellen wählen',
  restored: (messages: number, aside: string) =>
    `Wiederhergestellt: ${counted(messages, 'Nachricht', 'Nachrichten')}. Was vorher hier war, liegt in ${aside}`,

  network: 'Netz',
  networkNone: 'keines',
  networkWhat:
    'Sotto öffnet keine Verbindung: kein Konto, kein Server, keine Telemetrie, keine Suche nach Updates. Das Modell läuft auf diesem Gerät.',
  keptWhere: 'Alles, was du schreibst, bleibt in einer Datei in',

  noModel: 'Es gibt kein Modell',
  chooseModel: 'Ein anderes wählen …',
  chooseModelTitle: 'Den Ordner eines Modells wählen',
  useShippedModel: 'Das mitgelieferte nehmen',
  modelWhat: 'Ein Modell wird geprüft und ausprobiert, bevor es gilt. Stimmt etwas nicht, bleibt das bisherige.',
  modelFixed: 'Dieses Sotto wurde mit einem eigenen Modell gestartet (--model).',
  modelChanged: (name: string, version: string) => `Von jetzt an liest ${name} ${version} die Nachrichten.`,
  scores: 'Wie gut es ist',
  measure: 'Maß',
  score: 'Ergebnis',

  notify: 'Benachrichtigungen',
  notifyWhat: 'Timer, Wecker und Erinnerungen zeigen eine Benachrichtigung des Systems.',
  tray: 'In der Leiste bleiben',
  trayWhat:
    'Ist das Fenster zu, läuft Sotto weiter, damit Wecker klingeln. Ein neuer Start holt das Fenster zurück.',
  atLogin: 'Beim Anmelden starten',
  atLoginWhat: 'Zusammen mit „In der Leiste bleiben“ startet es ohne Fenster.',
  globalShortcut: 'Tasten von überall',
  globalShortcutWhat: 'Holen Sotto nach vorn, was auch immer du gerade tust.',
  globalShortcutNot:
    'Diese Oberfläche (Wayland) gibt keinem Programm Tasten. Lass ihre Tastatur-Einstellungen sotto-desktop starten: Das holt das Fenster nach vorn.',
  globalKeys: 'Tasten',
  globalKeysWhat: 'Drücke hier die Tasten, die du möchtest.',
  settingsFile: 'Diese Einstellungen liegen in',

  shortcuts: 'Tastenkürzel',
  shortcutDoes: 'Was sie tun',
  shortcutKeys: 'Tasten',
  shortcutList: [
    ['Enter', 'Nachricht senden'],
    [`${shift}Enter`, 'Neue Zeile in der Nachricht'],
    [`${command}N`, 'Neues Gespräch'],
    [`${command}E`, 'Gespräch exportieren'],
    [`${command},`, 'Einstellungen'],
    [`${command}/`, 'Diese Liste, auch mit ?'],
    ['Esc', 'Schließen, was offen ist; zurück zum Schreibfeld'],
    ['Tab', 'Weiter zum Nächsten: Gespräche, Nachrichten, was darin genannt ist'],
  ],

  today: 'Heute',
  yesterday: 'Gestern',
  justNow: 'gerade eben',
};

export { labels } from './de.labels';

export const sources: typeof en.sources = { model: 'das Modell', rule: 'eine Regel', user: 'dich' };
