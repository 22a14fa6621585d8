// A page in a browser, and what tests do with it. Nothing here sleeps: it waits for a condition.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { By, Key, Origin, logging } from 'selenium-webdriver';
import { ROOT } from './server.mjs';

export { Key };

const WAIT_MS = 15_000;
const POLL_MS = 20;

// Kept in the page: browsers whose driver gives no log tell their errors this way. Firefox runs a
// script in a sandbox of its own each time, and shows it the page's window as wrappedJSObject.
const KEPT = '(window.wrappedJSObject ?? window).__problems';
const LISTEN = `
  if (!${KEPT}) {
    const kept = (${KEPT} = []);
    addEventListener('error', (e) => kept.push('error: ' + (e.message || e.target?.src || e.target?.href)), true);
    addEventListener('unhandledrejection', (e) => kept.push('rejection: ' + e.reason));
    addEventListener('securitypolicyviolation', (e) => kept.push('csp: ' + e.violatedDirective + ' ' + e.blockedURI));
  }`;

// Reading from a copy leaves the page's own canvas as it is; engines slow down, and warn about, one
// that is read often.
const READ = `
  const read = (selector, x, y, width, height) => {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [width, height];
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(document.querySelector(selector), -x, -y);
    return context.getImageData(0, 0, width, height).data;
  };`;

/**
 * Where on a slider its thumb's middle is, a part of its way: it travels the width less one thumb
 * (16 px in every engine, about).
 */
const onThumb = (part, width) => (8 + part * (width - 16)) / width;

export class Page {
  #cleanup;
  #problems = [];

  constructor({ driver, browser, version, cleanup }) {
    /** The Selenium driver, for what this class lacks. */
    this.driver = driver;
    this.browser = browser;
    this.version = version;
    this.#cleanup = cleanup;
  }

  async close() {
    try {
      await this.driver.quit();
    } finally {
      await this.#cleanup();
    }
  }

  /** The viewport's size in CSS pixels; in Chromium also the device pixel ratio. */
  async resize({ width, height, deviceScaleFactor = 1 }) {
    if (this.browser === 'chromium') {
      await this.driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor,
        mobile: false,
      });
      return;
    }
    const window = this.driver.manage().window();
    await window.setRect({ width, height });
    // A window has a frame: it is made larger by what the viewport lacks.
    const [inner, outer] = await this.run('return [[innerWidth, innerHeight], [outerWidth, outerHeight]]');
    await window.setRect({ width: width + outer[0] - inner[0], height: height + outer[1] - inner[1] });
  }

  /** Loads an address. A change of the fragment alone does not load the page anew, as for a reader. */
  async goto(url) {
    await this.driver.get(url);
    await this.#listen();
  }

  async reload() {
    // The browser reloads the address that it knows of, and the page tells it in a while.
    await this.until('the same address', async () =>
      (await this.driver.getCurrentUrl()) === (await this.run('return location.href')));
    await this.#keepProblems();
    await this.driver.navigate().refresh();
    await this.#listen();
  }

  back() {
    return this.driver.navigate().back();
  }

  forward() {
    return this.driver.navigate().forward();
  }

  /** The address's fragment, with its `#`. */
  hash() {
    return this.run('return location.hash');
  }

  /** Runs a script, or a function, in the page; its arguments and result are JSON. */
  run(script, ...values) {
    return this.driver.executeScript(script, ...values);
  }

  /**
   * Waits until `condition` (a function here, or a script for the page) gives something true, and
   * returns that. `what` says in an error what was waited for.
   */
  async until(what, condition, timeout = WAIT_MS) {
    const check = typeof condition === 'string' ? () => this.run(condition) : condition;
    let last;
    try {
      return await this.driver.wait(async () => (last = await check()), timeout, undefined, POLL_MS);
    } catch (error) {
      if (error.name !== 'TimeoutError') throw error;
      throw new Error(`${timeout} ms went by without: ${what} (last: ${JSON.stringify(last)})`);
    }
  }

  /** Waits until the next frame has been drawn after what happened so far. */
  frame() {
    return this.driver.executeAsyncScript(
      'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))',
    );
  }

  /** The element of a CSS selector, waited for. */
  async find(selector) {
    await this.until(`an element ${selector}`, async () => (await this.count(selector)) > 0);
    return this.driver.findElement(By.css(selector));
  }

  async count(selector) {
    return (await this.driver.findElements(By.css(selector))).length;
  }

  /** The visible text of an element. */
  async text(selector) {
    return (await this.find(selector)).getText();
  }

  /** The visible text of all elements of a selector, in document order; none is an empty list. */
  texts(selector) {
    return this.run(
      'return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())',
      selector,
    );
  }

  async value(selector) {
    return (await this.find(selector)).getProperty('value');
  }

  async attribute(selector, name) {
    return (await this.find(selector)).getAttribute(name);
  }

  async click(selector) {
    const element = await this.find(selector);
    // Drivers scroll to what is outside the window, not to what a bar covers.
    await this.run('arguments[0].scrollIntoView({ block: "nearest" })', element);
    // WebKitGTK's driver presses where the element was when it looked: what moves comes to rest first.
    if (this.browser === 'webkit') await this.frame();
    try {
      await element.click();
    } catch (fault) {
      if (fault.name !== 'ElementClickInterceptedError') throw fault;
      // Below the bar: a person scrolls on.
      await this.run('arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', element);
      await this.frame();
      await element.click();
    }
  }

  /** Focuses an element, then types; `Key` holds the special keys. */
  async keys(selector, ...keys) {
    const element = await this.find(selector);
    await this.run('arguments[0].focus()', element);
    if (keys.length > 0) await this.press(...keys);
  }

  /** Types where the focus is; of a `Key.chord` all but the last are held down. */
  async press(...keys) {
    const actions = this.driver.actions();
    for (const key of keys) {
      if (!key.endsWith(Key.NULL)) {
        actions.sendKeys(key);
        continue;
      }
      const chord = [...key.slice(0, -1)];
      for (const one of chord) actions.keyDown(one);
      for (const one of chord.toReversed()) actions.keyUp(one);
    }
    await actions.perform();
  }

  /** Replaces the text of a field and confirms with Enter. */
  fill(selector, text) {
    // As a person does it; the driver's own `clear` confirms an empty field on the way. And as
    // single key actions: WebKitGTK's sendKeys keeps Control down after a chord.
    return this.keys(selector, Key.chord(Key.CONTROL, 'a'), text, Key.ENTER);
  }

  /** Where an element is in the viewport: {x, y, width, height}, CSS pixels; scrolled into view. */
  async box(selector) {
    return this.run(
      `arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' });
       const { x, y, width, height } = arguments[0].getBoundingClientRect();
       return { x, y, width, height };`,
      await this.find(selector),
    );
  }

  /**
   * Drags inside an element. Points are [x, y] as parts of its width and height, 0 to 1.
   *
   * @param {string} selector
   * @param {[number, number]} from
   * @param {[number, number]} to
   * @param {object} [options]
   * @param {number} [options.steps] moves on the way
   * @param {() => Promise<void>} [options.held] called at the end of the way, before the release
   */
  async drag(selector, from, to, { steps = 8, held } = {}) {
    const { x, y, width, height } = await this.box(selector);
    const at = ([u, v]) => ({
      x: Math.round(x + u * width),
      y: Math.round(y + v * height),
      origin: Origin.VIEWPORT,
      duration: 0,
    });
    const actions = this.driver.actions({ async: true });
    actions.move(at(from)).press();
    for (let i = 1; i <= steps; i += 1) {
      const part = i / steps;
      actions.move(at([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]));
    }
    await actions.perform();
    if (held) await held();
    await this.driver.actions({ async: true }).release().perform();
  }

  /** Moves the pointer onto a point of an element, given as parts of its width and height. */
  async hover(selector, [u, v] = [0.5, 0.5]) {
    const { x, y, width, height } = await this.box(selector);
    await this.driver
      .actions({ async: true })
      .move({ x: Math.round(x + u * width), y: Math.round(y + v * height), origin: Origin.VIEWPORT, duration: 0 })
      .perform();
  }

  /** Clicks twice on a slider where its thumb is, a part of its way. */
  async doubleClick(selector, part = 0.5) {
    const { width } = await this.box(selector);
    await this.hover(selector, [onThumb(part, width), 0.5]);
    await this.driver.actions({ async: true }).press().release().press().release().perform();
  }

  /** Turns the wheel over a point of an element by CSS pixels, downwards if positive. */
  async wheel(selector, [u, v], pixels, { control = false } = {}) {
    const { x, y, width, height } = await this.box(selector);
    const actions = this.driver.actions({ async: true });
    if (control) actions.keyDown(Key.CONTROL);
    actions.scroll(Math.round(x + u * width), Math.round(y + v * height), 0, pixels, Origin.VIEWPORT);
    if (control) actions.keyUp(Key.CONTROL);
    await actions.perform();
  }

  /**
   * Two fingers on an element: from two points to two others, parts of its width and height.
   * Chromium only: no driver has two fingers by the standard's way.
   */
  async pinch(selector, from, to, steps = 6) {
    const { x, y, width, height } = await this.box(selector);
    const touch = (type, parts) =>
      this.driver.sendDevToolsCommand('Input.dispatchTouchEvent', {
        type,
        touchPoints: parts.map(([u, v], id) => ({ x: x + u * width, y: y + v * height, id })),
      });
    await touch('touchStart', from);
    for (let i = 1; i <= steps; i += 1) {
      const on = (a, b) => a + ((b - a) * i) / steps;
      await touch('touchMove', from.map(([u, v], id) => [on(u, to[id][0]), on(v, to[id][1])]));
    }
    await touch('touchEnd', []);
  }

  /** Copies a text, then pastes it into a field with Ctrl+V. */
  async paste(selector, text) {
    await this.run(
      `const field = document.createElement('textarea');
       field.id = 'copied';
       field.value = arguments[0];
       document.body.append(field);
       field.focus();
       field.select();`,
      text,
    );
    await this.press(Key.chord(Key.CONTROL, 'c'));
    await this.run("document.querySelector('#copied').remove()");
    await this.keys(selector, Key.chord(Key.CONTROL, 'a'), Key.chord(Key.CONTROL, 'v'));
  }

  /** Puts a text into a field as one input, as a paste or a dictation does. */
  async enter(selector, text) {
    await this.run(
      `const [field, text] = arguments; field.value = text;
       field.dispatchEvent(new InputEvent('input', { bubbles: true }));`,
      await this.find(selector),
      text,
    );
  }

  /** Chooses an option of a list by its value. */
  async choose(selector, value) {
    await this.run(
      `const [list, value] = arguments; list.value = value;
       list.dispatchEvent(new Event('change', { bubbles: true }));`,
      await this.find(selector),
      value,
    );
  }

  /** Waits until the elements of a selector say something: `wanted` is a pattern of their visible text. */
  says(selector, wanted) {
    let said;
    return this.until(`${selector} says ${wanted}`, async () => {
      said = (await this.texts(selector)).join(' ');
      return wanted.test(said);
    }).catch((error) => {
      throw new Error(`${error.message}: ${said}`);
    });
  }

  /** From now on the page saves no file; `saved` gives what it would have saved last. */
  catchFiles() {
    return this.run(
      `window.caughtFile = null;
       window.makeURL ??= URL.createObjectURL;
       let blob;
       URL.createObjectURL = (given) => window.makeURL.call(URL, blob = given);
       HTMLAnchorElement.prototype.click = function () {
         const file = { name: this.download, type: blob.type };
         blob.arrayBuffer().then((buffer) => { window.caughtFile = { ...file, bytes: Array.from(new Uint8Array(buffer)) }; });
       };`,
    );
  }

  /** The file that was caught last, waited for: its name, type, bytes and text. */
  async saved() {
    const file = await this.until('a file', 'return window.caughtFile');
    await this.run('window.caughtFile = null');
    const bytes = Buffer.from(file.bytes);
    return { name: file.name, type: file.type, bytes, text: bytes.toString('utf8') };
  }

  /** Drags a horizontal range input from where its thumb is to `value`, by pointer. */
  async slide(selector, value, options) {
    const [from, to] = await this.run(
      `const [input, value] = arguments;
       const [min, max] = [Number(input.min || 0), Number(input.max || 100)];
       return [input.valueAsNumber, value].map((v) => (v - min) / (max - min));`,
      await this.find(selector),
      value,
    );
    const { width } = await this.box(selector);
    /** @returns {[number, number]} */
    const at = (part) => [onThumb(part, width), 0.5];
    await this.drag(selector, at(from), at(to), options);
  }

  /** The RGBA bytes of a canvas at a point given as parts of its width and height. */
  pixel(selector, [u, v]) {
    return this.run(
      `${READ}
       const canvas = document.querySelector(arguments[0]);
       const x = Math.min(canvas.width - 1, Math.round(arguments[1] * canvas.width));
       const y = Math.min(canvas.height - 1, Math.round(arguments[2] * canvas.height));
       return [...read(arguments[0], x, y, 1, 1)];`,
      selector,
      u,
      v,
    );
  }

  /**
   * How many pixels of a canvas, in a box given as parts of its size, have a colour (RGB bytes,
   * each within `within`).
   *
   * @param {string} selector
   * @param {number[]} box left, top, right, bottom
   * @param {number[]} rgb
   */
  countPixels(selector, [u0, v0, u1, v1], rgb, within = 12) {
    return this.run(
      `${READ}
       const [selector, u0, v0, u1, v1, rgb, within] = arguments;
       const canvas = document.querySelector(selector);
       const x = Math.floor(u0 * canvas.width), y = Math.floor(v0 * canvas.height);
       const width = Math.max(1, Math.ceil(u1 * canvas.width) - x);
       const height = Math.max(1, Math.ceil(v1 * canvas.height) - y);
       const data = read(selector, x, y, width, height);
       let count = 0;
       for (let i = 0; i < data.length; i += 4)
         if (data[i + 3] > 0 && rgb.every((c, k) => Math.abs(data[i + k] - c) <= within)) count += 1;
       return count;`,
      selector,
      u0,
      v0,
      u1,
      v1,
      rgb,
      within,
    );
  }

  /** A PNG of the viewport, or of the whole page (Chromium), in target/screenshots/NAME.png. */
  async screenshot(name, { full = false, file = join(ROOT, 'target/screenshots', `${name}.png`) } = {}) {
    let data;
    if (full && this.browser === 'chromium') {
      const answer = await this.driver.sendAndGetDevToolsCommand('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: true,
      });
      data = answer.data;
    } else {
      data = await this.driver.takeScreenshot();
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(data, 'base64'));
    return file;
  }

  /**
   * What went wrong since the browser was opened: errors and warnings of the console, uncaught
   * errors, violations of the Content-Security-Policy. Chromium tells all of it. In the others only
   * what happens after the page has loaded is seen here; the server's `violations` know the rest.
   *
   * @returns {Promise<string[]>}
   */
  async problems() {
    await this.#keepProblems();
    return [...this.#problems];
  }

  async #keepProblems() {
    if (this.browser === 'chromium') {
      const entries = await this.driver.manage().logs().get(logging.Type.BROWSER);
      for (const { level, message } of entries) {
        if (level.value >= logging.Level.WARNING.value) this.#problems.push(`${level.name}: ${message}`);
      }
    } else {
      this.#problems.push(...(await this.run(`return (${KEPT} || []).splice(0)`)));
    }
  }

  async #listen() {
    if (this.browser !== 'chromium') await this.run(LISTEN);
  }
}
