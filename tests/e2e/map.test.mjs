// The map of all pairs of weights: its words follow the engine and the sliders, its dots move with the
// weights and move them, keys go over it, and it stands alone in a frame.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab, number } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

const MAP = 'canvas.map-plot';
const PLAIN = '#/lab?outputs=1&output=0&x_scale=1&x_zp=0&w_scale=1&from=0&to=255&at=10';

/** The first code of a pair of one sign, by the instruction. */
const firstCode = (sum) => Math.floor((sum > 0 ? 32767 : 32768) / Math.abs(sum)) + 1;

describeLab('the map of pairs', (lab) => {
  /** Where a pair of weights lies on the map, in parts of its size. */
  const place = (w0, w1) =>
    lab.page.run(
      `const [w0, w1] = arguments;
       const canvas = document.querySelector('${MAP}');
       const [left, top, right, bottom, x0, x1, y0, y1] = JSON.parse(canvas.dataset.frames)[0];
       return [(left + (w0 - x0) / (x1 - x0) * (right - left)) / canvas.clientWidth,
               (bottom - (w1 - y0) / (y1 - y0) * (bottom - top)) / canvas.clientHeight];`,
      w0,
      w1,
    );

  const drawn = () => lab.page.until('a drawn map', `return Number(document.querySelector('${MAP}')?.dataset.drawn) > 0`);

  /** Opens a link with the map in sight. */
  const open = async (link) => {
    await lab.page.goto('about:blank');
    await lab.page.goto(lab.server.url + link);
    await drawn();
    await lab.page.run(`document.querySelector('${MAP}').scrollIntoView({ block: 'center' })`);
    await lab.page.frame();
  };

  test('it counts what is safe, on every kind of engine', async () => {
    await open(`${PLAIN}&inputs=4&w=0.0:127_100_64_64`);
    await lab.reads('#map-said', /^49,279 of the 65,536 pairs of weights are safe with FBGEMM \(AVX2\).* Output 0: one of its 2 pairs is safe\.$/);
    await lab.choose('engine', 'fbgemm_vnni');
    await lab.reads('#map-said', /VNNI\) adds products in 32 bits: every pair of weights is safe\./);
    await lab.choose('engine', 'onnx_runtime_neon');
    await lab.reads('#map-said', /^65,535 of the 65,536 /);
  });

  test('a pair of weights is said in words, by pointer and by keys', async () => {
    await open(`${PLAIN}&inputs=4&w=0.0:127_100_64_64`);
    await lab.page.hover(MAP, await place(127, 100));
    const said = await lab.reads('#map-cell', /^w₀ = 127, w₁ = 100: saturates /);
    assert.match(said, new RegExp(`from code ${firstCode(227)} of both inputs on\\. At worst, codes 255 and 255, ${255 * 227} becomes 32767\\. Here: k 0, 1\\.$`));
    await lab.page.hover(MAP, await place(-100, 20));
    await lab.reads('#map-cell', /^w₀ = −\d+, w₁ = \d+: safe, their sum is −\d+ to \d+\.$/);
    await lab.page.keys('.map-body', Key.PAGE_DOWN);
    await lab.reads('#map-cell', /^w₀ = 127, w₁ = 100: /);
    await lab.page.press(Key.ARROW_LEFT);
    await lab.reads('#map-cell', new RegExp(`^w₀ = 126, w₁ = 100: saturates from code ${firstCode(226)} `));
    await lab.page.press(Key.chord(Key.SHIFT, Key.ARROW_DOWN));
    await lab.reads('#map-cell', /^w₀ = 126, w₁ = 84: /);
    await lab.page.press(Key.PAGE_UP);
    await lab.reads('#map-cell', /^w₀ = 64, w₁ = 64: safe, their sum is 0 to 32640\. Here: k 2, 3\.$/);
  });

  test('sliders move the dots', async () => {
    await open(`${PLAIN}&inputs=2&w=0.0:127_100`);
    await lab.page.keys('.map-body', Key.PAGE_DOWN);
    await lab.reads('#map-cell', /Here: k 0, 1\.$/);
    await lab.page.slide('input[name="w-0-1-slider"]', -40);
    const weight = number(await lab.page.value('input[name="w-0-1"]'));
    await lab.reads('#map-said', /Output 0: its one pair is safe\.$/);
    await lab.reads('#map-cell', /^w₀ = 127, w₁ = 100: [^H]*$/);
    await lab.page.keys('.map-body', Key.PAGE_DOWN);
    await lab.reads('#map-cell', new RegExp(`^w₀ = 127, w₁ = ${String(weight).replace('-', '−')}: .* Here: k 0, 1\\.$`));
  });

  test('a dot that is dragged changes both weights, in one step to undo', async () => {
    await open(`${PLAIN}&inputs=2&w=0.0:20_-30`);
    await lab.page.drag(MAP, await place(20, -30), await place(110, 90));
    await lab.page.until('new weights', async () => number(await lab.page.value('input[name="w-0-0"]')) > 100);
    const weights = [];
    for (const k of [0, 1]) weights.push(number(await lab.page.value(`input[name="w-0-${k}"]`)));
    assert.ok(Math.abs(weights[0] - 110) <= 2 && Math.abs(weights[1] - 90) <= 2, String(weights));
    await lab.page.until('its kink', async () => (await lab.codes())[0] === String(firstCode(weights[0] + weights[1])));
    await lab.reads('#map-said', /its one pair is not safe\.$/);
    await lab.page.press(Key.chord(Key.CONTROL, 'z'));
    await lab.page.until('the old weights', async () => (await lab.page.value('input[name="w-0-0"]')) === '20');
    assert.equal(await lab.page.value('input[name="w-0-1"]'), '−30');
  });

  test('weights that are locked stay', async () => {
    await open(`${PLAIN}&inputs=2&w=0.0:20_-30&lock=w&focus=map,weights`);
    await lab.page.drag(MAP, await place(20, -30), await place(110, 90));
    await lab.page.frame();
    assert.equal(await lab.page.value('input[name="w-0-0"]'), '20');
  });

  test('it stands alone, and has its numbers as a table', async () => {
    await open(`${PLAIN}&inputs=3&w=0.0:127_100_64&focus=map&embed=1`);
    assert.equal(await lab.page.count('canvas'), 1);
    await lab.reads('#map-said', /Output 0: its one pair is not safe; one weight stands alone, at w₁ = 0\.$/);
    await lab.page.click('.map-table > summary');
    await lab.page.find('.map-table td');
    assert.deepEqual(await lab.page.texts('.map-table td:nth-child(2)'), ['49,279', '8,001', '8,256', '32,513', '16,384']);
    const pairs = await lab.page.texts('.map-table li');
    assert.match(pairs[0], /^k 0, 1: 127, 100: saturates from code 145 /);
    assert.match(pairs[1], /^k 2, alone: 64: safe, /);
    for (const width of [320, 360, 1280]) {
      await lab.page.resize({ width, height: 740 });
      await lab.page.frame();
      const wide = await lab.page.run('return document.documentElement.scrollWidth - innerWidth');
      assert.ok(wide <= 0, `${width}: ${wide} px too wide`);
      const [left, top, right, bottom] = JSON.parse(await lab.page.attribute(MAP, 'data-frames'))[0];
      assert.ok(Math.abs(right - left - (bottom - top)) < 1, `${width}: it is square`);
      assert.ok(right - left > width * 0.35 && right - left > 220, `${width}: ${right - left} px`);
    }
    await lab.page.resize({ width: 1280, height: 900 });
  });

  test('it is saved as a picture', async () => {
    await open(`${PLAIN}&inputs=2&w=0.0:127_100&focus=map`);
    // Nothing is written to a disk.
    await lab.page.run('HTMLAnchorElement.prototype.click = function () { window.fileName = this.download; }');
    for (const kind of ['png', 'svg']) {
      await lab.page.click(`button[name="rampscope-pairs-0-${kind}"]`);
      await lab.reads('.save-scene [role="status"]', `rampscope-pairs-0.${kind} is saved.`);
      assert.equal(await lab.page.run('return window.fileName'), `rampscope-pairs-0.${kind}`);
    }
  });
});
