/**
 * The installed Sotto, as its user meets it: started from /usr/bin under a home
 * that is empty, in a network namespace that leads nowhere; spoken to with keys;
 * watched by strace. Prints what was seen, and fails if a socket was opened that
 * leads anywhere.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PATIENCE = 60_000;
const STARTS = 5;
const QUESTION = 'what is 15% of 240';
const ANSWER = /\b36\b/;

const homes = [];

async function newHome() {
  const home = await mkdtemp(join(tmpdir(), 'sotto-installed-'));
  homes.push(home);
  return home;
}

function environment(home) {
  const { PATH, DISPLAY } = process.env;
  return { PATH, DISPLAY, HOME: home, LC_ALL: 'C.UTF-8', TZ: 'Europe/Berlin' };
}

/** Starts Sotto, in front of it `before`, and waits for its window: how long that took, in milliseconds. */
async function start(home, before = []) {
  const [program, ...rest] = [...before, '/usr/bin/sotto-desktop'];
  const begin = performance.now();
  const child = spawn(program, rest, { env: environment(home), stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  const { stdout } = await run('xdotool', ['search', '--sync', '--onlyvisible', '--name', 'Sotto'], { timeout: PATIENCE });
  return { child, time: performance.now() - begin, window: stdout.trim().split('\n')[0] };
}

async function stop({ child }) {
  process.kill(-child.pid, 'SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** What the installed command line finds in the data of `home`. */
async function texts(home) {
  const data = join(home, '.local', 'share', 'sotto');
  const { stdout } = await run('/usr/bin/sotto', ['export', '--data-dir', data], { env: environment(home) });
  return stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line).text);
}

async function until(condition, what) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(200)) {
    const result = await condition();
    if (result) return result;
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Types a message and waits for its answer in the database. */
async function chat(home, window) {
  await pause(2_000);
  await run('xdotool', ['windowfocus', '--sync', window]);
  await run('xdotool', ['type', '--delay', '40', QUESTION]);
  await run('xdotool', ['key', 'Return']);
  return until(async () => (await texts(home)).find((text) => ANSWER.test(text)), 'the answer');
}

/** Resident memory of the program alone, in MiB. */
async function memory() {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (!name.startsWith('sotto-desktop')) continue;
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kibibytes = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    return { all: kibibytes('VmRSS') / 1024, own: kibibytes('RssAnon') / 1024 };
  }
  throw new Error('no sotto-desktop is running');
}

/** What strace saw: sockets by program and family, and where those of the internet led. */
function read(trace) {
  const programs = new Map();
  const sockets = new Map();
  const reached = [];
  for (const line of trace.split('\n')) {
    const [, pid, call] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!pid) continue;
    const program = programs.get(pid) ?? 'sotto-desktop';
    const executed = /^execve\("([^"]+)".*= 0$/.exec(call);
    if (executed) programs.set(pid, executed[1].split('/').at(-1));
    const child = /^(?:clone3?|v?fork)\b.*= (\d+)$/.exec(call) ?? /^<\.\.\. (?:clone3?|v?fork) resumed.*= (\d+)$/.exec(call);
    if (child) programs.set(child[1], program);
    const socket = /^socket(?:pair)?\((AF_\w+), ([A-Z_]+)/.exec(call);
    if (socket) {
      const kind = `${program}: ${socket[1]} ${socket[2]}`;
      sockets.set(kind, (sockets.get(kind) ?? 0) + 1);
    }
    if (/^(?:connect|bind|sendto|sendmsg)\(.*AF_INET6?/.test(call)) reached.push(`${program}: ${call}`);
  }
  return { sockets, reached };
}

try {
  const routes = (await readFile('/proc/net/route', 'utf8')).trim().split('\n').slice(1);
  assert.deepEqual(routes, [], 'there is a way out of here; start this in a network namespace of its own');

  const times = [];
  const home = await newHome();
  for (let n = 0; n < STARTS; n++) {
    const sotto = await start(n === 0 ? await newHome() : home);
    times.push(sotto.time);
    await stop(sotto);
  }
  const sorted = times.toSorted((one, other) => one - other);
  console.log(`window visible: ${times.map((time) => Math.round(time)).join(', ')} ms, median ${Math.round(sorted[STARTS >> 1])} ms`);

  const plain = await start(home);
  console.log(`asked “${QUESTION}”, answered: ${await chat(home, plain.window)}`);
  const { all, own } = await memory();
  console.log(`resident memory of sotto-desktop after that: ${all.toFixed(0)} MiB, of which its own ${own.toFixed(0)} MiB`);
  await stop(plain);

  const watched = await newHome();
  const file = join(watched, 'trace');
  const calls = 'trace=network,execve,clone,clone3,fork,vfork';
  const traced = await start(watched, ['strace', '-f', '-qq', '-e', calls, '-o', file]);
  console.log(`watched by strace, answered: ${await chat(watched, traced.window)}`);
  await stop(traced);
  const { sockets, reached } = read(await readFile(file, 'utf8'));
  console.log('sockets that were opened, by program and family:');
  for (const [kind, count] of [...sockets].sort()) console.log(`  ${String(count).padStart(4)}  ${kind}`);
  console.log(`connections, bindings and sendings over the internet's families: ${reached.length}`);
  for (const each of reached) console.log(`  ${each}`);
  const ours = [...sockets.keys()].filter((kind) => /^sotto(-desktop)?: AF_INET/.test(kind));
  assert.deepEqual(ours, [], 'Sotto opens no internet socket');
  assert.deepEqual(reached, [], 'nobody reaches out');
  console.log('no socket of Sotto leads out of this machine');
} finally {
  await Promise.all(homes.map((home) => rm(home, { recursive: true, force: true })));
}
