/**
 * What a person does with conversations they have: bring them in, search them,
 * jump to the place, look at the picture, take out what was found.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { newHome, PATIENCE, Sotto } from './app.js';

const limits = { timeout: 8 * PATIENCE };
const COUNT = 400;
const NEEDLE = 'Anna, the Boiler in Köln is leaking again';

/** A chat of some hundred messages, as WhatsApp writes it. */
function chat() {
  const lines = Array.from({ length: COUNT }, (_, index) => {
    const day = String(1 + Math.floor(index / 20)).padStart(2, '0');
    const minute = String(index % 60).padStart(2, '0');
    const text = index === 150 ? NEEDLE : `message number ${index}`;
    return `${day}/12/25, 10:${minute} - ${index % 2 ? 'Omar' : 'Marie'}: ${text}`;
  });
  return [...lines, '24/12/25, 18:00 - Omar: last of all'].join('\n');
}

test('a chat is brought in, searched, pictured and taken out', limits, async (t) => {
  const home = await newHome(t);
  const log = join(home, 'Documents', 'WhatsApp Chat.txt');
  await writeFile(log, chat());
  const sotto = await Sotto.open(home);
  t.after(() => sotto.close());
  await sotto.settled();

  await t.test('the file is shown before anything is stored', async () => {
    await sotto.openWith('o', 'import-dialog');
    await (await sotto.find('import-choose')).click();
    await sotto.chooseFile(log);
    await sotto.find('import-file');
    const sum = await sotto.waitFor(async () => (await sotto.texts('import-sum'))[0], 'what is in it');
    t.diagnostic(sum);
    assert.match(sum, new RegExp(`^${COUNT + 1} messages, 1 conversation`));
    assert.match((await sotto.texts('import-format'))[0], /^WhatsApp/);
    assert.deepEqual((await sotto.ask('conversations')).value, []);
    await sotto.photograph('import-preview');
  });

  await t.test('it is taken in, and tagged meanwhile', async () => {
    await (await sotto.find('import-all', ':enabled')).click();
    const [added] = await sotto.waitFor(async () => {
      const added = await sotto.texts('import-added');
      return added.length > 0 && added;
    }, 'the import');
    assert.match(added, new RegExp(`^${COUNT + 1} new messages`));
    await sotto.photograph('import-done');
    await sotto.waitFor(async () => {
      const { value } = await sotto.ask('tagging');
      return value.tagged === COUNT + 1 && !value.running;
    }, 'the tags');
    await (await sotto.find('import-open')).click();
    await sotto.waitFor(async () => (await sotto.texts('message')).length > 0, 'the conversation');
  });

  await t.test('a search finds it whatever the case and the accents', async () => {
    const dialog = await sotto.openWith('k', 'search');
    const box = await sotto.find('search-box', '', dialog);
    await box.sendKeys('boiler koln from:marie');
    const results = await sotto.waitFor(async () => {
      const results = await sotto.texts('result');
      return results.length === 1 && results;
    }, 'the result');
    assert.ok(results[0].includes(NEEDLE));
    assert.match((await sotto.texts('search-status'))[0], /^1 message found/);
    await sotto.photograph('search');
  });

  await t.test('Enter jumps to the place, and the list goes on from there', async () => {
    const box = await sotto.find('search-box');
    await box.sendKeys(Key.ENTER);
    const shown = await sotto.waitFor(async () => {
      const shown = await sotto.texts('message');
      return shown.some((text) => text.includes(NEEDLE)) && shown;
    }, 'the place');
    assert.ok(!shown.some((text) => text.includes('last of all')), 'it is not the end of the conversation');
    const visible = await sotto.inPage(
      `const done = arguments[1];
       const [message] = [...document.querySelectorAll('article')].filter((each) => each.textContent.includes(arguments[0]));
       setTimeout(() => {
         const { top, bottom } = message.getBoundingClientRect();
         done(top >= 0 && bottom <= innerHeight && message === document.activeElement);
       }, 500);`,
      NEEDLE,
    );
    assert.equal(visible, true, 'the message is in view and has the keyboard');
    await sotto.photograph('jump');
    await sotto.press(Key.END);
    await sotto.waitFor(async () => (await sotto.texts('message')).at(-1)?.includes('last of all'), 'the end');
  });

  await t.test('messages that are selected are exported, and no others', async () => {
    await sotto.press(' ');
    await sotto.press(Key.ARROW_UP, [Key.SHIFT]);
    await sotto.waitFor(async () => /^2 messages selected/.test((await sotto.texts('selection'))[0]), 'two to be selected');
    await (await sotto.find('selection-export')).click();
    assert.equal(await (await sotto.find('export-selection')).isSelected(), true);
    await sotto.waitFor(async () => (await sotto.texts('export-status'))[0] === '2 messages', 'the count');
    const [preview] = await sotto.texts('export-preview');
    assert.ok(preview.includes('last of all'), preview);
    await (await sotto.find('close')).click();
  });

  await t.test('what cannot be read is said', async () => {
    await sotto.openWith('k', 'search');
    const box = await sotto.find('search-box');
    await box.clear();
    await box.sendKeys('before:frogday');
    await sotto.waitFor(async () => (await sotto.texts('search-status'))[0]?.includes('is no date'), 'the sentence');
    // The first Escape empties the box.
    await sotto.press(Key.ESCAPE);
    await sotto.press(Key.ESCAPE);
    await sotto.waitFor(async () => (await sotto.texts('search')).length === 0, 'the search to close');
  });

  await t.test('a mark of the picture leads to the messages behind it', async () => {
    await sotto.openWith('i', 'insight');
    await sotto.waitFor(async () => (await sotto.texts('insight-summary'))[0]?.startsWith(`${COUNT + 1} messages`), 'the numbers');
    const chart = await sotto.find('chart', '[data-chart="speakers"]');
    await sotto.find('mark', '', chart);
    await sotto.photograph('insight');
    const label = await sotto.inPage(
      `const done = arguments[0];
       const mark = document.querySelector('[data-chart="speakers"] [data-testid="mark"]');
       mark.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
       done(mark.getAttribute('aria-label'));`,
    );
    t.diagnostic(label);
    const [, name] = /^(\w+): \d+ messages/.exec(label);
    await sotto.waitFor(async () => (await sotto.texts('result')).length > 0, 'the messages');
    const box = await sotto.find('search-box');
    assert.equal(await box.getAttribute('value'), `from:="${name}"`);
    assert.ok((await sotto.texts('result')).every((text) => text.includes(name)));
    await (await sotto.find('close')).click();
  });

  await t.test('what was found is exported, whole and redacted', async () => {
    await sotto.openWith('k', 'search');
    const box = await sotto.find('search-box');
    await box.clear();
    await box.sendKeys('boiler');
    await (await sotto.find('search-export')).click();
    await (await sotto.find('export-redact')).click();
    await sotto.waitFor(async () => (await sotto.texts('export-preview'))[0]?.includes('PERSON_'), 'the preview');
    assert.match((await sotto.texts('export-status'))[0], /^1 message$/);
    await sotto.photograph('export');
    await (await sotto.find('export-save', ':enabled')).click();
    const path = join(home, 'Documents', 'found.jsonl');
    await sotto.saveAs(path);
    await sotto.waitFor(async () => (await sotto.texts('toast'))[0]?.includes(path), 'word of the file');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(lines.length, 1);
    assert.match(lines[0].speaker, /^PERSON_\d+$/);
    assert.doesNotMatch(JSON.stringify(lines), /Marie/);
  });
});
