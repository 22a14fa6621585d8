// The Suspects view as a person walks through it: theories counted over recordings, and an own theory.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { browsers, open } from './lib/browsers.mjs';
import { opened } from './lib/opened.mjs';
import { Key } from './lib/page.mjs';
import { ROOT, serve } from './lib/server.mjs';

const OWN = join(ROOT, 'tests/recordings/torch-2.15.0-avx2.json');
const COUNTS = {
  pair_saturates: 'none',
  exact: '1878',
  pair_wraps: '1888',
  product_15: '3507',
  running_16: '3383',
  acc16: '2737',
};
const SATURATED = [0xc2, 0x41, 0x0c];

for (const browser of browsers()) {
  describe(`the suspects in ${browser}`, () => {
    const { server, page } = opened({ browser });

    const drawn = () =>
      page.until('a drawn theory', "return Number(document.querySelector('canvas.theory-plot')?.dataset.drawn) > 0");
    const fresh = async (hash = '#/suspects') => {
      await page.goto('about:blank');
      await page.goto(server.url + hash);
      await drawn();
      await page.frame();
    };

    test('a theory’s counts are told once it was tried', async () => {
      await fresh();
      const told = (key) => page.run(`return [...document.querySelectorAll('[data-theory="${key}"] td')].map((cell) => cell.innerText)`);
      await page.says('#tried', /^1 of 6 tried\. Which one gets every point\?$/);
      assert.equal((await told('pair_wraps'))[0], '1888');
      for (const key of ['pair_saturates', 'exact', 'acc16']) assert.deepEqual(await told(key), ['not tried yet'], key);
      assert.equal(await page.count('#overall'), 0);
      await page.click('[data-theory="exact"] .pick');
      await page.until('its count', async () => (await told('exact'))[0] === '1878');
      assert.match((await told('exact'))[1], /^\d+ too (low|high)/);
      assert.deepEqual(await told('pair_saturates'), ['not tried yet']);
      await page.says('#tried', /^2 of 6 tried/);
      // What was tried stays so, elsewhere in between and with another theory.
      await page.run("location.hash = '#/lab'");
      await page.until('the lab', "return document.querySelector('canvas.ramp') !== null");
      await page.back();
      await page.until('its count again', async () => (await told('exact'))[0] === '1878');
    });

    test('the first wrong point is told, marked, and shown where it lies', async () => {
      await fresh();
      const said = /^First wrong point here: code (\d+), x = [−\d.]+\. The theory says (\d+), the library gave (\d+): (\d+) too (low|high)\.$/;
      await page.says('#first-wrong', said);
      const [, code, theory, library, off, side] = said.exec(await page.text('#first-wrong'));
      assert.equal(Number(theory) - Number(library), side === 'low' ? -Number(off) : Number(off));
      await page.click('#points-panel summary');
      await page.until('the table', async () => (await page.count('#points tbody tr')) > 100);
      const rows = await page.run("return [...document.querySelectorAll('#points tbody tr')].map((row) => [...row.children].map((cell) => cell.innerText))");
      const first = rows.find((row) => row[5] !== 'as recorded');
      assert.deepEqual([first[0], first[4], first[3]], [code, theory, library]);
      // A straight output has none wrong; the button leads to one that has.
      await page.fill('input[name="recorded_output"]', '3');
      await page.until('none here', async () => (await page.count('#first-wrong')) === 0);
      await page.click('#show-first');
      await page.says('#first-wrong', said);
      await page.says('#theory-title', /^Output 0:/);
    });

    test('the slider of the output is as long as the recording has outputs', async () => {
      await fresh();
      assert.equal(await page.attribute('input[name="recorded_output-slider"]', 'max'), '9');
      await page.choose('select[name="recording"]', 'one-pair');
      await page.says('#one-output', /one output/);
      assert.equal(await page.count('input[name="recorded_output"]'), 0);
    });

    test('every theory has its count, on this recording and on all', async () => {
      await fresh();
      await page.click('#tell-theories');
      await page.until('all counts', async () => (await page.count('.untried')) === 0);
      const rows = await page.run(
        `return [...document.querySelectorAll('#theories tbody tr')].map((row) =>
           [row.dataset.theory, ...[...row.querySelectorAll('td')].map((cell) => cell.innerText)])`,
      );
      assert.deepEqual(Object.fromEntries(rows.map(([key, wrong]) => [key, wrong])), COUNTS);
      assert.deepEqual(rows.filter(([, , , wrong]) => wrong === 'none').map(([key]) => key), ['pair_saturates']);
      assert.equal(
        await page.text('#overall'),
        'Over all 356096 points of 60 recordings of FBGEMM on AVX2, only “pairs saturate” gets every point.',
      );
      assert.match(await page.text('#provenance'), /PyTorch 1\.13\.1.*AVX2/);
    });

    test('a theory is picked by keyboard, is drawn, and a reload restores it', async () => {
      await fresh();
      const wrongPixels = () => page.countPixels('canvas.theory-plot', [0.1, 0.05, 0.95, 0.7], SATURATED);
      await page.says('#here', /“pairs wrap around” gets 1888 of 8000 points/);
      assert.ok((await wrongPixels()) > 100);
      await page.keys('[data-theory="pair_saturates"] .pick', Key.ENTER);
      await page.says('#here', /“pairs saturate” gets all 8000 points/);
      await page.until('no wrong point is drawn', async () => (await wrongPixels()) === 0);
      assert.equal(await page.attribute('[data-theory="pair_saturates"] .pick', 'aria-pressed'), 'true');
      await page.until('the address says it', async () => /overflow=saturate/.test(await page.hash()));
      await page.reload();
      await drawn();
      await page.says('#here', /“pairs saturate” gets all 8000 points/);
    });

    test('an own theory is counted live and is a link', async () => {
      await fresh();
      await page.says('#own-here', /1888 of 8000/);
      // WebKit goes back to nothing that came about without a person.
      await page.click('#own-name');
      await page.choose('select[name="overflow"]', 'saturate');
      await page.says('#own-here', /^0 of 8000/);
      await page.choose('select[name="pairing"]', 'alternate');
      await page.says('#own-name', /no name/);
      await page.says('#own-all', /Your theory gets \d+ of 356096 points wrong over all 60 recordings/);
      await page.fill('input[name="width"]', '17');
      await page.says('#own-name', /“exact”/);
      await page.says('#own-here', /1878 of 8000/);
      await page.until('it is a link', async () => /width=17/.test(await page.hash()) && /pairing=alternate/.test(await page.hash()));
      await page.back();
      await page.says('#own-name', /“pairs/);
    });

    test('another recording, engine and output; one that does not exist is told', async () => {
      await fresh('#/suspects?recording=k1&pairing=none&width=32&overflow=saturate&widening=product');
      await page.says('#here', /“exact” gets all 8000 points/);
      await page.choose('select[name="recorded_on"]', 'fbgemm_avx512');
      await page.says('.unavailable', /was not recorded on FBGEMM on AVX-512/);
      await page.choose('select[name="recording"]', 'one-pair');
      await page.says('#here', /“exact” gets \d+ of 256 points/);
      await page.says('#provenance', /2\.15\.0/);
      await page.choose('select[name="recorded_on"]', 'qnnpack');
      await page.click('#tell-theories');
      await page.says('#overall', /of QNNPACK, only “exact” gets every point/);
      await page.click('#points-panel summary');
      await page.until('the table', async () => (await page.count('#points tbody tr')) === 256);
    });

    test('at 320 px nothing leaves the page, and nothing went wrong', async () => {
      await page.resize({ width: 320, height: 800 });
      await fresh();
      const wide = await page.run('return document.documentElement.scrollWidth - innerWidth');
      assert.ok(wide <= 0, `${wide} px too wide`);
      await page.resize({ width: 1280, height: 900 });
      assert.deepEqual(await page.problems(), []);
      assert.deepEqual(server.violations, []);
    });
  });
}

test('without the recordings there is a sentence, a way to try again, and the rest of the page', async () => {
  // A base that the page's own files have, and recordings.json has not, until the second try.
  const server = await serve({});
  const page = await open({ url: server.url });
  try {
    await page.goto('about:blank');
    await page.goto(`${server.url}#/lab`);
    await page.until('the lab', "return document.querySelector('canvas.ramp') !== null");
    await page.run(
      `const fetched = window.fetch; let first = true;
       window.fetch = (...what) => { if (first && String(what[0]).includes('recordings')) { first = false; return Promise.reject(new TypeError('off')); } return fetched(...what); };
       location.hash = '#/suspects';`,
    );
    assert.match(await page.text('#no-recordings'), /could not be fetched: the network or the server did not answer/);
    await page.click('#retry');
    await page.until('the figure', "return Number(document.querySelector('canvas.theory-plot')?.dataset.drawn) > 0");
  } finally {
    await page.close();
    await server.close();
  }
});

test('a view that is left while they are fetched has them later, by one request; a reader’s file stays too', async () => {
  const server = await serve({});
  const page = await open({ url: server.url });
  const asked = () => server.requests.filter(({ path }) => path === '/recordings.json').length;
  const drawn = "return Number(document.querySelector('canvas.theory-plot')?.dataset.drawn) > 0";
  const show = async (view, place) => {
    await page.run(`location.hash = '#/${view}'`);
    await page.until(view, `return document.querySelector('${place}') !== null`);
  };
  try {
    const release = server.hold('recordings.json');
    await page.goto('about:blank');
    await page.goto(`${server.url}#/suspects`);
    await page.until('the view', "return document.querySelector('.suspects') !== null");
    await server.asked('recordings.json', 1);
    await show('lab', 'canvas.ramp');
    await show('suspects', '.suspects');
    await show('lab', 'canvas.ramp');
    release();
    await show('suspects', '.suspects');
    await page.until('the figure', drawn);
    assert.equal(asked(), 1);
    await show('check', '#recording-file');
    await (await page.find('#recording-file')).sendKeys(OWN);
    await page.until('its fits', "return document.querySelectorAll('#fits li').length === 2");
    await show('lab', 'canvas.ramp');
    await show('check', '#fits');
    await show('suspects', '.suspects');
    await page.until('the figure', drawn);
    // The preview of a figure is an app of its own: it has them too, and no file of the reader's.
    await show('embed?figure=suspects', '.preview-figure');
    await page.until('the preview', "return document.querySelector('.preview-figure').shadowRoot.querySelector('canvas.theory-plot') !== null");
    assert.equal(await page.run("return document.querySelector('.preview-figure').shadowRoot.querySelector('#fits')"), null);
    assert.equal(asked(), 1);
    assert.deepEqual(await page.problems(), []);
  } finally {
    await page.close();
    await server.close();
  }
});
