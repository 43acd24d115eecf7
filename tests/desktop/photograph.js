/**
 * Makes the pictures in docs/: every screen of the real window, over the same
 * conversation, light and dark; and the README's.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Sotto } from './app.js';
import { close, SCREENS, still, WELCOME } from './screens.js';

const docs = resolve(process.argv[2]);
const pictures = join(docs, 'screens');
const run = promisify(execFile);

const TALK = [
  'What time is it in Tokyo?',
  'Remind me to call Anna in Berlin tomorrow at 9',
  'Add oat milk and lemons to the shopping list',
  'What is 15% of 240?',
  'Thank you, that was wonderful!',
];

/** Fewer colours, a third of the bytes, and nobody sees it; where pngquant is there. */
async function small(path) {
  await run('pngquant', ['--force', '--skip-if-larger', '--strip', '--quality', '80-98', '--output', path, path]).catch(() => {});
  console.log(`wrote ${path}`);
}

async function photograph(sotto, screen, theme) {
  await screen.open(sotto.driver);
  await still(sotto.driver);
  const path = join(pictures, `${screen.name}-${theme}.png`);
  await sotto.photograph(screen.name, path);
  await close(sotto.driver);
  await small(path);
}

/** Puts the window into a colour, as the settings do, and shows it again. */
async function dress(sotto, theme) {
  const { value } = await sotto.ask('preferences');
  await sotto.ask('choose', { preferences: { ...value, theme } });
  await sotto.driver.navigate().refresh();
  await sotto.find('composer');
  await sotto.settled();
}

const home = await mkdtemp(join(tmpdir(), 'sotto-'));
await mkdir(pictures, { recursive: true });
// Pictures show where the model is: not in whose folder this was built.
const pack = join(home, 'squeezebert');
await symlink(resolve('models/squeezebert'), pack);
const sotto = await Sotto.open(home, ['--model', pack]);
try {
  await sotto.settled();
  for (const theme of ['dark', 'light']) {
    await dress(sotto, theme);
    await photograph(sotto, WELCOME, theme);
  }
  for (const text of TALK) await sotto.say(text);
  await sotto.photograph('window', join(docs, 'window.png'));
  await small(join(docs, 'window.png'));
  for (const theme of ['light', 'dark']) {
    await dress(sotto, theme);
    for (const screen of SCREENS) await photograph(sotto, screen, theme);
  }
} finally {
  await sotto.close();
  await rm(home, { recursive: true, force: true });
}
