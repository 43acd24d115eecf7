/** English: the original, which every other language follows key by key. */
import { command, counted, shift, sized } from './locale';

export const strings = {
  product: 'Sotto',
  preview: 'Preview with sample data: nothing is stored, and the tags are made up.',

  conversations: 'Conversations',
  newConversation: 'New conversation',
  newConversationKeys: `${command}N`,
  noConversations: 'Your conversations will be listed here.',
  messageCount: (count: number) => counted(count, 'message', 'messages'),

  export: 'Export…',
  exportKeys: `${command}E`,
  exported: (path: string) => `Saved to ${path}`,
  notExported: (problem: string) => `The conversation was not exported. ${problem}`,
  dismiss: 'Dismiss',

  log: 'Messages',
  loadingOlder: 'Loading older messages…',
  newMessages: 'New messages',
  you: 'You',
  said: (speaker: string, time: string) => `${speaker}, ${time}`,
  sending: 'Sending…',
  retry: 'Try again',
  edit: 'Edit',

  tags: 'Tags',
  intent: 'Intent',
  act: 'Manner',
  sentiment: 'Feeling',
  entity: (text: string, kind: string) => `${text}, ${kind}`,
  value: 'Value',
  foundBy: 'Found by',
  confidence: 'Confidence',

  composer: 'Message',
  placeholder: 'Write to Sotto…',
  send: 'Send',

  welcome: 'Speak softly. Nothing leaves the room.',
  welcomeWhat:
    'Sotto is a private assistant. It answers what it can, and marks in every message what you want, how it feels, and whom and when you mean.',
  welcomePrivate:
    'All of it happens on this machine: no account, no cloud, no network connection.',
  welcomeKept: 'Your messages are kept in',
  examplesTitle: 'Try one of these',
  examples: [
    'What time is it?',
    'What is 15% of 240?',
    'Remind me to call Anna in Berlin tomorrow at 9',
    'I love how quiet this is',
  ],

  loadingModel: 'Loading the model…',
  model: (name: string, version: string) => `${name} ${version}`,
  local: 'On this machine only',

  settings: 'Settings',
  settingsKeys: `${command},`,
  sections: {
    appearance: 'Appearance',
    data: 'Data and backup',
    privacy: 'Privacy',
    model: 'Model',
    system: 'System',
    keys: 'Keyboard',
  },
  working: 'Working…',
  cancel: 'Cancel',

  theme: 'Colours',
  themes: { system: 'Automatic', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  textSize: 'Text size',
  textSizeWhat: 'All text and everything around it.',
  language: 'Language',
  languageWhat: 'Of the window. What you write to Sotto is understood in English.',
  languageOfSystem: 'As the system',

  dataFolder: 'Data folder',
  contents: (conversations: number, messages: number, bytes: number) =>
    `${counted(conversations, 'conversation', 'conversations')} with ${counted(messages, 'message', 'messages')}, ${sized(bytes)}`,
  contentsUnknown: 'What is in it cannot be read.',
  openFolder: 'Open folder',
  move: 'Move…',
  moveTo: 'Choose a folder for your data',
  moveWhat: 'Everything is copied to the folder you choose and checked there before Sotto works on it.',
  removeOld: 'Delete the old copy afterwards',
  dataFixed: 'This Sotto was started with a data folder of its own (--data-dir), which is not moved from here.',
  moved: (to: string, from: string | null) =>
    from === null ? `Your data is now in ${to}.` : `Your data is now in ${to}. The old copy is still in ${from}.`,
  backup: 'Backup',
  backupWhat: 'Everything as one file, checked after it is written.',
  backUp: 'Back up…',
  backUpTitle: 'Back up everything to one file',
  backedUp: (path: string) => `Backed up to ${path}`,
  restoration: 'Restore',
  restorationWhat: 'A backup takes the place of everything here. What is here now is kept beside it.',
  restore: 'Restore…',
  restoreSure: 'Replace everything?',
  chooseBackup: 'Choose a backup…',
  restoreTitle: 'Choose a backup to restore',
  restored: (messages: number, aside: string) =>
    `Restored: ${counted(messages, 'message', 'messages')}. What was here before is kept in ${aside}`,

  network: 'Network',
  networkNone: 'none',
  networkWhat:
    'Sotto opens no connection: there is no account, no server, no telemetry, no update check. The model runs on this machine.',
  keptWhere: 'All that you write stays in one file in',

  noModel: 'There is no model',
  chooseModel: 'Choose another…',
  chooseModelTitle: 'Choose the folder of a model pack',
  useShippedModel: 'Use the one that came with Sotto',
  modelWhat: 'A pack is checked and tried before it is used. If anything is wrong with it, the present one stays.',
  modelFixed: 'This Sotto was started with a model pack of its own (--model).',
  modelChanged: (name: string, version: string) => `From now on messages are read by ${name} ${version}.`,
  scores: 'What it scores',
  measure: 'Measure',
  score: 'Score',

  notify: 'Notifications',
  notifyWhat: 'Timers, alarms and reminders show a notification of the system.',
  tray: 'Stay in the tray',
  trayWhat: 'Closing the window leaves Sotto running, so that alarms ring. Starting it again brings the window back.',
  atLogin: 'Start at login',
  atLoginWhat: 'With “Stay in the tray” it starts without its window.',
  globalShortcut: 'Shortcut from anywhere',
  globalShortcutWhat: 'Brings Sotto to the front, whatever you are doing.',
  globalShortcutNot:
    'This desktop (Wayland) gives keys to no program. Let its keyboard settings start sotto-desktop instead: that brings the window to the front.',
  globalKeys: 'Keys',
  globalKeysWhat: 'Press the keys you want here.',
  settingsFile: 'These settings are kept in',

  shortcuts: 'Keyboard shortcuts',
  shortcutDoes: 'What it does',
  shortcutKeys: 'Keys',
  shortcutList: [
    ['Enter', 'Send the message'],
    [`${shift}Enter`, 'New line in the message'],
    [`${command}N`, 'New conversation'],
    [`${command}E`, 'Export the conversation'],
    [`${command},`, 'Settings'],
    [`${command}/`, 'This list, also with ?'],
    ['Esc', 'Close what is open; back to the message box'],
    ['Tab', 'On to the next thing: conversations, messages, what is named in them'],
  ],

  today: 'Today',
  yesterday: 'Yesterday',
  justNow: 'just now',
};

/** Labels of the model whose names do not read well by themselves. */
export const labels: Readonly<Record<string, string>> = {
  out_of_scope: 'Out of scope',
  oos: 'Out of scope',
  apr: 'Annual rate',
  mpg: 'Fuel economy',
  pto_balance: 'Leave balance',
  pto_request: 'Leave request',
  pto_request_status: 'Leave request status',
  pto_used: 'Leave used',
  rollover_401k: '401(k) rollover',
  w2: 'W-2 form',
  uber: 'Ride',
  text: 'Text message',
  gas: 'Fuel level',
  gas_type: 'Fuel type',
  affirm: 'Yes',
  negate: 'No',
  inform: 'Statement',
  datetime: 'Date and time',
  url: 'Web address',
  email: 'Email address',
  phone: 'Phone number',
  money: 'Amount of money',
  location: 'Place',
  product: 'Product or work',
};

/** Who set a tag, as in "found by the model". */
export const sources = { model: 'the model', rule: 'a rule', user: 'you' };
