// The documentation as pages: all of it, with links that lead somewhere, light and dark, on a phone and
// on paper.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { target } from '../../tools/dev/docs.mjs';
import { anchorsOf, brokenLinks, linksOf } from '../../tools/dev/links.mjs';
import { AXE, findings } from './lib/axe.mjs';
import { browsers } from './lib/browsers.mjs';
import { leavers } from './lib/layout.mjs';
import { opened } from './lib/opened.mjs';
import { ROOT } from './lib/server.mjs';

const dist = (...names) => join(ROOT, 'dist', ...names);
const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
const pages = readdirSync(dist('docs')).filter((name) => name.endsWith('.html'));
const read = (name) => readFileSync(dist(name), 'utf8');

describe('the docs as pages', () => {
  test('each has one, with its headings, and the list names all', () => {
    const list = read('docs/index.html');
    for (const name of docs) {
      const text = readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8');
      const page = read(`docs/${name}.html`);
      const anchors = anchorsOf(`${name}.html`, page);
      for (const anchor of anchorsOf(`${name}.md`, text)) assert.ok(anchors.has(anchor), `${name}: ${anchor}`);
      assert.ok(list.includes(`href="${name}.html"`), name);
      assert.doesNotMatch(page, /<script/);
      assert.equal(page.match(/<h1/g).length, 1, name);
    }
  });

  test('links between them, to headings, and out of them lead somewhere', () => {
    const names = pages.map((name) => `docs/${name}`);
    const exists = (name) => existsSync(dist(name));
    const text = (name) => (name.endsWith('.html') && exists(name) ? read(name) : undefined);
    assert.deepEqual(brokenLinks(names, text, exists), []);
    // What catches nothing holds nothing.
    assert.equal(brokenLinks(['docs/a.html'], (name) => (name === 'docs/a.html' ? '<a href="model.html#no-such">' : text(name)), exists).length, 1);
    const across = names.flatMap((name) => linksOf(name, read(name))).filter(({ target: to }) => /\.html#/.test(to));
    assert.ok(across.length > 0, 'some lead to headings of another page');
  });

  test('a link to a file of the repository leads there, if that has an address', () => {
    assert.equal(target('model.md#kinks', undefined), 'model.html#kinks');
    assert.equal(target('../CITATION.cff', undefined), undefined);
    assert.equal(target('../CITATION.cff', 'https://a.b/c'), 'https://a.b/c/blob/HEAD/CITATION.cff');
    assert.equal(target('https://a.b/', undefined), 'https://a.b/');
    assert.equal(target('#kinks', undefined), '#kinks');
    assert.equal(target('effects.svg', undefined), 'effects.svg');
    assert.equal(target('../www/mystery.svg', undefined), '../mystery.svg');
  });
});

for (const browser of browsers()) {
  describe(`the docs as pages, in ${browser}`, () => {
    const { server, page } = opened({ browser, url: 'about:blank', dark: true });

    for (const width of [320, 1280]) {
      test(`nothing leaves a page of ${width} px, and axe finds nothing`, async () => {
        await page.resize({ width, height: 900 });
        for (const name of pages) {
          await page.goto(`${server.url}docs/${name}`);
          assert.deepEqual(await leavers(page), [], name);
          await page.run(AXE);
          assert.deepEqual(await findings(page), [], name);
        }
      });
    }

    test('they are as the reader prefers, and nothing is missing', async () => {
      const lightness = () => page.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 3");
      await page.goto(`${server.url}docs/handout.html`);
      // WebKitGTK has no such switch.
      if (browser !== 'webkit') assert.ok((await lightness()) < 60);
      assert.equal(await page.run("return [...document.querySelectorAll('main img')].map((one) => one.naturalWidth > 0).join()"), 'true,true');
      if (browser === 'chromium') {
        const media = (name) => page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: name });
        await media('print');
        const shown = (selector) => page.run('return document.querySelector(arguments[0]).checkVisibility()', selector);
        assert.deepEqual([await shown('header nav'), await shown('footer'), await shown('main h1')], [false, false, true]);
        await media('');
      }
      assert.deepEqual(server.requests.filter(({ status, path }) => status !== 200 && path !== '/favicon.ico'), []);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
      assert.deepEqual(server.violations, []);
    });

    test('an engine’s source leads to its doc', async () => {
      await page.resize({ width: 1280, height: 900 });
      await page.goto(`${server.url}#/lab?engine=pair_wraps`);
      await page.find('#engines');
      const href = await page.until('the link', "const open = document.querySelector('#engines [aria-expanded=false]'); document.querySelectorAll('#engines [aria-expanded=false]').forEach((one) => one.textContent.includes('pairs wrap') && one.click()); return document.querySelector('.source a')?.href");
      assert.equal(href, `${server.url}docs/arithmetic.html`);
    });
  });
}
