// The Lab as a person uses it: what the test files of its parts share.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { browsers, open } from './browsers.mjs';
import { ROOT, serve } from './server.mjs';

/** A number as the page writes it. */
export const number = (text) => Number(text.replaceAll('−', '-').replace('+', ''));

/** Whether the figure has been drawn, as a script. */
export const DRAWN = "return Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0";

/**
 * Describes tests of the Lab in every browser of the run. `tests` gets a {@link Lab} that is open
 * when they run; in the end the browser must have had nothing to complain about.
 *
 * @param {string} title
 * @param {(lab: Lab) => void} tests
 * @param {object} [options] of `open`, and `faults`: true where the tests cause faults
 */
export function describeLab(title, tests, { faults = false, ...options } = {}) {
  for (const browser of browsers()) {
    describe(`${title} in ${browser}`, () => {
      const lab = new Lab(browser);
      before(() => lab.open({ browser, ...options }));
      after(async () => {
        const problems = faults ? [] : await lab.page?.problems();
        await lab.close();
        assert.deepEqual(problems ?? [], []);
      });
      tests(lab);
    });
  }
}

export class Lab {
  /** @param {import('./browsers.mjs').Browser} browser a test that this one cannot run is left away: a skipped one has failed */
  constructor(browser) {
    this.browser = browser;
  }

  async open(options) {
    this.server = await serve({});
    /** @type {import('./page.mjs').Page} */
    this.page = await open({ url: this.server.url + '#/lab', ...options });
  }

  async close() {
    await this.page?.close();
    await this.server?.close();
  }

  /** Opens a link as if nothing had been open before. */
  async fresh(hash = '#/lab') {
    await this.page.goto('about:blank');
    await this.page.goto(this.server.url + hash);
    await this.page.until('a drawn figure', DRAWN);
    await this.page.frame();
  }

  /** The codes of the table of kinks. */
  codes() {
    return this.page.texts('#kinks tbody tr td:nth-child(3)');
  }

  /** What the package gives for a link. */
  async evaluate(hash) {
    const { default: start, ramp } = await import(join(ROOT, 'pkg/node.js'));
    await start();
    const plain = (_key, value) => (ArrayBuffer.isView(value) ? Array.from(/** @type {Uint8Array} */ (value)) : value);
    return JSON.parse(JSON.stringify(ramp(hash), plain));
  }

  /** Where a value lies on the large canvas, in parts of its size; frame 1 is the difference strip. */
  place(x, y, frame = 0) {
    return this.page.run(
      `const [x, y, frame] = arguments;
       const canvas = document.querySelector('canvas.ramp');
       const [left, top, right, bottom, x0, x1, y0, y1] = JSON.parse(canvas.dataset.frames)[frame];
       return [(left + (x - x0) / (x1 - x0) * (right - left)) / canvas.clientWidth,
               (bottom - (y - y0) / (y1 - y0) * (bottom - top)) / canvas.clientHeight];`,
      x,
      y,
      frame,
    );
  }

  /** The ends of what the large figure shows: [x0, x1, y0, y1]. */
  async window() {
    await this.page.frame();
    const frames = JSON.parse(await this.page.attribute('canvas.ramp', 'data-frames'));
    return frames[0].slice(4);
  }

  /** Unfolds what an element is folded into, from the outside in, as a person does. */
  async show(selector) {
    await this.page.find(selector);
    const folded = `let found = null;
      for (let e = document.querySelector(arguments[0]).parentElement; e; e = e.parentElement)
        if (e.tagName === 'DETAILS' && !e.open) found = e;
      return found && found.querySelector('summary');`;
    const next = () => this.page.run(folded, selector);
    for (let summary = await next(); summary; summary = await next()) await summary.click();
  }

  /** Types a value into a control of the Lab, wherever it is folded away. */
  async set(key, value) {
    await this.show(`input[name="${key}"]`);
    await this.page.fill(`input[name="${key}"]`, String(value));
  }

  /** Sets several, in order. */
  async setAll(values) {
    for (const [key, value] of Object.entries(values)) await this.set(key, value);
  }

  /** Chooses from a list, by the key of the choice; an engine by its operator, then by its CPU. */
  async choose(key, choice) {
    if (key === 'engine') {
      await this.show('select[name="family"]');
      const { default: start, engines } = await import(join(ROOT, 'pkg/node.js'));
      await start();
      const all = engines();
      const wanted = all.find((one) => one.key === choice);
      const axes = ['library', 'operator', 'types'];
      // A family's option goes by the key of its first engine.
      const { key: option } = all.find((one) => axes.every((axis) => one[axis] === wanted[axis]));
      await this.page.click(`select[name="family"] option[value="${option}"]`);
      await this.page.find(`select[name="engine"] option[value="${choice}"]`);
    }
    await this.show(`select[name="${key}"]`);
    await this.page.click(`select[name="${key}"] option[value="${choice}"]`);
  }

  /** Switches a check box. */
  async toggle(key) {
    await this.show(`input[name="${key}"]`);
    await this.page.click(`input[name="${key}"]`);
  }

  /** What a field holds, as a number. */
  async field(key) {
    return number(await this.page.value(`input[name="${key}"]`));
  }

  /** Waits until an element's text is, or matches, what is wanted, and returns it. */
  async reads(selector, wanted) {
    let text = '';
    try {
      await this.page.until(`${selector} as wanted`, async () => {
        text = (await this.page.texts(selector))[0];
        return wanted instanceof RegExp ? wanted.test(text ?? '') : text === wanted;
      });
    } catch (error) {
      assert.fail(`${selector} reads “${text}”, not ${wanted} (${error.message})`);
    }
    return text;
  }

  /** A colour of the page's variables as bytes; `otherwise` is the canvas's own where it is missing. */
  async color(variable, otherwise = '') {
    // The browser itself resolves light-dark(): an element of that colour tells what it is.
    const color = await this.page.run(
      `const probe = document.body.appendChild(document.createElement('i'));
       probe.style.color = arguments[1] || 'transparent';
       if (getComputedStyle(document.documentElement).getPropertyValue(arguments[0]).trim())
         probe.style.color = 'var(' + arguments[0] + ')';
       const { color } = getComputedStyle(probe);
       probe.remove();
       return color;`,
      variable,
      otherwise,
    );
    const bytes = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
    assert.ok(bytes, `${variable} is “${color}”`);
    return bytes.slice(1).map(Number);
  }
}
