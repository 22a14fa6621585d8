// Somebody's documentation with figures, made of the very lines of docs/embedding.md: what its
// reader sees. The figures come from another origin, as from a host of their own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { Key } from './lib/page.mjs';
import { ROOT } from './lib/server.mjs';

const PYTHON = process.env.RAMPSCOPE_PYTHON || join(ROOT, '.tools/python/bin/python');
// Where the lines say that a build is hosted.
const SOMEWHERE = 'https://example.org/rampscope/';
const EXAMPLE = join(ROOT, 'examples/embed/sphinx');
const guide = await readFile(join(ROOT, 'docs/embedding.md'), 'utf8');

/** The guide's blocks of code after a heading, or a tool's name in bold, up to the next one. */
function blocks(after) {
  const section = guide.split(`\n${after}`)[1]?.split(/^(?:## |\*\*)/m)[0] ?? '';
  const found = [...section.matchAll(/^```\w+\n(.*?)\n```$/gms)].map(([, lines]) => lines);
  assert.ok(found.length > 0, `docs/embedding.md has lines for ${after}`);
  return found;
}

/** HTML as reStructuredText has it. */
const raw = (html) => `.. raw:: html\n\n${html.replace(/^/gm, '   ')}`;

/** A part of the figure: of the element's, or of the frame's that the driver is in. */
const part = (selector) => `(document.querySelector('ramp-scope')?.shadowRoot ?? document).querySelector('${selector}')`;
const CANVAS = part('canvas.ramp');

for (const browser of browsers()) {
  describe(`documentation in ${browser}`, () => {
    let app;
    let folder;
    let host;
    let page;
    let site;
    before(async () => {
      site = await authored(browser);
      ({ app, folder, host, page } = site);
    });
    after(() => site?.close());

    const hosted = (text) => text.replaceAll(SOMEWHERE, app.url);

    /** Opens a page of HTML with that body. */
    const html = (name, body) => site.author(name, `<main>\n${hosted(body)}\n</main>`);

    /** Builds a documentation, where a warning is an error, and opens it. */
    const sphinx = async (name, files) => {
      const source = join(folder, `${name}-source`);
      await mkdir(source);
      for (const [file, text] of Object.entries(files)) await writeFile(join(source, file), hosted(text));
      await promisify(execFile)(PYTHON, ['-m', 'sphinx', '-q', '-W', source, join(folder, name)]);
      await page.goto(`${host.url}${name}/index.html`);
    };

    /** The figure in sight is drawn, and its slider changes its words and its drawing. */
    const lives = async () => {
      await page.until('a drawn figure', `return ${CANVAS}?.width > 0`);
      const drawn = await page.run(`return ${CANVAS}.toDataURL()`);
      await page.run(`${part('.part-controls input[type=range]')}.focus()`);
      await page.press(Key.HOME);
      await page.until('the first code', `return /: code 0,/.test(${part('.cursor')}.textContent)`);
      await page.until('another drawing', `return ${CANVAS}.toDataURL() !== '${drawn}'`);
    };

    const elementLives = async () => {
      await page.run("document.querySelector('ramp-scope').scrollIntoView()");
      await lives();
    };

    const frameLives = async () => {
      await page.run("document.querySelector('iframe').scrollIntoView()");
      await page.driver.switchTo().frame(0);
      // As a reader does: WebKit gives a frame no keys before.
      await page.click('.summary');
      await lives();
      // Neither a scroll bar nor an empty strip.
      await page.until('its own height', "return Math.ceil(document.querySelector('#page').getBoundingClientRect().height) === innerHeight");
      await page.driver.switchTo().defaultContent();
    };

    const nothingWrong = async () => {
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
      assert.deepEqual([...app.requests, ...host.requests].filter(({ status, path }) => status !== 200 && path !== '/favicon.ico'), []);
      assert.deepEqual(app.violations, []);
    };

    test('HTML: the element, the frame, and its height', async () => {
      const [frame, heights] = blocks('## The frame');
      await html('plain.html', [...blocks('## The element'), frame, heights].join('\n'));
      await elementLives();
      await frameLives();
      await nothingWrong();
    });

    test('mdBook, which takes HTML as it is', async () => {
      await html('mdbook.html', ['<p>Before.</p>', ...blocks('**mdBook**'), '<p>After.</p>'].join('\n\n'));
      await elementLives();
      await nothingWrong();
    });

    test('Sphinx: the element, and the frame that the page makes', async () => {
      await page.goto(`${app.url}#/embed?v=1&focus=ramp&controls=at`);
      await page.find('#snippet');
      await page.run("const list = document.querySelector('#snippet-for'); list.value = 'frame'; list.dispatchEvent(new Event('change', { bubbles: true }))");
      await page.until('its frame', "return document.querySelector('#snippet').textContent.includes('<iframe')");
      const frame = await page.text('#snippet');
      const [element] = blocks('**Sphinx**');
      const [, heights] = blocks('## The frame');
      await sphinx('guide', { 'conf.py': '', 'index.rst': ['Title\n=====', element, raw(`${frame}\n${heights}`)].join('\n\n') });
      await elementLives();
      await frameLives();
      await nothingWrong();
    });

    test('Sphinx: the example, on a screen and on a phone', async () => {
      const files = await Promise.all(['conf.py', 'index.rst'].map(async (name) => [name, await readFile(join(EXAMPLE, name), 'utf8')]));
      await sphinx('example', Object.fromEntries(files));
      for (const width of [1280, 360]) {
        await page.resize({ width, height: 900 });
        await page.reload();
        await elementLives();
        await frameLives();
        const [wide, figure, column] = await page.run(`
          const width = (selector) => document.querySelector(selector).getBoundingClientRect().width;
          return [document.documentElement.scrollWidth - innerWidth, width('ramp-scope'), width('section > p')];`);
        assert.ok(wide <= 0, `${wide} px wider than ${width}`);
        assert.equal(figure, column, 'as wide as the text');
        await page.screenshot(`sphinx-${width}`, { full: true });
      }
      await nothingWrong();
    });
  });
}
