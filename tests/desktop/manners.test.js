/**
 * How the window behaves over days: it wears what was chosen, gives everything
 * away as one file and takes it back, and rings by itself.
 */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { newHome, PATIENCE, Sotto } from './app.js';

const limits = { timeout: 6 * PATIENCE };

async function open(test, home) {
  const sotto = await Sotto.open(home);
  test.after(() => sotto.close());
  return sotto;
}

/** Opens a section of the settings with the keyboard and the mouse. */
async function settings(sotto, section) {
  await (await sotto.find('composer')).sendKeys(Key.chord(Key.CONTROL, ','));
  await (await sotto.find('settings')).isDisplayed();
  await (await sotto.find('settings', ` [data-section="${section}"]`)).click();
}

const worn = (sotto) => sotto.inPage(`arguments[0]({ ...document.documentElement.dataset, lang: document.documentElement.lang });`);

const noticed = (sotto, words) =>
  sotto.waitFor(async () => {
    const [notice] = await sotto.texts('settings-notice');
    return words.test(notice ?? '') && notice;
  }, `a notice like ${words}`);

test('what is chosen is worn at once, and after a restart', limits, async (t) => {
  const home = await newHome(t);
  let sotto = await open(t, home);
  await settings(sotto, 'appearance');
  await (await sotto.find('settings', ' input[value="dark"]')).click();
  assert.equal((await worn(sotto)).theme, 'dark');
  const file = join(home, '.config', 'sotto', 'settings.json');
  await sotto.waitFor(async () => /"dark"/.test(await readFile(file, 'utf8').catch(() => '')), 'the file of the settings');
  await sotto.photograph('settings-dark');

  await (await sotto.find('language')).sendKeys('Deutsch');
  await sotto.waitFor(async () => (await worn(sotto)).lang.startsWith('de'), 'German');
  const button = await sotto.find('settings-button');
  assert.equal(await button.getText(), 'Einstellungen');

  await sotto.close();
  sotto = await open(t, home);
  const { theme, lang } = await worn(sotto);
  assert.equal(theme, 'dark');
  assert.match(lang, /^de/);
});

test('the page may not speak to the system past Sotto’s own commands', limits, async (t) => {
  const sotto = await open(t, await newHome(t));
  for (const command of ['plugin:notification|notify', 'plugin:autostart|enable', 'plugin:window-state|save_window_state', 'plugin:dialog|open']) {
    const { error } = await sotto.ask(command, {});
    assert.match(error ?? 'allowed', /not allowed/, command);
  }
});

test('settings that cannot be read are said, and not thrown away', limits, async (t) => {
  const home = await newHome(t);
  const folder = join(home, '.config', 'sotto');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), 'by hand, and wrong');
  const sotto = await open(t, home);
  await settings(sotto, 'system');
  t.diagnostic(await noticed(sotto, /settings\.json/));
  assert.equal(await readFile(join(folder, 'settings.json'), 'utf8'), 'by hand, and wrong');
});

test('everything goes into one file and comes back from it', limits, async (t) => {
  const home = await newHome(t);
  const sotto = await open(t, home);
  const backup = join(home, 'Documents', 'backup.db');
  await sotto.say('Note that the key is under the stone');

  await settings(sotto, 'data');
  await (await sotto.find('back-up')).click();
  await sotto.saveAs(backup, 'Back up everything to one file');
  t.diagnostic(await noticed(sotto, /backup\.db/));
  t.diagnostic(`the backup has ${(await stat(backup)).size} bytes`);
  await (await sotto.find('close')).click();

  await sotto.say('this came later');
  await settings(sotto, 'data');
  await (await sotto.find('restore')).click();
  await (await sotto.find('restore-sure')).click();
  await sotto.openFile(backup, 'Choose a backup to restore');
  t.diagnostic(await noticed(sotto, /before-restore/));
  await (await sotto.find('close')).click();
  await sotto.waitFor(async () => (await sotto.wordsOfUser()).length === 1, 'what the backup holds');
  assert.deepEqual(await sotto.wordsOfUser(), ['Note that the key is under the stone']);
  const kept = (await readdir(join(home, 'data'))).filter((name) => name.startsWith('sotto.before-restore-'));
  assert.equal(kept.length, 1, 'what was there is kept');

  await writeFile(backup, 'no database');
  await settings(sotto, 'data');
  await (await sotto.find('restore')).click();
  await (await sotto.find('restore-sure')).click();
  await sotto.openFile(backup, 'Choose a backup to restore');
  t.diagnostic(await noticed(sotto, /not a backup of Sotto/));
  await (await sotto.find('close')).click();
  assert.deepEqual(await sotto.wordsOfUser(), ['Note that the key is under the stone']);
  const [, reply] = await sotto.say('What are my notes?');
  assert.match(await sotto.wordsOf(reply), /under the stone/);
});

test('a timer rings by itself, once, also when it was due while Sotto was closed', limits, async (t) => {
  const home = await newHome(t);
  let sotto = await open(t, home);
  await sotto.settled();
  const { error } = await sotto.ask('due');
  assert.match(error ?? 'allowed', /not found/i, 'the page cannot fire anything');
  await sotto.say('Set a tea timer for 2 seconds');
  const rung = async () => (await sotto.texts('message', '[data-speaker="assistant"]')).filter((text) => text.includes('⏰'));
  await sotto.waitFor(async () => (await rung()).length > 0, 'the timer');
  const [toast] = await sotto.texts('toast');
  t.diagnostic(toast.replaceAll('\n', ' '));
  assert.equal((await rung()).length, 1);

  await sotto.say('Set an egg timer for 3 seconds');
  await sotto.close();
  await new Promise((done) => setTimeout(done, 4_000));
  sotto = await open(t, home);
  await sotto.waitFor(async () => (await sotto.texts('message', '[data-speaker="assistant"]')).some((text) => /⏰.*egg/i.test(text)), 'the missed timer');
  assert.equal((await rung()).filter((text) => /tea/i.test(text)).length, 1, 'the first did not ring again');
  await sotto.photograph('missed-timer');
});
