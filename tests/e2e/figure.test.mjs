// The large figure: zoom, pan, reading, its legend, and the table of kinks beside it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab, number } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

const HIDDEN = '#/lab?inputs=4&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=1&y_zp=0&w=0.0:127_127_-127_-127&from=0&to=255&at=200';

describeLab('figure', (lab) => {
  const shows = (from, to) =>
    lab.page.until(`${from} to ${to}`, async () => {
      const [x0, x1] = await lab.window();
      return Math.abs(x0 - from) < 1e-3 && Math.abs(x1 - to) < 1e-3;
    });

  test('buttons zoom about the cursor and back', async () => {
    await lab.fresh();
    assert.equal(await (await lab.page.find('button[name="zoom-out"]')).isEnabled(), false);
    await lab.page.click('button[name="zoom-in"]');
    await shows(-1, 3);
    await lab.page.click('button[name="zoom-in"]');
    await shows(0.5, 2.5);
    await lab.page.click('button[name="zoom-out"]');
    await shows(-1, 3);
    await lab.page.click('button[name="zoom-reset"]');
    await shows(-4, 4);
    assert.equal(await (await lab.page.find('button[name="zoom-reset"]')).isEnabled(), false);
  });

  test('keys zoom and move the window', async () => {
    await lab.fresh();
    await lab.page.keys('#figure', '+');
    await shows(-1, 3);
    await lab.page.press('.');
    await shows(0, 4);
    await lab.page.press('.');
    await shows(0, 4);
    await lab.page.press(',');
    await shows(-1, 3);
    await lab.page.press('-');
    await shows(-4, 4);
    await lab.page.press('+', '+', '0');
    await shows(-4, 4);
  });

  test('the wheel scrolls the page; with Ctrl, or once the figure has the focus, it zooms', async () => {
    await lab.fresh();
    const middle = await lab.place(0, 0);
    await lab.page.box('canvas.ramp');
    const top = await lab.page.run('return scrollY');
    await lab.page.wheel('canvas.ramp', middle, 120);
    await lab.page.until('a scrolled page', `return scrollY > ${top} + 50`);
    await shows(-4, 4);
    // WebKitGTK's driver turns no wheel with a key held, and its window has no focus.
    if (lab.browser === 'webkit') return;
    await lab.page.wheel('canvas.ramp', middle, -300, { control: true });
    await shows(-2, 2);
    await lab.page.keys('#figure', '0');
    await shows(-4, 4);
    const still = await lab.page.run('return scrollY');
    await lab.page.wheel('canvas.ramp', middle, -300);
    await shows(-2, 2);
    await lab.page.wheel('canvas.ramp', middle, 300);
    await shows(-4, 4);
    assert.equal(await lab.page.run('return scrollY'), still);
  });

  // Only Chromium’s driver has two fingers.
  if (lab.browser === 'chromium') test('two fingers zoom', async () => {
    await lab.fresh();
    const [u, v] = await lab.place(0, 0);
    await lab.page.pinch('canvas.ramp', [[u - 0.1, v], [u + 0.1, v]], [[u - 0.2, v], [u + 0.2, v]]);
    await lab.page.until('half of it', async () => {
      const [x0, x1] = await lab.window();
      return x1 - x0 > 3.4 && x1 - x0 < 4.8;
    });
    await lab.page.click('button[name="zoom-reset"]');
    await shows(-4, 4);
  });

  test('the pointer reads off what is under it, and pressing moves the cursor there', async () => {
    await lab.fresh();
    const { layer, outputs } = await lab.evaluate('');
    const place = await lab.place(3, 0);
    await lab.page.hover('canvas.ramp', place);
    const text = await lab.reads('#hover', /^code \d+, x = \S+ → y = \S+ \(code \d+\), \d+ codes? too (low|high)$/);
    const [, code, x, y, out, far, side] = /^code (\d+), x = (\S+) → y = (\S+) \(code (\d+)\), (\d+) codes? too (\w+)/.exec(text);
    const off = side === 'low' ? `−${far}` : far;
    assert.ok(Math.abs(number(x) - 3) < 0.02);
    assert.equal(Number(code), Math.round(number(x) / layer.inputScale) + layer.inputZeroPoint);
    assert.equal(Number(out), outputs[2].chosen[code]);
    assert.equal(number(off), outputs[2].chosen[code] - outputs[2].exact[code]);
    assert.ok(Math.abs(number(y) - (Number(out) - layer.outputZeroPoint) * layer.outputScale) < 1e-3);
    await lab.page.drag('canvas.ramp', place, place);
    await lab.reads('#cursor', new RegExp(`code ${code},`));
    await lab.page.hover('#summary');
    await lab.reads('#hover', '');
  });

  test('nothing moves when the pointer comes or goes', async () => {
    await lab.fresh();
    const tops = () =>
      lab.page.run("return ['canvas.ramp', '#cursor', '.smalls', '#kinks-title'].map((what) => document.querySelector(what).getBoundingClientRect().top)");
    const before = await tops();
    await lab.page.hover('canvas.ramp', await lab.place(3, 0));
    await lab.reads('#hover', /^code/);
    assert.deepEqual(await tops(), before);
  });

  test('a drag on an axis of codes gives codes; a real axis gives what is under the finger', async () => {
    await lab.fresh('#/lab?inputs=2&outputs=1&output=0&x_scale=1&x_zp=0&w_scale=1&y_scale=254&y_zp=0&w=0.0:127_127&from=0&to=255&at=7');
    const from = await lab.place(7, 0);
    const to = await lab.place(150.37, 0);
    await lab.page.drag('canvas.ramp', from, to);
    await lab.reads('#cursor', /^x = 15[01]: code 15[01],/);
    assert.equal((await lab.field('at')) % 1, 0);
    await lab.fresh();
    await lab.page.drag('canvas.ramp', await lab.place(2, 0), await lab.place(0.7, 0));
    await lab.page.until('a place between codes', async () => (await lab.field('at')) < 0.8);
    assert.notEqual((await lab.field('at')) % 1, 0);
  });

  test('the clamps of the output are dashed lines, and the lines of the grid are not', async () => {
    await lab.fresh();
    const { layer } = await lab.evaluate('');
    // The share of a level line that has a colour, from the frame's left edge on.
    const share = async (y, color) => {
      const [x0] = await lab.window();
      const [[u, v], [end]] = [await lab.place(x0 + 0.05, y), await lab.place(x0 + 2.05, y)];
      const count = await lab.page.countPixels('canvas.ramp', [u, v, end, v], await lab.color(color));
      return count / (await lab.page.run("return document.querySelector('canvas.ramp').width * arguments[0]", end - u));
    };
    const clamp = await share((255 - layer.outputZeroPoint) * layer.outputScale, '--clamped');
    assert.ok(clamp > 0.5 && clamp < 0.7, `${clamp} of a line of 6 pixels on and 4 off`);
    assert.ok((await share(0, '--grid')) > 0.8);
  });

  test('the legend names every mark and can be switched off', async () => {
    await lab.fresh();
    const legend = (await lab.page.texts('.legend li')).join('\n');
    for (const mark of [/FBGEMM \(AVX2\)/, /a pair is saturated/, /exact sum/, /kink: shallower/, /kink: turned/, /calibrated range/, /codes above 128/, /clamp of/]) {
      assert.match(legend, mark);
    }
    await lab.toggle('legend');
    await lab.page.until('no legend', async () => (await lab.page.count('.legend')) === 0);
    // The address follows within half a second; Firefox reloads what it was before `pagehide`.
    await lab.page.until('the address', async () => /legend=0/.test(await lab.page.hash()));
    await lab.page.reload();
    await lab.page.find('canvas.ramp');
    assert.equal(await lab.page.count('.legend'), 0);
  });

  test('a kink that the output clamp hides is said to be hidden, and seen in the accumulator', async () => {
    await lab.fresh(HIDDEN);
    await lab.reads('#summary', /One (more )?kink is hidden by the output clamp/);
    await lab.reads('#kinks tbody tr.unseen .why', /hidden by the output clamp; draw the accumulator/);
    const { outputs } = await lab.evaluate(HIDDEN);
    const accent = await lab.color('--saturated');
    await lab.choose('plot', 'accumulator');
    await lab.page.until('the accumulator', async () => (await lab.window())[3] < 1000);
    const at = outputs[0].kinks[0].code + 20;
    const [u, v] = await lab.place(at, outputs[0].accumulator[at]);
    assert.equal(outputs[0].accumulator[at], -1);
    assert.ok((await lab.page.countPixels('canvas.ramp', [u - 0.01, v - 0.01, u + 0.01, v + 0.01], accent)) > 0);
    await lab.reads('#summary', /bends|jumps|kink/);
  });

  test('the table of kinks has all its columns, and its buttons move the cursor', async () => {
    await lab.fresh();
    const { outputs } = await lab.evaluate('');
    const rows = await lab.page.run(
      "return [...document.querySelectorAll('#kinks tbody tr')].map((tr) => [...tr.children].map((td) => td.innerText.trim()))",
    );
    assert.deepEqual(rows.map((row) => row.slice(2)), [
      ['170', '0, 1', '127, 66', '32767', '243 → 50', 'shallower'],
      ['241', '6, 7', '14, 122', '32767', '50 → −86', 'turned'],
    ].map((row, i) => [row[0], rows[i][3], rows[i][4], row[3], `${outputs[2].kinks[i].slopeBefore} → ${outputs[2].kinks[i].slopeAfter}`.replaceAll('-', '−'), row[5]]));
    await lab.page.click('#kinks tbody tr:nth-child(2) button');
    await lab.reads('#cursor', /code 241,/);
    await lab.page.click('#kinks tbody tr:nth-child(1) button');
    await lab.reads('#cursor', /code 170,/);
    await lab.page.click('.sentences summary');
    assert.deepEqual(await lab.page.texts('.sentences li'), outputs[2].kinks.map((kink) => kink.sentence));
  });

  test('[ and ] jump between kinks from anywhere but a field', async () => {
    await lab.fresh();
    for (const focus of ['#undo', '#keys', 'button[name="output-2"]', 'input[name="at-slider"]']) {
      await lab.page.keys(focus, '[', '[');
      await lab.reads('#cursor', /code 170,/);
      await lab.page.press(']');
      await lab.reads('#cursor', /code 241,/);
    }
    await lab.page.keys('input[name="at"]', Key.END, '[');
    assert.match(await lab.page.value('input[name="at"]'), /\[$/);
    await lab.reads('#cursor', /code 241,/);
  });

  test('the ramp is there as a table of numbers', async () => {
    await lab.fresh();
    assert.equal(await lab.page.count('#values'), 0);
    await lab.page.click('.values summary');
    await lab.page.find('#values');
    const { outputs } = await lab.evaluate('');
    const rows = await lab.page.run(
      "return [...document.querySelectorAll('#values tbody tr')].map((tr) => [...tr.children].map((td) => td.innerText.trim()))",
    );
    assert.ok(rows.length >= 17);
    const { accumulator, exactAccumulator, chosen: codes, exact: exactCodes } = outputs[2];
    for (const [, code, acc, exactAcc, chosen, exact, off] of rows) {
      assert.deepEqual([number(acc), number(exactAcc)], [accumulator[code], exactAccumulator[code]]);
      assert.deepEqual([number(chosen), number(exact)], [codes[code], exactCodes[code]]);
      assert.equal(number(off), number(chosen) - number(exact));
    }
    assert.deepEqual(rows.map((row) => row[8]).filter(Boolean), ['kink 1', 'cursor', 'kink 2']);
  });
});
