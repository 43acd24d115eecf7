/**
 * The real window, driven from outside: tauri-driver and WebKitWebDriver for the
 * page, xdotool for the system's dialogs, which are no part of the page.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, open, readFile, readdir, readlink, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Builder, By, Capabilities, Key, until } from 'selenium-webdriver';

/** How long anything may take on a busy machine with two cores. */
export const PATIENCE = 60_000;

const run = promisify(execFile);
const program = resolve(process.env.SOTTO_DESKTOP ?? 'target/debug/sotto-desktop');
/** Where pictures go, and what the drivers and Sotto print. */
const seen = resolve('target/e2e');

/** Keeps the desktop of whoever runs the test out of it: its bus, its settings, its screen reader. */
const alone = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', GSETTINGS_BACKEND: 'memory', NO_AT_BRIDGE: '1' };

/** A folder of its own for a test: home, data, exports. It goes when the test does. */
export async function newHome(test) {
  const home = await mkdtemp(join(tmpdir(), 'sotto-'));
  await Promise.all(['data', 'Documents'].map((name) => mkdir(join(home, name))));
  test.after(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** A running Sotto. */
export class Sotto {
  #relay;
  #driver;

  /** Opens the window over `home`; `options` are Sotto's own. */
  static async open(home, options = []) {
    const sotto = new Sotto();
    const [port, nativePort] = [await freePort(), await freePort()];
    const environment = { ...process.env, HOME: home, LC_ALL: 'C.UTF-8', TZ: 'Europe/Berlin', ...alone };
    for (const name of Object.keys(environment)) if (/^(XDG|SOTTO)_/.test(name)) delete environment[name];
    await mkdir(seen, { recursive: true });
    const log = await open(join(seen, 'log.txt'), 'a');
    sotto.#relay = spawn(
      process.env.TAURI_DRIVER ?? 'tauri-driver',
      ['--port', String(port), '--native-port', String(nativePort)],
      { env: environment, stdio: ['ignore', log.fd, log.fd] },
    );
    await log.close();
    const capabilities = new Capabilities();
    const args = ['--data-dir', join(home, 'data'), ...options];
    capabilities.set('tauri:options', { application: program, args });
    capabilities.setBrowserName('wry');
    try {
      // Both: while WebKitWebDriver is not listening yet, tauri-driver hangs up.
      await Promise.all([port, nativePort].map(listening));
      const server = `http://127.0.0.1:${port}/`;
      sotto.#driver = await new Builder().usingServer(server).withCapabilities(capabilities).build();
      await sotto.#driver.manage().setTimeouts({ script: PATIENCE });
      await sotto.find('composer');
    } catch (error) {
      await sotto.close();
      throw error;
    }
    return sotto;
  }

  /** Closes the window and everything that drove it. */
  async close() {
    await this.#driver?.quit().catch(() => {});
    if (this.#relay.exitCode === null) {
      this.#relay.kill('SIGTERM');
      await once(this.#relay, 'exit');
    }
  }

  /** What drives the page, for those who do more with it. */
  get driver() {
    return this.#driver;
  }

  /** Waits for the element that the page calls `name`, inside `within` if given. */
  find(name, filter = '', within) {
    const where = By.css(`[data-testid="${name}"]${filter}`);
    const there = within ? async () => (await within.findElements(where))[0] : until.elementLocated(where);
    return this.#driver.wait(there, PATIENCE, `waiting for ${where}`);
  }

  /**
   * What the elements called `name` say, inside `within` if given: all of one
   * moment, since a list may be drawn anew between one question and the next.
   */
  texts(name, filter = '', within = null) {
    const script = `const [where, within, done] = arguments;
      done([...(within ?? document).querySelectorAll(where)].map((each) => each.innerText.trim()));`;
    return this.inPage(script, `[data-testid="${name}"]${filter}`, within);
  }

  /** The words of `message`, without its tags and its time. */
  async wordsOf(message) {
    return (await message.findElement(By.css('.text'))).getText();
  }

  /** The words of every message that the user wrote, oldest first. */
  wordsOfUser() {
    return this.texts('message', '[data-speaker="user"] .text');
  }

  /** Waits until `condition` gives something, and gives that. */
  waitFor(condition, what) {
    return this.#driver.wait(condition, PATIENCE, `waiting for ${what}`);
  }

  /** Types `text`, sends it, and waits for the answer: the message and the reply. */
  async say(text) {
    const before = (await this.texts('message', '[data-state="kept"]')).length;
    const composer = await this.find('composer');
    await composer.sendKeys(text);
    await (await this.find('send')).click();
    const kept = By.css('[data-testid="message"][data-state="kept"]');
    return this.waitFor(async () => {
      const messages = await this.#driver.findElements(kept);
      return messages.length >= before + 2 && messages.slice(-2);
    }, `the answer to "${text}"`);
  }

  /** Waits until the model is loaded, or its absence is explained: the status line. */
  async settled() {
    return this.waitFor(async () => {
      const text = (await this.texts('status'))[0] ?? '';
      return text !== '' && !/^Loading/.test(text) && text;
    }, 'the model');
  }

  /** Asks the back end as the page does: what comes back, or the error as text. */
  ask(command, args = {}) {
    const script = `const [command, args, done] = arguments;
      window.__TAURI_INTERNALS__.invoke(command, args)
        .then((value) => done({ value }), (error) => done({ error: JSON.stringify(error) }));`;
    return this.#driver.executeAsyncScript(script, command, args);
  }

  /** Runs `script` in the page. */
  inPage(script, ...args) {
    return this.#driver.executeAsyncScript(script, ...args);
  }

  /** Opens the dialog that the keys `letter` with Ctrl open in the page, as the element `name`. */
  async openWith(letter, name) {
    await this.press(letter, [Key.CONTROL]);
    return this.find(name);
  }

  /** Presses a key where the keyboard is, with others held. */
  press(key, held = []) {
    const actions = this.#driver.actions();
    for (const each of held) actions.keyDown(each);
    actions.sendKeys(key);
    for (const each of held) actions.keyUp(each);
    return actions.perform();
  }

  /** Chooses the file at `path` in the system's dialog for opening. */
  async chooseFile(path) {
    await dialogOpens('Import conversations');
    // A slash opens the box for a path.
    await run('xdotool', ['type', '--clearmodifiers', '--delay', '20', path]);
    await pause(300);
    await run('xdotool', ['key', '--clearmodifiers', 'Return']);
  }

  /** Answers the open save dialog with `path`, as a person at the keyboard would. */
  async saveAs(path, title = 'Export the conversation') {
    await dialogOpens(title);
    await this.photograph('dialog');
    await run('xdotool', ['key', '--clearmodifiers', 'ctrl+a']);
    await run('xdotool', ['type', '--clearmodifiers', '--delay', '20', path]);
    await run('xdotool', ['key', '--clearmodifiers', 'Return']);
  }

  /** Answers the open dialog that asks for a file with `path`. */
  async openFile(path, title) {
    await dialogOpens(title);
    // A slash makes room for a path in a dialog that shows files.
    await run('xdotool', ['type', '--clearmodifiers', '--delay', '20', path]);
    await pause(500);
    await this.photograph('open-dialog');
    await run('xdotool', ['key', '--clearmodifiers', 'Return']);
  }

  /** Calls the open save dialog off. */
  async dismissDialog(title = 'Export the conversation') {
    await dialogOpens(title);
    await run('xdotool', ['key', '--clearmodifiers', 'Escape']);
  }

  /**
   * Saves what the screen shows as `name`.png, or at `path`: of the screen and not
   * through the driver, which waits for ever for the picture of a page at rest.
   */
  async photograph(name, path = join(seen, `${name}.png`)) {
    await pause(200);
    await run('import', ['-window', 'root', path]);
  }

  /** Memory of the program itself, without the web view's processes: MiB resident. */
  async memory() {
    for (const pid of await readdir('/proc')) {
      const running = await readlink(`/proc/${pid}/exe`).catch(() => '');
      if (running !== program) continue;
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
      if (kilobytes) return Math.round(kilobytes / 1024);
    }
    return undefined;
  }
}

/** Waits for the system's dialog and gives it the keyboard, since no window manager does. */
async function dialogOpens(title) {
  const named = ['--onlyvisible', '--name', title];
  await run('xdotool', ['search', '--sync', ...named, 'windowfocus', '--sync'], { timeout: PATIENCE });
  await pause(500);
}

/** Waits until somebody listens on a port of this machine. */
async function listening(port) {
  for (const end = Date.now() + PATIENCE; ; await pause(50)) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    } finally {
      socket.destroy();
    }
  }
}
