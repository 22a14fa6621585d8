// The module comes in two parts (tools/split): the first picture needs the first only, and weighs
// little; what is called before the rest is there waits for it; together they are the whole.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { browsers, open } from './lib/browsers.mjs';
import { MODULES, ROOT, serve } from './lib/server.mjs';

/** What everything before the first live picture may weigh with brotli, in bytes. */
const MOST = 200_000;
const REST = 'rampscope_rest.wasm';
const TRIO = "return document.querySelectorAll('canvas.trio-plot').length === 3";
const WAITED = "return performance.getEntriesByName('rampscope:waited-for-rest').length";

// Another compiler than the recorded makes other functions: its module stays whole.
if (MODULES.length === 1) console.log('NOT RUN: the module is not split');

for (const browser of MODULES.length === 2 ? browsers() : []) {
  describe(`the module in two parts, in ${browser}`, () => {
    let server;
    let page;
    before(async () => {
      server = await serve();
    });
    after(async () => {
      await page?.close();
      await server?.close();
    });

    test('the first picture is live without the rest, and weighs little', async () => {
      const release = server.hold(REST);
      page = await open({ browser, url: server.url });
      await page.until('the first picture', TRIO);
      // Data that belongs to the first picture and is not there would be zeros, in a text or a picture.
      // How often a canvas was drawn is no part of it.
      const shown = () => page.run("return document.querySelector('#app').innerHTML.replaceAll(/ data-drawn=.\\d+./g, '') + [...document.querySelectorAll('canvas')].map((one) => one.toDataURL())");
      /** What is shown once two frames show the same. */
      const settled = async () => {
        let last;
        await page.until('a picture at rest', async () => {
          const before = last;
          await page.frame();
          last = await shown();
          return last === before;
        });
        return last;
      };
      const move = async () => {
        const before = await settled();
        await page.slide('input[name=at-slider]', 1);
        await page.until('another place', "return document.querySelector('input[name=at]').value !== '2'");
        const bent = await settled();
        await page.click('input[name=reduce_range]');
        await page.until('another picture', async () => (await shown()) !== bent);
        return [before, bent, await settled()];
      };
      const alone = await move();
      assert.equal(await page.run(WAITED), 0, 'nothing was waited for: ./dev profile records anew');
      const asked = new Set(server.requests.map(({ path }) => path.slice(1) || 'index.html'));
      const names = [...asked].filter((name) => name !== REST && name !== 'favicon.ico');
      const size = (name) => brotliCompressSync(readFileSync(join(ROOT, 'dist', name))).length;
      const weight = names.map(size).reduce((sum, one) => sum + one, 0);
      console.log(`before the first picture: ${weight} bytes with brotli: ${names.join(', ')}`);
      assert.ok(names.includes('rampscope_bg.wasm'));
      assert.ok(weight < MOST, `${weight} bytes: ./dev profile records anew what is needed`);
      release();
      await page.until('the rest', `return performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('${REST}') && responseEnd > 0)`);
      await page.goto('about:blank');
      await page.goto(server.url);
      await page.until('the first picture', TRIO);
      await page.until('the rest', `return performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('${REST}') && responseEnd > 0)`);
      await page.frame();
      assert.deepEqual(await move(), alone, 'the same as with everything there');
    });

    // A browser lets a request wait for another one of the same file that it may keep.
    for (const cache of ['no-store', 'max-age=600']) test(`what needs the rest before it is there waits for it (${cache})`, async () => {
      await server.close();
      server = await serve({ cache });
      const release = server.hold(REST);
      await page.goto('about:blank');
      await page.goto(server.url);
      await page.until('the first picture', TRIO);
      // Nothing can be asked of a page that waits; what it sends before tells of the click.
      await page.run("addEventListener('click', () => navigator.sendBeacon('frames.js'), true)");
      const clicked = page.click('#next-step');
      await server.asked('frames.js', 1);
      release();
      await clicked;
      await page.until('the next step', "return document.querySelector('#step-title')?.textContent.startsWith('2.')");
      const waited = await page.run(WAITED);
      // Firefox goes on with other events while a request is waited for, and one may ask as well.
      if (browser === 'firefox') assert.ok(waited >= 1);
      else assert.equal(waited, 1);
      await page.run("location.hash = '#/suspects'");
      await page.until('the recordings', "return document.querySelector('#theories') !== null");
      assert.deepEqual(await page.problems(), []);
    });

    test('parts of two builds do not meet: the right one is fetched, or the reader is told', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'page-'));
      await cp(join(ROOT, 'dist'), folder, { recursive: true });
      const name = join(folder, REST);
      const rest = await readFile(name);
      // Its build's name, wherever it stands.
      const build = /([0-9a-f]{12})t0/.exec(rest.toString('latin1'))[1];
      await writeFile(name, Buffer.from(rest.toString('latin1').replaceAll(build, '0123456789ab'), 'latin1'));
      await server.close();
      server = await serve({ folder, cache: 'max-age=600' });
      await page.goto(`${server.url}#/lab`);
      await page.until('a sentence', "return /of another version than the rest; load the page again/.test(document.querySelector('#trouble-text').textContent)");
      // At once: the page is asking for it anew, and may keep half a file.
      await writeFile(`${name}.whole`, rest);
      await rename(`${name}.whole`, name);
      await page.goto(`${server.url}?again#/lab`);
      await page.until('the Lab', "return document.querySelector('canvas.ramp')?.width > 0");
      await rm(folder, { recursive: true });
      await server.close();
      server = await serve();
    });

    test('a rest that never comes is told, and can be tried again', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'page-'));
      const again = join(folder, 'again.js');
      // A script of the page itself: one that a driver runs may have modules of its own.
      await writeFile(again, "import { whole } from './rampscope.js';\nwhole().then(() => 'there', String).then((end) => { document.body.dataset.again = end; });\n");
      await server.close();
      server = await serve({ files: { 'again.js': again } });
      const release = server.hold(REST, 503);
      await page.goto('about:blank');
      await page.goto(server.url);
      await page.until('the first picture', TRIO);
      release();
      await page.click('#next-step');
      await page.until('a sentence', "return /could not be fetched: the server answered 503/.test(document.querySelector('#trouble-text').textContent)");
      assert.equal(await page.run("return document.querySelectorAll('canvas.trio-plot').length"), 3, 'the picture stays');
      server.mend(REST);
      // Without a reload too, for who calls the module by hand.
      await page.run("document.body.append(Object.assign(document.createElement('script'), { type: 'module', src: 'again.js' }))");
      await page.until('another try', "return document.body.dataset.again");
      assert.equal(await page.run('return document.body.dataset.again'), 'there');
      await page.reload();
      // The step was in the address before it could be shown.
      await page.until('the next step', "return document.querySelector('#step-title')?.textContent.startsWith('2.')");
      await rm(folder, { recursive: true });
    });

    test('both parts give what the whole gives', async () => {
      const calls = `
        const list = (value) => JSON.stringify(value, (_, one) => (ArrayBuffer.isView(one) ? [...one] : one));
        const linear = api.engines().map(({ key }) => {
          try {
            return api.linear(Uint8Array.of(255, 200, 130, 0), Int8Array.of(127, 113, -128, -2), undefined, { inputs: 2, engine: key, inputScale: 0.02, inputZeroPoint: 7, weightScale: 0.1, outputScale: 1.5, outputZeroPoint: 3 });
          } catch ({ message }) {
            return message;
          }
        });
        const result = list([api.parameters(), api.engines(), api.presets(), linear, api.kinks(Int8Array.of(127, 127, -90, -90), 0), api.presets().map(({ link }) => api.ramp(link))]);`;
      const whole = await import(join(ROOT, 'pkg/node.js'));
      await whole.default();
      const api = await import(join(ROOT, 'pkg/rampscope.js'));
      const expected = new Function('api', `${calls} return result;`)(api);
      const found = await page.driver.executeAsyncScript(
        `const done = arguments[arguments.length - 1];
         (async () => {
           const api = await import(arguments[0] + 'rampscope.js');
           await Promise.all([api.default(), api.whole()]);
           ${calls}
           done(result);
         })().catch((error) => done(String(error)));`,
        server.url,
      );
      assert.ok(expected.length > 100_000);
      assert.ok(found === expected, 'the same numbers and words');
    });
  });
}
