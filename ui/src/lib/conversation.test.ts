import { expect, test } from 'vitest';
import { analysis, conversation, FakeApi, line } from '../samples';
import { Chat, PAGE } from './conversation.svelte';

const settled = () => new Promise((resolve) => setTimeout(resolve));
const texts = (chat: Chat) => chat.shown.map((each) => each.line.text);

async function begun(api: FakeApi): Promise<Chat> {
  const chat = new Chat(api);
  await chat.begin();
  return chat;
}

test('the latest conversation is opened, or none', async () => {
  const api = new FakeApi();
  expect((await begun(api)).current).toBeNull();
  api.rows = [conversation(2, 'late'), conversation(1, 'early')];
  api.lines = [line(7, 'hello', { conversation: 2 })];
  const chat = await begun(api);
  expect(chat.current?.title).toBe('late');
  expect(texts(chat)).toEqual(['hello']);
  expect(chat.loading).toBe(false);
});

test('paging back keeps the order and stops at the first message', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'long')];
  api.lines = Array.from({ length: 2 * PAGE + 5 }, (_, index) => line(index + 1, `${index + 1}`));
  const chat = await begun(api);
  expect(texts(chat)).toHaveLength(PAGE);
  await chat.loadOlder();
  await chat.loadOlder();
  expect(texts(chat)).toEqual(api.lines.map(({ text }) => text));
  const calls = api.messages.mock.calls.length;
  await chat.loadOlder();
  expect(api.messages).toHaveBeenCalledTimes(calls);
});

test('what goes off is shown in its conversation and said wherever one is', async () => {
  const api = new FakeApi();
  api.rows = [conversation(2, 'open'), conversation(1, 'other')];
  const chat = await begun(api);
  const said = { speaker: 'assistant', source: 'assistant' } as const;
  await chat.ring([
    line(8, 'Time is up: tea.', { ...said, conversation: 2 }),
    line(9, 'Reminder: call Anna.', { ...said, conversation: 1 }),
  ]);
  expect(texts(chat)).toEqual(['Time is up: tea.']);
  expect(chat.notice?.text).toBe('Time is up: tea.\nReminder: call Anna.');
});

test('a page is asked for once at a time, and one that comes too late is dropped', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'long'), conversation(2, 'short')];
  api.lines = Array.from({ length: PAGE + 1 }, (_, index) => line(index + 1, `${index + 1}`));
  api.lines.push(line(999, 'other', { conversation: 2 }));
  const chat = await begun(api);
  const calls = api.messages.mock.calls.length;
  const older = [chat.loadOlder(), chat.loadOlder()];
  expect(api.messages).toHaveBeenCalledTimes(calls + 1);
  await chat.open(2);
  await Promise.all(older);
  expect(texts(chat)).toEqual(['other']);
  expect(chat.loading).toBe(false);
});

test('the first message creates the conversation; its key outlives the sending', async () => {
  const api = new FakeApi();
  const chat = await begun(api);
  void chat.send('hello', 5);
  expect(chat.shown).toMatchObject([{ state: 'sending', line: { text: 'hello', speaker: 'user', time: 5 } }]);
  const key = chat.shown[0]!.key;
  await settled();
  expect(api.send).toHaveBeenCalledWith(1, 'hello');
  api.answer();
  await settled();
  expect(chat.shown).toMatchObject([
    { key, state: 'kept', line: { text: 'hello', analysis } },
    { state: 'kept', line: { text: 'You said hello', speaker: 'assistant' } },
  ]);
  expect(chat.current?.title).toBe('hello');
});

test('messages written in a burst are sent in order, one by one, to one conversation', async () => {
  const api = new FakeApi();
  const chat = await begun(api);
  for (const text of ['a', 'b', 'c']) void chat.send(text, 0);
  expect(texts(chat)).toEqual(['a', 'b', 'c']);
  for (const sent of [1, 2, 3]) {
    await settled();
    expect(api.send).toHaveBeenCalledTimes(sent);
    api.answer();
  }
  await settled();
  expect(api.newConversation).toHaveBeenCalledOnce();
  expect(texts(chat)).toEqual(['a', 'You said a', 'b', 'You said b', 'c', 'You said c']);
});

test('a refused message stays, does not hold up the next, and can be sent again', async () => {
  const api = new FakeApi();
  const chat = await begun(api);
  void chat.send('one', 0);
  await settled();
  api.refuse('The disk is full.');
  await settled();
  expect(chat.shown).toMatchObject([{ state: 'failed', problem: { message: 'The disk is full.' } }]);

  void chat.send('two', 0);
  await settled();
  api.answer();
  await settled();
  expect(texts(chat)).toEqual(['two', 'You said two', 'one']);

  void chat.retry(chat.shown[2]!.key);
  expect(chat.shown[2]).toMatchObject({ state: 'sending', problem: null });
  await settled();
  api.answer();
  await settled();
  expect(texts(chat)).toEqual(['two', 'You said two', 'one', 'You said one']);
});

test('a refused message waits in its own conversation, even one not created yet', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'old')];
  api.lines = [line(1, 'hi')];
  api.newConversation.mockRejectedValueOnce({ code: 'store', message: 'read-only' });
  const chat = await begun(api);
  chat.startNew();
  void chat.send('precious', 0);
  await settled();
  await chat.open(1);
  expect(texts(chat)).toEqual(['hi']);
  chat.startNew();
  expect(chat.shown).toMatchObject([{ state: 'failed', line: { text: 'precious' } }]);
  expect(chat.takeBack(chat.shown[0]!.key)).toBe('precious');
  expect(chat.shown).toEqual([]);
});

test('a message whose conversation is opened again before it is answered is there once', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'one'), conversation(2, 'two')];
  api.lines = [line(1, 'hi')];
  const chat = await begun(api);
  void chat.send('meanwhile', 0);
  await settled();
  await chat.open(2);
  api.lines.push(line(2, 'meanwhile'));
  await chat.open(1);
  api.lines.pop();
  api.answer();
  await settled();
  expect(texts(chat)).toEqual(['hi', 'meanwhile', 'You said meanwhile']);
  expect(chat.shown[1]!.line.analysis).not.toBeNull();
});

test('an answer that comes while another conversation is open is not shown there', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'one'), conversation(2, 'two')];
  const chat = await begun(api);
  void chat.send('for one', 0);
  await settled();
  await chat.open(2);
  api.answer();
  await settled();
  expect(chat.shown).toEqual([]);
  await chat.open(1);
  expect(texts(chat)).toEqual(['for one', 'You said for one']);
});

test('after a new conversation got its first message, the next new one is another', async () => {
  const api = new FakeApi();
  const chat = await begun(api);
  void chat.send('first', 0);
  await settled();
  api.answer();
  await settled();
  chat.startNew();
  expect(chat.shown).toEqual([]);
  expect(chat.current).toBeNull();
  void chat.send('second', 0);
  await settled();
  expect(api.send).toHaveBeenLastCalledWith(2, 'second');
});

test('the status is final once there is a model or a problem', async () => {
  const api = new FakeApi();
  const chat = new Chat(api);
  api.state = { data: '', model: null, problem: null };
  expect(await chat.checkStatus()).toBe(false);
  api.state = { data: '', model: null, problem: { code: 'pack', message: 'no model' } };
  expect(await chat.checkStatus()).toBe(true);
  api.status.mockRejectedValueOnce('gone');
  expect(await chat.checkStatus()).toBe(true);
  expect(chat.status?.problem?.message).toBe('gone');
});
