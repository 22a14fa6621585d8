// The Story as a person reads it: what the test files of its parts share.

import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { browsers, open } from './browsers.mjs';
import { Lab } from './lab.mjs';
import { MODULES, serve } from './server.mjs';

/**
 * Describes tests of the Story in every browser of the run. `tests` gets a {@link Story} that is open
 * when they run; in the end the browser must have had nothing to complain about, and the server must
 * have been asked for the page's own files and nothing else.
 *
 * @param {string} title
 * @param {(story: Story) => void} tests
 * @param {object} [options] `wasm`: false where the module cannot be fetched
 */
export function describeStory(title, tests, { wasm = true } = {}) {
  for (const browser of browsers()) {
    describe(`${title} in ${browser}`, () => {
      const story = new Story(browser);
      before(async () => {
        story.server = await serve(wasm ? {} : { files: { [MODULES[0]]: 'no module here' } });
        story.lab.server = story.server;
        story.lab.page = await open({ browser, url: story.server.url });
      });
      after(async () => {
        const problems = wasm ? await story.lab.page?.problems() : [];
        const { requests = [], violations = [] } = story.server ?? {};
        await story.lab.close();
        assert.deepEqual(problems ?? [], []);
        assert.deepEqual(violations, []);
        assert.deepEqual(requests.filter(({ method, path }) => method !== 'GET' || !OWN.test(path)), []);
      });
      tests(story);
    });
  }
}

/** What the page loads of itself, without a query: nothing that a reader did is in it. */
const OWN = /^\/(|index\.html|favicon\.ico|icon-192\.png|[a-z_-]+\.(js|css|svg|wasm)|snippets\/.*)$/;

export class Story {
  /** @param {import('./browsers.mjs').Browser} browser */
  constructor(browser) {
    /** @type {import('./server.mjs').Served} */
    this.server = undefined;
    this.browser = browser;
    this.lab = new Lab(browser);
  }

  /** The page, as a function: it is opened after the tests are described. */
  page = () => this.lab.page;

  /** Opens a link as if nothing had been open before. */
  fresh = async (hash) => {
    await this.page().goto('about:blank');
    await this.page().goto(this.server.url + hash);
    await this.page().find('main h2');
    await this.drawn();
  };

  /** Waits until every figure in the window has been drawn. */
  drawn = async () => {
    await this.page().until(
      'drawn figures',
      `return [...document.querySelectorAll('main canvas')].every((canvas) => {
         const { top, bottom, width } = canvas.getBoundingClientRect();
         return width === 0 || bottom < 0 || top > innerHeight || Number(canvas.dataset.drawn) > 0; })`,
    );
    await this.page().frame();
  };

  /** Waits until a step is shown. */
  onStep = (number) =>
    this.page().until(`step ${number}`, async () => (await this.page().texts('#step-title'))[0]?.startsWith(`${number}. `));

  /** Waits until an element's text is, or matches, what is wanted, and returns it. */
  reads = (selector, wanted) => this.lab.reads(selector, wanted);

  /** What the page's interface for scripts gives for a link. */
  evaluate = (hash) => this.lab.evaluate(hash);

  focusOnHeading = () =>
    this.page().until('the focus on the heading', "return document.activeElement?.id === 'step-title'");

  /** The fragment of a link's address. */
  addressOf = (selector) => this.page().attribute(selector, 'href');

  /** The sides of some elements. */
  boxes = (...selectors) =>
    this.page().run(
      `return arguments[0].map((selector) => {
         const { top, bottom, left, right } = document.querySelector(selector).getBoundingClientRect();
         return { top, bottom, left, right }; });`,
      selectors,
    );

  /** What is too wide for the page, and what has to be scrolled sideways to be seen. */
  overflow = () =>
    this.page().run(
      `const width = document.documentElement.clientWidth;
       const tag = (e) => e.outerHTML.slice(0, 80);
       const all = [...document.body.querySelectorAll('*')].filter((e) => !e.closest('.visually-hidden, pre, thead, details:not([open])'));
       const wide = all.filter((e) => e.getBoundingClientRect().right > width + 1);
       const scrolled = all.filter((e) => e.tagName !== 'INPUT' && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible');
       return { over: document.documentElement.scrollWidth - width, wide: wide.slice(0, 5).map(tag), scrolled: scrolled.slice(0, 5).map(tag) };`,
    );

  /** What the reader wrote into the question and sent. */
  answer = async (key, given) => {
    const page = this.page();
    const form = `#question-${key}`;
    await page.find(form);
    if (await page.count(`${form} input[type="text"]`)) {
      await page.click(`${form} input[type="text"]`);
      await page.fill(`${form} input[type="text"]`, given);
      return;
    }
    if (await page.count(`${form} input[type="radio"]`)) {
      await page.click(`${form} input[value="${given}"]`);
    } else if (await page.count(`${form} input[type="checkbox"]`)) {
      const wanted = given.split(',').filter(Boolean);
      for (const box of await page.run('return [...document.querySelectorAll(arguments[0])].map((e) => [e.name, e.checked])', `${form} input`)) {
        if (wanted.includes(box[0].split('-').at(-1)) !== box[1]) await page.click(`${form} input[name="${box[0]}"]`);
      }
    } else {
      await this.place(Number(given));
    }
    // Not below the bar that stays in sight.
    await page.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })", `${form} button[type="submit"]`);
    await page.click(`${form} button[type="submit"]`);
  };

  /** Types the cursor's input: where all scales are one, its code. */
  place = async (code) => {
    await this.page().fill('.step-controls input[name="at"]', String(code));
    await this.reads('.placed strong', `code ${code}`);
  };

  /** Keeps the text and the name of every file that the page gives out from now on. */
  catchFiles = () =>
    this.page().run(
      `window.files = [];
       const make = URL.createObjectURL;
       URL.createObjectURL = (blob) => {
         const file = { type: blob.type };
         blob.text().then((text) => { file.text = text; });
         window.files.push(file);
         return make.call(URL, blob);
       };
       const click = HTMLAnchorElement.prototype.click;
       HTMLAnchorElement.prototype.click = function () {
         if (this.download) window.files.at(-1).name = this.download; else click.call(this);
       };`,
    );
}
