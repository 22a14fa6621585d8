// What a person does on the page, and what they then see; the numbers are held against the recording.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { browsers, open } from './lib/browsers.mjs';
import { Key } from './lib/page.mjs';
import { ROOT, serve } from './lib/server.mjs';

const recording = JSON.parse(gunzipSync(readFileSync(join(ROOT, 'tests/golden/thread.json.gz'))));
const recorded = (wanted) =>
  recording.cases.find(
    (c) =>
      c.seed === 100 && c.shape_in === 8 && c.shape_out === 10 && c.order === 'model_first' &&
      c.weight_qscheme === 'per_tensor_symmetric' && c.calib_gain === 1 && c.reduce_range === wanted,
  );
const SATURATED = [0xc2, 0x41, 0x0c];
const MINUS = (text) => Number(text.replace('−', '-'));

for (const browser of browsers()) {
  describe(`the lab in ${browser}`, () => {
    let server;
    let page;
    before(async () => {
      server = await serve({});
      page = await open({ browser, url: server.url });
    });
    after(async () => {
      await page?.close();
      await server?.close();
    });

    const fresh = async (hash = '') => {
      await page.goto('about:blank');
      await page.goto(server.url + hash);
      await page.until('a drawn figure', "return Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0");
      await page.frame();
    };
    const codes = () => page.texts('#kinks tbody tr td:nth-child(3)');
    const evaluate = (hash) =>
      page.driver.executeAsyncScript(
        `const [hash, done] = arguments;
         import(new URL('./rampscope.js', document.baseURI)).then((api) => done(api.evaluate(hash)), (e) => done({ error: String(e) }));`,
        hash,
      );
    // The place of a value of the ramp, in parts of the canvas.
    const place = (x, y) =>
      page.run(
        `const canvas = document.querySelector('canvas.ramp');
         const [left, top, right, bottom, x0, x1, y0, y1] = JSON.parse(canvas.dataset.frames)[0];
         const [x, y] = arguments;
         return [(left + (x - x0) / (x1 - x0) * (right - left)) / canvas.clientWidth,
                 (bottom - (y - y0) / (y1 - y0) * (bottom - top)) / canvas.clientHeight];`,
        x,
        y,
      );

    for (const reduced of [false, true]) {
      test(`all ten outputs are as recorded, reduce_range ${reduced}`, async () => {
        await fresh();
        const known = recorded(reduced);
        const page_ = await evaluate(reduced ? '#/lab?reduce_range=1' : '');
        assert.equal(page_.error, undefined);
        assert.deepEqual([...Object.values(page_.layer.weights)], known.w_int8.flat());
        assert.equal(page_.layer.inputZeroPoint, known.in_zp);
        assert.equal(page_.layer.outputZeroPoint, known.out_zp);
        let matched = 0;
        for (const [output, view] of page_.outputs.entries()) {
          known.probe_in_u8.forEach((code, probe) => {
            assert.equal(view.chosen[code], known.probe_out_u8.fbgemm_avx2[output][probe]);
            assert.equal(view.exact[code], known.probe_out_u8.fbgemm_vnni[output][probe]);
            matched += 2;
          });
        }
        assert.equal(matched, 16000);
      });
    }

    test('the first picture: the accent colour at the first kink, and nothing of it on a straight output', async () => {
      await fresh();
      assert.deepEqual(await codes(), ['170', '241']);
      const { layer, outputs } = await evaluate('');
      const kink = outputs[2].kinks[0];
      const y = (outputs[2].chosen[kink.code] - layer.outputZeroPoint) * layer.outputScale;
      assert.deepEqual((await page.pixel('canvas.ramp', await place(kink.x, y))).slice(0, 3), SATURATED);
      await page.click('button[name="output-3"]');
      await page.until('output 3', "return document.querySelector('#figure-title').textContent === 'Output 3'");
      await page.frame();
      assert.equal(await page.countPixels('canvas.ramp', [0, 0, 1, 1], SATURATED, 2), 0);
      assert.equal(await page.count('#no-kinks'), 1);
    });

    test('dragging a weight moves the curve and the table, and reset brings both back', async () => {
      await fresh();
      const before = Number(await page.attribute('canvas.ramp', 'data-drawn'));
      await page.slide('input[name="w-2-1-slider"]', 120);
      await page.until('a new table', async () => (await codes())[0] !== '170');
      await page.until('a new picture', `return Number(document.querySelector('canvas.ramp').dataset.drawn) > ${before}`);
      const weight = MINUS(await page.value('input[name="w-2-1"]'));
      assert.equal((await codes())[0], String(Math.floor(32767 / (127 + weight)) + 1));
      const { layer } = await evaluate(`#/lab?w=2.1:${weight}`);
      assert.equal(Math.fround(Number(await page.value('input[name="y_scale"]'))), Math.fround(layer.outputScale));
      await page.click('button[name="w-2-1-reset"]');
      await page.until('the old table', async () => (await codes())[0] === '170');
    });

    test('reduce_range removes the kinks inside the calibrated range', async () => {
      await fresh();
      await page.click('input[name="reduce_range"]');
      await page.until('no kink to see', async () => (await page.text('#summary')).includes('no kink in this sweep'));
      const inside = (await page.texts('#kinks tbody tr td:nth-child(2)')).map(MINUS);
      assert.ok(inside.every((x) => x > recorded(true).calib_in_max), String(inside));
      await page.back();
      await page.until('the kinks again', async () => (await page.text('#summary')).includes('bends twice'));
    });

    test('keys move the cursor by codes and to the kinks', async () => {
      await fresh();
      await page.keys('#figure', Key.ARROW_RIGHT);
      await page.until('code 208', async () => (await page.text('#cursor')).includes('code 208'));
      await page.press('[');
      await page.until('the first kink', async () => (await page.text('#cursor')).includes('code 170'));
      await page.press(']');
      await page.until('the second kink', async () => (await page.text('#cursor')).includes('code 241'));
      assert.match(await page.text('#cursor'), /2 pairs are saturated/);
      const lost = MINUS(await page.text('#lost'));
      assert.equal(lost, 241 * (127 + 66) - 32767 + 241 * (14 + 122) - 32767);
    });

    test('the cursor can be dragged in the figure', async () => {
      await fresh();
      const [from, to] = [await place(2, 0), await place(-2, 0)];
      await page.drag('canvas.ramp', from, to);
      await page.until('a negative input', async () => MINUS((await page.value('input[name="at"]'))) < -1.9);
      assert.match(await page.text('#cursor'), /no pair is saturated/);
    });

    test('reload restores what was set', async () => {
      await fresh();
      await page.fill('input[name="seed"]', '7');
      await page.click('button[name="output-4"]');
      await page.until('the address', async () => /seed=7.*output=4/.test(await page.hash()));
      const table = await page.texts('#kinks tbody tr');
      await page.reload();
      await page.until('a drawn figure', "return Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0");
      assert.equal(await page.value('input[name="seed"]'), '7');
      assert.equal(await page.text('#figure-title'), 'Output 4');
      assert.deepEqual(await page.texts('#kinks tbody tr'), table);
    });

    test('a reload right after a key loses nothing', async () => {
      await fresh();
      await page.keys('input[name="x_zp-slider"]', Key.ARROW_RIGHT, Key.ARROW_RIGHT);
      const set = await page.value('input[name="x_zp"]');
      await page.reload();
      await page.until('a drawn figure', "return Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0");
      assert.equal(set, '126');
      assert.equal(await page.value('input[name="x_zp"]'), set);
    });

    test('a broken link is reported and the rest of it used', async () => {
      await fresh('#/lab?sed=3&inputs=900&engine=qnnpack');
      const notice = await page.text('#notice');
      assert.match(notice, /“sed” is not a parameter.*Did you mean “seed”/);
      assert.match(notice, /inputs: 900 is out of range; 64 is used/);
      assert.equal(await page.value('select[name="engine"]'), 'qnnpack');
      await page.click('#notice button');
      await page.until('no notice', async () => (await page.count('#notice')) === 0);
    });

    test('what cannot be read stays in its field and is named', async () => {
      await fresh();
      await page.fill('input[name="x_scale"]', 'wide');
      assert.match(await page.text('#notice'), /x_scale: “wide” is not a number/);
      assert.equal(await page.value('input[name="x_scale"]'), 'wide');
    });

    test('a fault while drawing leaves words and a way back, not a blank page', async () => {
      await fresh();
      await page.run('CanvasRenderingContext2D.prototype.stroke = undefined');
      await page.click('button[name="output-0"]');
      await page.until('the message', "return !document.querySelector('#trouble').hidden");
      assert.match(await page.text('#trouble'), /Rampscope stopped[\s\S]*Reload with it/);
      assert.ok((await page.text('#summary')).length > 20);
      await page.click('#trouble-fresh');
      await page.until(
        'the page again',
        "return document.querySelector('#trouble').hidden && Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0",
      );
    });
  });
}
