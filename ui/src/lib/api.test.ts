import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { afterEach, expect, test } from 'vitest';
import { line, preferences } from '../samples';
import { connect, problemOf } from './api';

afterEach(clearMocks);

test('each function calls its command with its arguments by name', async () => {
  const calls: unknown[] = [];
  mockIPC((command, given) => void calls.push([command, given]));
  const api = await connect();
  expect(api.preview).toBe(false);
  await api.conversations();
  await api.newConversation();
  await api.messages(3, null, 100);
  await api.send(3, 'hi');
  await api.status();
  await api.choose(preferences);
  await api.startAtLogin(true);
  await api.moveData('Where to', true);
  await api.backUp('Back up');
  await api.restore('Restore');
  expect(calls).toEqual([
    ['conversations', {}],
    ['new_conversation', {}],
    ['messages', { conversation: 3, before: null, limit: 100 }],
    ['send', { conversation: 3, text: 'hi' }],
    ['status', {}],
    ['choose', { preferences }],
    ['start_at_login', { on: true }],
    ['move_data', { title: 'Where to', remove: true }],
    ['back_up', { title: 'Back up' }],
    ['restore', { title: 'Restore' }],
  ]);
});

test('what goes off is heard through one channel', async () => {
  let ear: { onmessage: (fired: unknown) => void } | undefined;
  mockIPC((command, given) => {
    if (command === 'listen') ear = (given as { ear: typeof ear }).ear;
  });
  const api = await connect();
  const heard: unknown[] = [];
  await api.listen((fired) => heard.push(fired));
  ear?.onmessage([line(1, 'Time is up.')]);
  expect(heard).toEqual([[line(1, 'Time is up.')]]);
});

test('so does each that finds, takes out and takes in; what is told comes through a channel', async () => {
  const calls: [string, Record<string, unknown>][] = [];
  mockIPC((command, given) => void calls.push([command, given as Record<string, unknown>]));
  const api = await connect();
  const outgoing = { query: 'in:3', format: 'csv', tags: 'effective', redact: false, pseudonyms: false, shift_days: 0, excel: true } as const;
  const reading = { order: null, columns: null };
  await api.search('boiler', 'newest', null, 30);
  await api.count('boiler');
  await api.insight('in:3');
  await api.exportFormats();
  await api.previewExport(outgoing, 5);
  await api.export(outgoing, 'Kitchen', () => {});
  await api.chooseLogs();
  await api.watchDrops(() => {});
  await api.previewLog('/a', reading, () => {});
  await api.importLog('/a', reading, () => {});
  await api.callOff();
  await api.tagging();
  await api.pauseTagging(true);
  const plain = calls.map(([command, { told, ...given }]) => [command, given, told !== undefined]);
  expect(plain).toEqual([
    ['search', { query: 'boiler', order: 'newest', after: null, limit: 30 }, false],
    ['count', { query: 'boiler' }, false],
    ['insight', { query: 'in:3' }, false],
    ['export_formats', {}, false],
    ['preview_export', { outgoing, limit: 5 }, false],
    ['export', { outgoing, title: 'Kitchen' }, true],
    ['choose_logs', {}, false],
    ['watch_drops', {}, true],
    ['preview_log', { path: '/a', reading }, true],
    ['import_log', { path: '/a', reading }, true],
    ['call_off', {}, false],
    ['tagging', {}, false],
    ['pause_tagging', { paused: true }, false],
  ]);
});

test('without a desktop there is the preview, whose segments make up its texts', async () => {
  Reflect.deleteProperty(window, '__TAURI_INTERNALS__');
  const api = await connect();
  expect(api.preview).toBe(true);
  const conversations = await api.conversations();
  expect(conversations.length).toBeGreaterThan(1);
  for (const { id, messages } of conversations) {
    const lines = await api.messages(id, null, 100);
    expect(lines).toHaveLength(messages);
    for (const line of lines) {
      expect(line.segments.map(({ text }) => text).join('')).toBe(line.text);
      for (const each of line.analysis?.entities ?? []) {
        expect([...line.text].slice(each.start, each.end).join('')).toBe(each.text);
      }
    }
  }
});

test.each([
  [{ code: 'pack', message: 'no model' }, { code: 'pack', message: 'no model' }],
  ['command send not found', { code: 'unknown', message: 'command send not found' }],
  [new TypeError('odd'), { code: 'unknown', message: 'odd' }],
  [null, { code: 'unknown', message: 'null' }],
])('%j becomes a problem', (thrown, problem) => {
  expect(problemOf(thrown)).toEqual(problem);
});
