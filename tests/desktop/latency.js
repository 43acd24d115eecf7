/**
 * How long after Enter a message stands in the window with its tags, as the page
 * itself sees it, and what the program holds in memory then:
 * `cargo xtask e2e tests/desktop/latency.js`. A measurement: it asserts nothing of time.
 */
import { Key } from 'selenium-webdriver';
import { test } from 'node:test';
import { newHome, PATIENCE, Sotto } from './app.js';

const COUNT = 100;
const SAID = [
  'Remind me to call Anna in Berlin tomorrow at 9',
  'what is 15% of 240',
  'The heating is broken again and nobody answers the phone',
  'add milk and two lemons to the shopping list',
  'thanks, that was quick',
];

/** Notes in the page when Enter goes down and when the next painted frame has the tags. */
const WATCH = `
  window.latencies = [];
  let pressed = null;
  const newest = () => [...document.querySelectorAll('[data-testid="message"][data-state="kept"] [data-testid="chip-intent"]')].at(-1);
  let tagged = newest();
  addEventListener('keydown', ({ key }) => { if (key === 'Enter') pressed = performance.now(); }, true);
  new MutationObserver(() => {
    const chip = newest();
    if (pressed === null || chip === tagged) return;
    tagged = chip;
    const start = pressed;
    pressed = null;
    requestAnimationFrame(() => window.latencies.push(performance.now() - start));
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
  arguments[0]();`;

test('tags after Enter', { timeout: COUNT * PATIENCE }, async (t) => {
  const sotto = await Sotto.open(await newHome(t));
  t.after(() => sotto.close());
  await sotto.settled();
  await sotto.inPage(WATCH);
  const composer = await sotto.find('composer');
  for (let sent = 0; sent < COUNT; sent++) {
    await composer.sendKeys(SAID[sent % SAID.length], Key.ENTER);
    await sotto.waitFor(async () => (await sotto.inPage('arguments[0](window.latencies.length)')) > sent, `message ${sent}`);
  }
  const times = (await sotto.inPage('arguments[0](window.latencies)')).sort((one, other) => one - other);
  const at = (share) => times[Math.floor((COUNT - 1) * share)].toFixed(0);
  t.diagnostic(`${COUNT} messages: median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, longest ${at(1)} ms`);
  t.diagnostic(`the program without its web view holds ${await sotto.memory()} MiB`);
});
