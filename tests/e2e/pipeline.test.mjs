// Every number from x to y is equal to the arithmetic done here with the numbers that are shown.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab, number } from './lib/lab.mjs';

const RAIL = { low: -32768, high: 32767 };
const bits = (value, width) => (value < 0 ? 2 ** width + value : value).toString(2).padStart(width, '0').slice(-width);

describeLab('pipeline', (lab) => {
  const cells = (selector) =>
    lab.page.run(
      'return [...document.querySelectorAll(arguments[0])].map((row) => [...row.querySelectorAll("th, td")].map((e) => e.textContent.trim()))',
      selector,
    );
  const shown = async (id) => number(await lab.page.text(`#${id}`));

  test('a reciprocal that is rounded makes another code than a division', async () => {
    await lab.fresh('#/lab?x_scale=15&x_zp=0&from=0&to=4000&at=757.5');
    await lab.reads('.pipeline p', /^x = 757\.5 → x · \(1 ÷ 15\) = 50\.500004 in float32; rounded, \+ 0 → code 51, which stands for 765\./);
    await lab.set('at', 3900);
    await lab.reads('.pipeline p', /= 260 in float32; rounded, \+ 0 = 260, clamped → code 255/);
  });

  for (const hash of ['#/lab', '#/lab?w_scheme=affine&output=4&at=3', '#/lab?inputs=5&output=1&at=-3.9', '#/lab?relu=1&output=7&at=1']) {
    test(`the numbers are the arithmetic, ${hash}`, async () => {
      await lab.fresh(hash);
      const code = number((await lab.page.text('#input-code')).replace('code ', ''));
      const [, sx, product, zx] = /÷ (\S+)\) = (\S+) in float32; rounded, \+ (\d+)/.exec(await lab.page.text('.pipeline p'));
      assert.equal(Number(sx), await lab.field('x_scale'));
      assert.equal(Math.fround(number(product)), Math.fround(Math.fround(await lab.field('at')) * Math.fround(1 / Math.fround(Number(sx)))));
      assert.equal(code, Math.min(255, Math.max(0, Math.round(number(product)) + Number(zx))));
      const pairs = await cells('#pairs tbody tr');
      let [sum, exact, sumW] = [0, 0, 0];
      for (const [, products, total, , kept, lost] of pairs) {
        const terms = products.split(' + ').map((term) => term.split('·').map(number));
        for (const [x, w] of terms) {
          assert.equal(x, code);
          sumW += w;
        }
        const real = terms.reduce((all, [x, w]) => all + x * w, 0);
        const saturated = Math.min(RAIL.high, Math.max(RAIL.low, real));
        assert.deepEqual([number(total), number(kept)], [real, saturated], products);
        assert.equal(lost === '–' ? 0 : number(lost), real - saturated, products);
        [sum, exact] = [sum + saturated, exact + real];
      }
      assert.equal(await shown('raw'), sum);
      assert.equal(await shown('lost'), exact - sum);
      const inputs = await lab.field('inputs');
      const [zp, zw] = [Number(zx), await lab.field('w_zp')];
      const terms = [-zp * (sumW - inputs * zw), -zw * inputs * code];
      assert.equal(await shown('stage-raw'), sum);
      assert.equal(await shown('stage-input-term'), terms[0]);
      if (zw !== 0) assert.equal(await shown('stage-weight-term'), terms[1]);
      const acc = sum + terms[0] + (zw === 0 ? 0 : terms[1]);
      assert.equal(await shown('stage-acc'), acc);
      const m = Math.fround(Math.fround(Math.fround(await lab.field('x_scale')) * Math.fround(await lab.field('w_scale'))) / Math.fround(await lab.field('y_scale')));
      const scaled = Math.fround(acc * m);
      const even = Math.round(scaled) - (Math.abs(scaled % 1) === 0.5 && Math.round(scaled) % 2 !== 0 ? 1 : 0);
      const zy = await lab.field('y_zp');
      assert.equal(await shown('stage-unclamped'), even + zy);
      const low = hash.includes('relu') ? zy : 0;
      assert.equal(await shown('output-code'), Math.min(255, Math.max(low, even + zy)));
      const y = ((await shown('output-code')) - zy) * (await lab.field('y_scale'));
      assert.ok(Math.abs((await shown('stage-real')) - y) <= Math.abs(y) * 1e-3);
    });
  }

  test('bits on demand: the 17-bit sum, saturated, wrapped', async () => {
    await lab.fresh('#/lab?at=4');
    for (const row of ['#pairs .is-saturated', '#pairs tr:not(.is-saturated)']) {
      const [, , total] = (await cells(`#pairs tbody ${row.replace('#pairs ', '')}`))[0];
      await lab.page.click(`${row} button.go`);
      const rows = await cells('.bits-row .bits tr');
      const sum = number(total);
      const saturated = Math.min(RAIL.high, Math.max(RAIL.low, sum));
      const wrapped = (sum << 16) >> 16;
      assert.deepEqual(rows.map(([, word, value]) => [word.replace(/\s/g, ''), number(value)]), [
        [bits(sum, 17), sum],
        [bits(saturated, 16), saturated],
        [bits(wrapped, 16), wrapped],
      ]);
      assert.equal(await lab.page.count('.bits-row'), 1);
      await lab.page.click(`${row} button.go`);
      await lab.page.until('folded', async () => (await lab.page.count('.bits-row')) === 0);
    }
  });

  test('of 64 inputs only what stands out is listed, and all on demand', async () => {
    await lab.fresh('#/lab?inputs=64&at=4');
    const rows = () => lab.page.count('#pairs tbody tr');
    const few = await rows();
    assert.equal(few, await lab.page.count('#pairs .is-saturated'));
    assert.ok(few > 0 && few < 32);
    const [, rest, together] = /^(\d+) more pairs lose nothing; together they are (−?\d+)/.exec(await lab.page.text('.rest'));
    assert.equal(few + Number(rest), 32);
    const kept = (await cells('#pairs tbody tr')).reduce((sum, row) => sum + number(row[4]), 0);
    assert.equal(await shown('raw'), kept + number(together));
    await lab.page.click('#all-pairs');
    await lab.page.until('all 32', async () => (await rows()) === 32);
    await lab.page.click('#all-pairs');
    await lab.page.until('few again', async () => (await rows()) === few);
  });

  test('a pair looked at marks its weights, its kink and its part of the ramp; and the other way round', async () => {
    await lab.fresh();
    const { layer, outputs } = await lab.evaluate('');
    const [first, second] = outputs[2].kinks.map((kink) => kink.pairs[0] / 2);
    const band = await lab.color('--saturated-soft');
    const [, , y0, y1] = await lab.window();
    // Within the band, near the lower right corner, where no curve is.
    const corner = async () => lab.page.countPixels('canvas.ramp', [
      ...(await lab.place(3.6, y0 + (y1 - y0) * 0.2)),
      ...(await lab.place(3.9, y0 + (y1 - y0) * 0.1)),
    ], band, 1);
    const marked = async (pair) => {
      const state = () =>
        lab.page.run(
          `const at = (s) => [...document.querySelectorAll(s)].flatMap((e, i) => e.classList.contains('is-marked') ? [i] : []);
           return JSON.stringify([at('.pair-grid .pair'), at('#pairs tbody tr'), at('#kinks tbody tr')]);`,
        );
      const kink = [first, second].indexOf(pair);
      const wanted = pair === null ? [[], [], []] : [[pair], [pair], kink < 0 ? [] : [kink]];
      await lab.page.until(`marks of pair ${pair}`, async () => (await state()) === JSON.stringify(wanted));
      await lab.page.until('the band as well', async () => ((await corner()) > 0) === (kink >= 0));
    };
    await marked(null);
    await lab.page.hover(`#pairs tbody:nth-of-type(${first + 1}) td`);
    await marked(first);
    await lab.page.hover('#pipeline-title');
    await marked(null);
    await lab.page.keys(`#pairs tbody:nth-of-type(${second + 1}) button.go`);
    await marked(second);
    await lab.page.keys(`input[name="w-2-${2 * first}-slider"]`);
    await marked(first);
    await lab.page.keys('#kinks tbody tr:nth-child(2) button');
    await marked(second);
    await lab.page.keys('#figure');
    await marked(null);
    await lab.page.hover('#kinks tbody tr:nth-child(1) td');
    await marked(first);
    // A hand does not jump: it leaves the row before it reaches the figure.
    await lab.page.hover('#figure-title');
    await marked(null);
    const kink = outputs[2].kinks[1];
    const y = (outputs[2].chosen[kink.code] - layer.outputZeroPoint) * layer.outputScale;
    await lab.page.hover('canvas.ramp', await lab.place(kink.x, y));
    await marked(second);
    await lab.page.hover('canvas.ramp', await lab.place(-3, y));
    await marked(null);
  });
});
