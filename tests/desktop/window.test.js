/**
 * What a person does first, in the real window: write, see tags and an answer,
 * come back later, take the conversation away. And what happens when the data
 * or the model is not what it should be.
 */
import assert from 'node:assert/strict';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { newHome, PATIENCE, Sotto } from './app.js';

const REMINDER = 'Remind me to call Anna in Berlin tomorrow at 9';
const QUESTION = 'what time is it';
const EMOJI = 'Ångström 👩‍👩‍👧 meets Peter in 東京 tomorrow';
const limits = { timeout: 6 * PATIENCE };

/** Opens a window that is closed when the test is over, and photographed if it failed. */
async function open(test, home, options) {
  const sotto = await Sotto.open(home, options);
  test.after(() => sotto.close());
  return sotto;
}

test('a message is tagged, answered, kept and exported', limits, async (t) => {
  const home = await newHome(t);
  let sotto = await open(t, home);

  await t.test('a message shows its tags and gets an answer', async () => {
    const [message, reply] = await sotto.say(REMINDER);
    assert.equal(await sotto.wordsOf(message), REMINDER);
    for (const chip of ['chip-intent', 'chip-act', 'chip-sentiment']) {
      const [tag] = await sotto.texts(chip, '', message);
      assert.ok(tag, `${chip} says something`);
      t.diagnostic(`${chip}: ${tag.replaceAll('\n', ' ')}`);
    }
    const entities = await sotto.texts('entity', '', message);
    t.diagnostic(`entities: ${entities.join(' | ')}`);
    const times = await sotto.texts('entity', '[data-kind="datetime"]', message);
    assert.deepEqual(times, ['tomorrow at 9'], 'the time is marked');
    assert.ok(entities.includes('Berlin'), 'so is the place');
    assert.equal(await reply.getAttribute('data-speaker'), 'assistant');
    assert.ok(await sotto.wordsOf(reply));
    await sotto.photograph('first-message');
  });

  await t.test('asked for the time, it tells the time', async () => {
    const [message, reply] = await sotto.say(QUESTION);
    const [intent] = await sotto.texts('chip-intent', '', message);
    t.diagnostic(`intent: ${intent.replaceAll('\n', ' ')}`);
    const answer = await sotto.wordsOf(reply);
    t.diagnostic(`answer: ${answer}`);
    assert.match(answer, /\b\d{1,2}:\d{2}\b/);
  });

  await t.test('text beyond ASCII comes through whole', async () => {
    // Typed through the page's own door: no keyboard here has these keys.
    const [{ id }] = (await sotto.ask('conversations')).value;
    const { value } = await sotto.ask('send', { conversation: id, text: EMOJI });
    assert.equal(value.message.text, EMOJI);
    assert.equal(value.message.segments.map(({ text }) => text).join(''), EMOJI);
  });

  await t.test('after a restart the conversation is there', async () => {
    await sotto.close();
    sotto = await open(t, home);
    await sotto.waitFor(async () => (await sotto.texts('message')).length === 6, 'the six messages');
    assert.deepEqual(await sotto.wordsOfUser(), [REMINDER, QUESTION, EMOJI]);
    assert.equal((await sotto.texts('conversation')).length, 1);
    await sotto.settled();
    await sotto.photograph('after-restart');
  });

  await t.test('the save dialog writes what was said', async () => {
    const path = join(home, 'Documents', 'chat.jsonl');
    await (await sotto.find('export')).click();
    await (await sotto.find('export-save', ':enabled')).click();
    await sotto.saveAs(path);
    const said = await sotto.waitFor(async () => {
      const [toast] = await sotto.texts('toast');
      return toast?.includes(path) && toast;
    }, 'word of the file');
    t.diagnostic(said.replaceAll('\n', ' '));
    await sotto.photograph('exported');

    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(lines.length, 6);
    const typed = lines.filter(({ speaker }) => speaker === 'user');
    assert.deepEqual(typed.map(({ text }) => text), [REMINDER, QUESTION, EMOJI]);
    for (const { text, analysis } of typed) {
      assert.ok(analysis.intent.name && analysis.act.name && analysis.sentiment.name);
      const points = [...text];
      for (const entity of analysis.entities) {
        assert.equal(points.slice(entity.start, entity.end).join(''), entity.text);
      }
    }
    t.diagnostic(`resident memory of the program: ${await sotto.memory()} MiB`);
  });

  await t.test('a called-off export writes nothing and says nothing', async () => {
    await (await sotto.find('export')).click();
    const save = await sotto.find('export-save', ':enabled');
    await save.click();
    await sotto.dismissDialog();
    await sotto.waitFor(() => save.isEnabled(), 'the dialog to be as it was');
    assert.deepEqual(await readdir(join(home, 'Documents')), ['chat.jsonl']);
    await (await sotto.find('close')).click();
  });

  await t.test('the page may ask for nothing but Sotto’s own commands', async () => {
    for (const command of ['plugin:dialog|open', 'plugin:window|close', 'plugin:event|emit', 'plugin:path|resolve_directory']) {
      const { error } = await sotto.ask(command, {});
      assert.match(error ?? 'allowed', /not allowed/, command);
    }
    const reached = await sotto.inPage(
      `const done = arguments[0]; fetch('http://127.0.0.1:9/').then(() => done('reached'), (error) => done(String(error)));`,
    );
    assert.notEqual(reached, 'reached');
  });
});

test('a damaged database is said in the window, and left as it is', limits, async (t) => {
  const home = await newHome(t);
  const file = join(home, 'data', 'sotto.db');
  const damage = 'this is no database at all, '.repeat(400);
  await writeFile(file, damage);
  const sotto = await open(t, home);
  const status = await sotto.settled();
  t.diagnostic(status);
  assert.match(status, /sotto\.db/);
  assert.doesNotMatch(status, /panic|unwrap|os error 0/);
  await (await sotto.find('composer')).sendKeys('hello');
  await (await sotto.find('send')).click();
  const [failed] = await sotto.waitFor(async () => {
    const failed = await sotto.texts('message', '[data-state="failed"]');
    return failed.length > 0 && failed;
  }, 'the message that could not be kept');
  assert.match(failed, /sotto\.db/);
  await sotto.photograph('damaged-database');
  assert.equal(await readFile(file, 'utf8'), damage);
});

test('without a model pack the window opens, says why, and keeps what is typed', limits, async (t) => {
  const home = await newHome(t);
  const sotto = await open(t, home, ['--model', join(home, 'nowhere')]);
  const status = await sotto.settled();
  t.diagnostic(status);
  assert.match(status, /nowhere/);
  const [message, reply] = await sotto.say('hello');
  assert.equal(await sotto.wordsOf(message), 'hello');
  assert.match(await sotto.wordsOf(reply), /nowhere/);
  await sotto.photograph('no-model');
  await access(join(home, 'data', 'sotto.db'));
});
