/**
 * Every screen of the window and how one gets there with the keyboard: for the
 * pictures, which are taken of the real window, and for axe, which looks at the
 * page in a browser.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { By, Key, until } from 'selenium-webdriver';

const PATIENCE = 60_000;
const named = (name) => By.css(`[data-testid="${name}"]`);

/** Waits for what the page calls `name`. */
export function find(driver, name) {
  return driver.wait(until.elementLocated(named(name)), PATIENCE, `waiting for ${name}`);
}

/** Presses Ctrl and `key` in the message box. */
async function press(driver, key) {
  const composer = await find(driver, 'composer');
  await composer.sendKeys(Key.chord(Key.CONTROL, key));
}

/** A dialog that Ctrl and `key` open and that the page calls `name`. */
function dialog(name, key, more = async () => {}) {
  return {
    name,
    async open(driver) {
      await press(driver, key);
      await find(driver, name);
      await more(driver);
    },
  };
}

/** A section of the settings. */
function section(name) {
  return {
    ...dialog('settings', ',', async (driver) => {
      const tab = await driver.wait(until.elementLocated(By.css(`[data-section="${name}"]`)), PATIENCE);
      await tab.click();
      await driver.wait(until.elementLocated(By.css('#section[aria-busy="false"]')), PATIENCE);
    }),
    name: `settings-${name}`,
  };
}

/** What there is to know of the latest message, beside the conversation. */
const details = {
  name: 'details',
  async open(driver) {
    const composer = await find(driver, 'composer');
    await composer.sendKeys(Key.ARROW_UP);
    // The answer is last; what it answers has the tags.
    await driver.actions().sendKeys(Key.ARROW_UP, Key.ENTER).perform();
    await find(driver, 'details');
  },
};

/** Some messages marked, to be copied or exported together. */
const selection = {
  name: 'selection',
  async open(driver) {
    const composer = await find(driver, 'composer');
    await composer.sendKeys(Key.ARROW_UP);
    await driver.actions().sendKeys(' ').keyDown(Key.SHIFT).sendKeys(Key.ARROW_UP, Key.ARROW_UP).keyUp(Key.SHIFT).perform();
    await find(driver, 'selection');
  },
};

/** The tags to choose from, in place of the model's. */
const picker = {
  name: 'correction',
  async open(driver) {
    // The screen before may have scrolled it away, and the list takes a moment to come back.
    await driver.wait(async () => {
      const chip = (await driver.findElements(named('chip-intent'))).at(-1);
      if (!chip) return false;
      await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', chip);
      return chip.click().then(() => true, () => false);
    }, PATIENCE);
    await find(driver, 'picker');
  },
};

/** The screens over data that is there; `name` is also the picture's. */
export const SCREENS = [
  { name: 'conversation', open: (driver) => find(driver, 'message') },
  details,
  selection,
  picker,
  dialog('search', 'k', async (driver) => (await find(driver, 'search-box')).sendKeys('Anna')),
  dialog('insight', 'i'),
  dialog('export-dialog', 'e'),
  dialog('import-dialog', 'o'),
  ...['appearance', 'data', 'privacy', 'model', 'system', 'keys'].map(section),
  dialog('shortcuts', '/'),
];

/** The screen of who has not said anything yet. */
export const WELCOME = { name: 'welcome', open: (driver) => find(driver, 'composer') };

/** Closes what `open` opened: a search box is emptied by the first Escape. */
export async function close(driver) {
  const open = By.css('dialog[open], [data-testid="details"], [data-testid="selection"], [data-testid="picker"]');
  await driver.wait(async () => {
    if ((await driver.findElements(open)).length === 0) return true;
    await driver.actions().sendKeys(Key.ESCAPE).perform();
    await pause(100);
    return false;
  }, PATIENCE);
}

/** Waits until nothing moves any more. */
export async function still(driver) {
  await driver.executeAsyncScript(
    `const done = arguments[0];
     Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => done());`,
  );
  await pause(100);
}
