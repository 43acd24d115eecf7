/**
 * axe-core over every screen, in light, dark and high contrast: in a browser and
 * with sample data, because the contrast of colours takes a real renderer.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { test } from 'node:test';
import axe from 'axe-core';
import { Builder } from 'selenium-webdriver';
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js';
import { close, SCREENS, still, WELCOME } from './screens.js';

const dist = resolve('ui/dist');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Hands out the built page. */
async function serve(t) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = join(dist, pathname === '/' ? 'index.html' : pathname);
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

async function browse(t) {
  const options = new Options();
  options.setChromeBinaryPath(process.env.CHROMIUM ?? '/usr/bin/chromium');
  options.addArguments('--headless', '--no-sandbox', '--disable-gpu', '--window-size=1100,760', '--disable-background-networking');
  const driver = await new Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(new ServiceBuilder(process.env.CHROMEDRIVER ?? '/usr/bin/chromedriver'))
    .build();
  t.after(() => driver.quit());
  return driver;
}

/** What axe finds, but for what is minor or only moderate. */
async function findings(driver) {
  await driver.executeScript(axe.source);
  const script = `const [rules, done] = arguments;
    axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] }).then(done);`;
  const { violations, passes } = await driver.executeAsyncScript(script, RULES);
  assert.ok(passes.some(({ id }) => id === 'color-contrast'), 'axe has looked, at colours too');
  return violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`),
  }));
}

const serious = ({ impact }) => impact === 'serious' || impact === 'critical';

test('axe finds nothing serious on any screen', { timeout: 600_000 }, async (t) => {
  const [address, driver] = [await serve(t), await browse(t)];
  await driver.manage().setTimeouts({ script: 60_000 });
  for (const dress of ['light', 'dark', 'contrast']) {
    for (const [options, screens] of [['', SCREENS], ['&empty', [WELCOME]]]) {
      await driver.get(`${address}/?theme=${dress}${options}`);
      for (const screen of screens) {
        await t.test(`${screen.name}, ${dress}`, async (t) => {
          await screen.open(driver);
          await still(driver);
          const found = await findings(driver).finally(() => close(driver));
          for (const each of found) t.diagnostic(`${each.impact} ${each.id}: ${each.help}\n  ${each.where.join('\n  ')}`);
          assert.deepEqual(found.filter(serious).map(({ id }) => id), []);
        });
      }
    }
  }
});
