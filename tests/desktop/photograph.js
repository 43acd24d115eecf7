/** Makes the picture of the README: a real window with a short conversation in it. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Sotto } from './app.js';

const path = resolve(process.argv[2]);
const home = await mkdtemp(join(tmpdir(), 'sotto-'));
await mkdir(dirname(path), { recursive: true });
const sotto = await Sotto.open(home);
try {
  await sotto.settled();
  for (const text of [
    'Hello! I love how quiet this is',
    'Remind me to call Anna in Berlin tomorrow at 9',
    'What is 15% of 240?',
    'What time is it?',
  ]) {
    await sotto.say(text);
  }
  await sotto.photograph('window', path);
  console.log(`wrote ${path}`);
} finally {
  await sotto.close();
  await rm(home, { recursive: true, force: true });
}
