/**
 * What a person does with what is kept, in the real window: correct a tag and
 * find it so after a restart; edit, delete, and be sure that it is gone from the
 * files; talk off the record.
 */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { newHome, PATIENCE, Sotto } from './app.js';

const limits = { timeout: 6 * PATIENCE };
const SECRET = 'zeppelin';

async function open(test, home) {
  const sotto = await Sotto.open(home);
  test.after(() => sotto.close());
  await sotto.settled();
  return sotto;
}

/** The files in the data folder that hold `text`, whatever its case. */
async function holding(home, text) {
  const names = await readdir(join(home, 'data'));
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(home, 'data', name), 'latin1')]));
  return files.filter(([, content]) => content.toLowerCase().includes(text)).map(([name]) => name);
}

/** Clicks what shows itself only while the pointer is there. */
async function press(sotto, element) {
  await sotto.inPage('arguments[0].focus(); arguments[0].click(); arguments[1]();', element);
}

test('a corrected tag is the user’s, also after a restart', limits, async (t) => {
  const home = await newHome(t);
  let sotto = await open(t, home);
  const [message] = await sotto.say('Remind me to call Anna in Berlin tomorrow at 9');

  const chip = await sotto.find('chip-intent', '', message);
  const model = await chip.getAttribute('data-name');
  await chip.click();
  const search = await sotto.find('picker', ' input');
  await search.sendKeys('calendar update', Key.ENTER);
  await sotto.find('chip-intent', '[data-source="user"]');
  assert.equal(await chip.getAttribute('data-name'), 'calendar_update');
  assert.match((await sotto.texts('toast'))[0], /Intent is now “Calendar update”/);
  await sotto.photograph('corrected');

  await press(sotto, await sotto.find('entity', '[data-kind="location"]', message));
  await (await sotto.find('picker', ' input')).sendKeys('event', Key.ENTER);
  await sotto.find('entity', '[data-kind="event"][data-source="user"]');

  await sotto.close();
  sotto = await open(t, home);
  const kept = await sotto.find('chip-intent', '[data-source="user"]');
  assert.equal(await kept.getAttribute('data-name'), 'calendar_update');
  assert.match(await kept.getAttribute('aria-label'), /set by you, model: /);
  assert.deepEqual(await sotto.texts('entity', '[data-kind="event"]'), ['Berlin']);
  const [{ id }] = (await sotto.ask('conversations')).value;
  const [line] = (await sotto.ask('messages', { conversation: id, before: null, limit: 9 })).value;
  assert.equal(line.analysis.intent.name, model, 'the model’s word stands');
  assert.equal(line.correction.intent, 'calendar_update');

  await press(sotto, await sotto.find('message-details'));
  await sotto.find('details');
  await sotto.photograph('details');
});

test('what is edited, deleted or off the record is in no file', limits, async (t) => {
  const home = await newHome(t);
  const sotto = await open(t, home);
  const [first] = await sotto.say('nothing of note');
  const [second] = await sotto.say(`the ${SECRET} leaves at dawn`);
  assert.notDeepEqual(await holding(home, SECRET), [], 'it was there');

  await t.test('a message is changed and tagged again', async () => {
    await press(sotto, await sotto.find('message-edit', '', second));
    const editor = await sotto.find('editor');
    await sotto.inPage('arguments[0].select(); arguments[1]();', editor);
    await editor.sendKeys('what is 15% of 240', Key.ENTER);
    await sotto.find('edited');
    assert.deepEqual(await holding(home, SECRET), []);
    assert.equal(await sotto.wordsOf(second), 'what is 15% of 240');
  });

  await t.test('a message is deleted with its answer, and comes back', async () => {
    await press(sotto, await sotto.find('message-delete', '', first));
    await sotto.waitFor(async () => (await sotto.texts('message')).length === 2, 'both to go');
    assert.deepEqual(await holding(home, 'nothing of note'), []);
    await (await sotto.find('undo')).click();
    await sotto.waitFor(async () => (await sotto.wordsOfUser()).includes('nothing of note'), 'both to come back');
  });

  await t.test('what is off the record never was in a file', async () => {
    await (await sotto.find('new-off-record')).click();
    await sotto.find('off-record');
    await sotto.say(`note that the ${SECRET} is blue`);
    await sotto.photograph('off-record');
    assert.deepEqual(await holding(home, SECRET), []);
  });

  await t.test('a deleted conversation is gone from the files at once', async () => {
    await (await sotto.find('new-conversation')).click();
    await sotto.say(`my ${SECRET} is here`);
    assert.notDeepEqual(await holding(home, SECRET), []);
    const [row] = (await sotto.ask('conversations')).value.filter(({ title }) => title.includes(SECRET) && !title.includes('blue'));
    await sotto.inPage('arguments[0].focus(); arguments[1]();', await sotto.find('conversation', '[aria-current]'));
    await sotto.press(Key.DELETE);
    await sotto.waitFor(async () => {
      const all = (await sotto.ask('conversations')).value;
      return !all.some(({ id }) => id === row.id);
    }, 'the conversation to go');
    assert.deepEqual(await holding(home, SECRET), []);
    await sotto.photograph('deleted');
  });
});
