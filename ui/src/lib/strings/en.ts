/** English: the original, which every other language follows key by key. */
import { command, counted } from './locale';

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
