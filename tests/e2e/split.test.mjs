// The page's module comes in two parts (src/view/rest.rs): the first picture needs the first only, and
// weighs little; what needs the rest waits for it, and says so where it does not come.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { browsers, open } from './lib/browsers.mjs';
import { MODULES, ROOT, serve } from './lib/server.mjs';

/** What everything before the first live picture, and everything but the recordings, may weigh with brotli. */
const [MOST_FIRST, MOST] = [240_000, 765_000];
const [FIRST, REST] = MODULES;
const LATER = ['offline.js', 'manifest.webmanifest', 'sw.js'];
const MYSTERY = "return document.querySelectorAll('canvas.mystery-plot').length === 1";
const STEP_2 = "return document.querySelector('#step-title')?.textContent.startsWith('2.')";
const FIGURE = "return document.querySelector('canvas.ramp')?.width > 0";
const SCENE_2 = "return document.querySelector('.scene-inside canvas.mystery-plot')?.width > 0";
const COMING = "return document.querySelector('#rest-coming') !== null";
const said = (words) => `return document.querySelector('#no-rest')?.textContent.includes(${JSON.stringify(words)})`;

const size = (names) => names.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(ROOT, 'dist', name))).length, 0);

/** A module as if another build had made it: the name by which its glue knows it is another's. */
async function ofAnotherBuild(name, glue = 'page.js') {
  const known = (await readFile(join(ROOT, 'dist', glue), 'utf8')).match(name === REST ? /(?<=BUILD = ')[0-9a-f]{12}/ : /(?<="\.\/)[0-9a-f]{12}(?=")/)[0];
  const text = (await readFile(join(ROOT, 'dist', name))).toString('latin1');
  assert.ok(text.includes(known));
  return Buffer.from(text.replaceAll(known, '0123456789ab'), 'latin1');
}

for (const browser of browsers()) {
  describe(`the page's module in two parts, in ${browser}`, () => {
    let server;
    let page;
    let folder;
    /** Serves anew. */
    async function begin(options = {}) {
      await page?.goto('about:blank');
      await server?.close();
      server = await serve(options);
    }
    /** Opens the page at a link. */
    const go = async (link = '') => {
      if (page) await page.goto(server.url + link);
      else page = await open({ browser, url: server.url + link });
    };
    const asked = (name) => server.requests.filter(({ path }) => path === `/${name}`).length;
    /** A copy of the page, with some files replaced. */
    async function copied(files) {
      folder = await mkdtemp(join(tmpdir(), 'page-'));
      await cp(join(ROOT, 'dist'), folder, { recursive: true });
      for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
      return folder;
    }
    after(async () => {
      await page?.close();
      await server?.close();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    test('held back: the first picture is live and moves, weighs little, and the rest follows by itself', async () => {
      await begin();
      const release = server.hold(REST);
      await go();
      await page.until('the first picture', MYSTERY);
      // Nobody has asked for anything that needs it.
      await server.asked(REST, 1);
      const shown = () => page.run("return [...document.querySelectorAll('canvas')].map((one) => one.toDataURL()).join()");
      await page.until('the dot at rest', "return document.querySelector('[data-running]') === null");
      const rested = await shown();
      await page.drag('canvas.mystery-plot', [0.3, 0.5], [0.5, 0.5]);
      await page.until('another picture', async () => (await shown()) !== rested);
      const moved = await shown();
      await page.click('button[name=reduce_range]');
      await page.until('a straight ramp', async () => (await shown()) !== moved);
      assert.equal(asked(REST), 0, 'its request has no answer yet');
      // What the picture waits for: sheets for later views and for paper are fetched beside it.
      const beside = ['favicon.ico', 'later.css', 'print.css'];
      const names = [...new Set(server.requests.map(({ path }) => path.slice(1) || 'index.html'))].filter((name) => !beside.includes(name));
      assert.ok(names.includes(FIRST));
      const weight = size(names);
      const all = weight + size([REST, ...LATER].filter((name) => !names.includes(name)));
      console.log(`with brotli ${weight} bytes before the first picture: ${names.join(', ')}; ${all} in all but the recordings`);
      assert.ok(weight <= MOST_FIRST, `${weight} bytes before the first picture`);
      assert.ok(all <= MOST, `${all} bytes in all`);
      release();
      await page.until('the rest', `return performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('${REST}') && responseEnd > 0)`);
      await page.click('#next-step');
      await page.until('the next figure', SCENE_2);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });

    test('slow: what waits for it says so, the rest of the page goes on, and it is fetched once for all', async () => {
      await begin();
      const release = server.hold(REST);
      await go();
      await page.until('the first picture', MYSTERY);
      await page.click('#next-step');
      await page.until('the step’s text', STEP_2);
      await page.until('a sentence', COMING);
      assert.equal(await page.run("return document.querySelectorAll('#rest-coming').length"), 1, 'one sentence for scene and questions');
      await page.click('#previous-step');
      await page.until('the first picture again', MYSTERY);
      // Scene 5 has figures; with a step's questions open, the score.
      await page.run("location.hash = '#/story?page=8'");
      await page.until('a sentence', COMING);
      release();
      await page.until('all of it', "return ['#fixes', '#score', '#question-beyond'].every((one) => document.querySelector(one))");
      assert.equal(await page.run("return document.querySelector('#rest-coming')"), null);
      for (const [view, place] of [['lab', '.lab canvas.ramp'], ['suspects', '#theories'], ['embed', '.preview-figure']]) {
        await page.run(`location.hash = '#/${view}'`);
        await page.until(view, `return document.querySelector('${place}') !== null`);
      }
      assert.equal(asked(REST), 1);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });

    test('slow, in a view that needs it: the head is live before', async () => {
      await begin();
      const release = server.hold(REST);
      await go('#/lab?v=1&seed=7');
      await page.until('a sentence', COMING);
      await page.click('#keys');
      await page.until('the sheet of keys', "return document.querySelector('#key-sheet').open");
      await page.click('#key-sheet button');
      release();
      await page.until('the Lab', FIGURE);
      assert.equal(await page.run("return document.querySelector('input[name=seed]').value"), '7');
      assert.equal(asked(REST), 1, 'what was begun beside the first part is what is used');
    });

    test('missing: it is told, and can be tried again once it is there', async () => {
      await begin();
      server.hold(REST, 503)();
      await go();
      await page.until('the first picture', MYSTERY);
      await page.click('#next-step');
      await page.until('why', said('This part of the page could not be fetched: the server answered 503.'));
      assert.ok(await page.run(STEP_2), 'the text is there');
      const before = asked(REST);
      await page.click('#retry-rest');
      await page.until('another try', () => asked(REST) > before);
      await page.until('why', said('the server answered 503'));
      // In another view too, and the first step is as live as ever.
      await page.run("location.hash = '#/lab'");
      await page.until('why', said('the server answered 503'));
      await page.run("location.hash = '#/story'");
      await page.until('the first picture', MYSTERY);
      await page.run("location.hash = '#/lab?v=1&seed=7'");
      await page.until('why', said('the server answered 503'));
      server.mend(REST);
      await page.click('#retry-rest');
      await page.until('the Lab', FIGURE);
      assert.equal(await page.run("return document.querySelector('input[name=seed]').value"), '7');
      assert.equal(await page.run("return document.querySelector('#no-rest')"), null);
      assert.ok(await page.run("return document.querySelector('#trouble').hidden"), 'nothing has stopped');
    });

    test('stale: a part of another build is refused and the reader told; the right one works', async () => {
      await begin({ folder: await copied({ [REST]: await ofAnotherBuild(REST) }), cache: 'max-age=600' });
      await go('#/lab');
      await page.until('why', said('it is of another version than the page; load the page again'));
      assert.ok(await page.run("return document.querySelector('#trouble').hidden"), 'it was not run');
      // At once: the page is asking for it anew, and may keep half a file.
      await cp(join(ROOT, 'dist', REST), join(folder, 'whole'));
      await rename(join(folder, 'whole'), join(folder, REST));
      await page.click('#retry-rest');
      await page.until('the Lab', FIGURE);
      await rm(folder, { recursive: true });
    });

    test('stale in a cache: the right one is fetched without a word', async () => {
      await begin({ folder: await copied({ [REST]: await ofAnotherBuild(REST) }), cache: 'max-age=600' });
      await go('frames.js');
      await page.driver.executeAsyncScript(`const done = arguments[0]; fetch('${REST}').then((answer) => answer.arrayBuffer()).then(() => done())`);
      await cp(join(ROOT, 'dist', REST), join(folder, 'whole'));
      await rename(join(folder, 'whole'), join(folder, REST));
      await go('#/lab');
      await page.until('the Lab', FIGURE);
      await rm(folder, { recursive: true });
    });

    test('stale first part: the reader is told', async () => {
      await begin({ folder: await copied({ [FIRST]: await ofAnotherBuild(FIRST) }), cache: 'no-store' });
      await go();
      await page.until('why', "return /could not start: it is of another version than the page; load the page again/.test(document.querySelector('#trouble-text').textContent)");
      await rm(folder, { recursive: true });
    });

    test('stale module of a figure in somebody’s page: it is refused', async () => {
      const name = 'rampscope_bg.wasm';
      const figure = '<!DOCTYPE html><title>A figure</title><script type="module" src="element.js"></script><ramp-scope></ramp-scope>';
      await begin({ folder: await copied({ [name]: await ofAnotherBuild(name, 'rampscope.js'), 'figure.html': figure }) });
      await go('figure.html');
      await page.until('why', "return /^The live figure could not start: /.test(document.querySelector('ramp-scope').title)");
      assert.match(await page.run("return document.querySelector('ramp-scope').title"), /import/i);
      await rm(folder, { recursive: true });
      folder = undefined;
    });
  });
}
