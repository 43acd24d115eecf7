import { expect, test } from 'vitest';
import { analysis, conversation, FakeApi, line } from '../samples';
import { Chat, PAGE } from './conversation.svelte';

const settled = () => new Promise((resolve) => setTimeout(resolve));
/** What is here of the messages. */
const texts = (chat: Chat) => chat.shown.flatMap((each) => each?.line.text ?? []);

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

test('room is made for all messages, and those that are needed are fetched', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'long', 2 * PAGE + 5)];
  api.lines = Array.from({ length: 2 * PAGE + 5 }, (_, index) => line(index + 1, `${index + 1}`));
  const chat = await begun(api);
  expect(chat.shown).toHaveLength(2 * PAGE + 5);
  expect(texts(chat)).toHaveLength(PAGE);
  expect(chat.shown.at(-1)?.line.text).toBe(`${2 * PAGE + 5}`);
  expect(chat.shown[0]).toBeUndefined();
  await chat.need(3);
  expect(chat.shown[0]?.line.text).toBe('1');
  await chat.need(PAGE + 2);
  expect(texts(chat)).toEqual(api.lines.map(({ text }) => text));
  const calls = api.messagesFrom.mock.calls.length;
  await chat.need(3);
  expect(api.messagesFrom).toHaveBeenCalledTimes(calls);
});

test('what goes off is shown in its conversation and said wherever one is', async () => {
  const api = new FakeApi();
  api.rows = [conversation(2, 'open'), conversation(1, 'other')];
  const chat = await begun(api);
  await chat.ring();
  expect(chat.notice).toBeNull();
  const said = { speaker: 'assistant', source: 'assistant' } as const;
  api.due.mockResolvedValueOnce([
    line(8, 'Time is up: tea.', { ...said, conversation: 2 }),
    line(9, 'Reminder: call Anna.', { ...said, conversation: 1 }),
  ]);
  await chat.ring();
  expect(texts(chat)).toEqual(['Time is up: tea.']);
  expect(chat.notice?.text).toBe('Time is up: tea.\nReminder: call Anna.');
});

test('a page is asked for once at a time, and one that comes too late is dropped', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'long', 3 * PAGE), conversation(2, 'short', 1)];
  api.lines = Array.from({ length: 3 * PAGE }, (_, index) => line(index + 1, `${index + 1}`));
  api.lines.push(line(999, 'other', { conversation: 2 }));
  const chat = await begun(api);
  const pages = [chat.need(0), chat.need(1)];
  expect(api.messagesFrom).toHaveBeenCalledOnce();
  await chat.open(2);
  await Promise.all(pages);
  expect(texts(chat)).toEqual(['other']);
  expect(chat.loading).toBe(false);
});

test('a message is shown in its place, wherever it is', async () => {
  const api = new FakeApi();
  api.rows = [conversation(2, 'open', 1), conversation(1, 'long', 3 * PAGE)];
  api.lines = Array.from({ length: 3 * PAGE }, (_, index) => line(index + 1, `${index + 1}`));
  api.lines.push(line(999, 'other', { conversation: 2 }));
  const chat = await begun(api);
  await chat.show(42);
  expect(chat.current?.id).toBe(1);
  expect(chat.target).toEqual({ id: 42, index: 41 });
  expect(chat.shown[41]?.line.text).toBe('42');
});

test('what the user says of a tag is shown, and can be taken back', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'one', 1)];
  api.lines = [line(1, 'hi', { analysis })];
  const chat = await begun(api);
  const correction = { intent: 'greeting', act: null, sentiment: null, entities: [] };
  await chat.correct(chat.shown[0]!.line, correction, 'It is a greeting.');
  expect(chat.shown[0]?.line.correction?.intent).toBe('greeting');
  expect(chat.notice?.text).toBe('It is a greeting.');
  await chat.undo();
  expect(chat.shown[0]?.line.correction).toBeNull();
  expect(chat.notice).toBeNull();

  api.correct.mockRejectedValueOnce({ code: 'store', message: 'The disk is full.' });
  await chat.correct(chat.shown[0]!.line, correction, 'It is a greeting.');
  expect(chat.notice).toEqual({ kind: 'failed', text: 'The disk is full.' });
});

test('a deleted message goes with its answer, and both come back to their places', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'one', 4)];
  const answer = { speaker: 'assistant', source: 'assistant' } as const;
  api.lines = [line(1, 'a'), line(2, 'A', answer), line(3, 'b'), line(4, 'B', answer)];
  const chat = await begun(api);
  await chat.deleteMessage(chat.shown[0]!.line);
  expect(texts(chat)).toEqual(['b', 'B']);
  await chat.undo();
  expect(chat.shown).toHaveLength(4);
  await chat.need(0);
  expect(texts(chat)).toEqual(['a', 'A', 'b', 'B']);
});

test('a deleted conversation leaves an empty page, and opens again when it comes back', async () => {
  const api = new FakeApi();
  api.rows = [conversation(2, 'two', 1), conversation(1, 'one', 1)];
  api.lines = [line(1, 'hi'), line(2, 'ho', { conversation: 2 })];
  const chat = await begun(api);
  await chat.deleteConversation(chat.conversations[0]!);
  expect(chat.current).toBeNull();
  expect(chat.conversations.map(({ title }) => title)).toEqual(['one']);
  await chat.undo();
  await settled();
  expect(chat.current?.title).toBe('two');
  expect(texts(chat)).toEqual(['ho']);
});

test('an edited message is the tagged one in its place', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'one', 1)];
  api.lines = [line(1, 'helo')];
  const chat = await begun(api);
  await chat.edit(chat.shown[0]!.line, 'hello');
  expect(api.editMessage).toHaveBeenCalledWith(1, 'hello');
  expect(chat.shown[0]?.line).toMatchObject({ text: 'hello', edited: expect.any(Number) });
  await chat.undo();
  expect(texts(chat)).toEqual(['helo']);
});

test('an open question offers its answers until the next message', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'one', 1)];
  api.question.mockResolvedValueOnce({ slot: 'intent', choices: ['set a timer'] });
  const chat = await begun(api);
  expect(chat.question?.choices).toEqual(['set a timer']);
  void chat.send('set a timer', 0);
  expect(chat.question).toBeNull();
  await settled();
  api.answer();
  await settled();
  expect(chat.question).toBeNull();
});

test('what is put away or off the record is not opened at the beginning', async () => {
  const api = new FakeApi();
  api.rows = [
    { ...conversation(3, 'secret'), off_record: true },
    { ...conversation(2, 'away'), archived: true },
    conversation(1, 'here'),
  ];
  const chat = await begun(api);
  expect(chat.current?.title).toBe('here');
  await chat.startOffRecord();
  expect(chat.current?.off_record).toBe(true);
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
