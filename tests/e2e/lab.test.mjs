// What a person does on the page, and what they then see; the numbers are held against the recording.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { DRAWN, describeLab, number } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';
import { ROOT, serve } from './lib/server.mjs';

const recording = JSON.parse(String(gunzipSync(readFileSync(join(ROOT, 'tests/golden/thread.json.gz')))));
const recorded = (wanted) =>
  recording.cases.find(
    (c) =>
      c.seed === 100 && c.shape_in === 8 && c.shape_out === 10 && c.order === 'model_first' &&
      c.weight_qscheme === 'per_tensor_symmetric' && c.calib_gain === 1 && c.reduce_range === wanted,
  );

describeLab('the lab', (lab) => {
  for (const reduced of [false, true]) {
    test(`all ten outputs are as recorded, reduce_range ${reduced}`, async () => {
      await lab.fresh();
      const known = recorded(reduced);
      const page_ = await lab.evaluate(reduced ? '#/lab?reduce_range=1' : '');
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
    await lab.fresh();
    assert.deepEqual(await lab.codes(), ['170', '241']);
    const accent = await lab.color('--saturated');
    const { layer, outputs } = await lab.evaluate('');
    const kink = outputs[2].kinks[0];
    const y = (outputs[2].chosen[kink.code] - layer.outputZeroPoint) * layer.outputScale;
    const found = await lab.page.pixel('canvas.ramp', await lab.place(kink.x, y));
    // Where two shapes of one colour meet, their soft edges may round by one.
    assert.ok(accent.every((byte, index) => Math.abs(byte - found[index]) <= 1), `${found} is not ${accent}`);
    await lab.page.click('button[name="output-3"]');
    await lab.page.until('output 3', "return document.querySelector('#figure-title').textContent === 'Output 3'");
    await lab.page.frame();
    await lab.page.until('nothing of the accent', async () => (await lab.page.countPixels('canvas.ramp', [0, 0, 1, 1], accent, 2)) === 0);
    await lab.page.find('#no-kinks');
  });

  test('dragging a weight moves the curve and the table, and reset brings both back', async () => {
    await lab.fresh();
    const before = Number(await lab.page.attribute('canvas.ramp', 'data-drawn'));
    await lab.page.slide('input[name="w-2-1-slider"]', 120);
    await lab.page.until('a new table', async () => (await lab.codes())[0] !== '170');
    await lab.page.until('a new picture', `return Number(document.querySelector('canvas.ramp').dataset.drawn) > ${before}`);
    const weight = number(await lab.page.value('input[name="w-2-1"]'));
    assert.equal((await lab.codes())[0], String(Math.floor(32767 / (127 + weight)) + 1));
    const { layer } = await lab.evaluate(`#/lab?w=2.1:${weight}`);
    assert.equal(Math.fround(await lab.field('y_scale')), Math.fround(layer.outputScale));
    await lab.page.click('button[name="w-2-1-reset"]');
    await lab.page.until('the old table', async () => (await lab.codes())[0] === '170');
  });

  test('reduce_range removes the kinks inside the calibrated range', async () => {
    await lab.fresh();
    await lab.page.click('input[name="reduce_range"]');
    await lab.page.until('no kink to see', async () => (await lab.page.text('#summary')).includes('no kink in this sweep'));
    // What is out of sight follows when changes rest.
    await lab.page.until('kinks beyond the range', async () =>
      (await lab.page.texts('#kinks tbody tr td:nth-child(2)')).map(number).every((x) => x > recorded(true).calib_in_max));
    await lab.page.back();
    await lab.page.until('the kinks again', async () => (await lab.page.text('#summary')).includes('bends twice'));
  });

  test('keys move the cursor by codes and to the kinks', async () => {
    await lab.fresh();
    await lab.page.keys('#figure', Key.ARROW_RIGHT);
    await lab.page.until('code 208', async () => (await lab.page.text('#cursor')).includes('code 208'));
    await lab.page.press('[');
    await lab.page.until('the first kink', async () => (await lab.page.text('#cursor')).includes('code 170'));
    await lab.page.press(']');
    await lab.page.until('the second kink', async () => (await lab.page.text('#cursor')).includes('code 241'));
    assert.match(await lab.page.text('#cursor'), /2 pairs are saturated/);
    const lost = 241 * (127 + 66) - 32767 + 241 * (14 + 122) - 32767;
    await lab.page.until('what is lost', async () => number(await lab.page.text('#lost')) === lost);
  });

  test('the cursor can be dragged in the figure', async () => {
    await lab.fresh();
    const [from, to] = [await lab.place(2, 0), await lab.place(-2, 0)];
    await lab.page.drag('canvas.ramp', from, to);
    await lab.page.until('a negative input', async () => number((await lab.page.value('input[name="at"]'))) < -1.9);
    assert.match(await lab.page.text('#cursor'), /no pair is saturated/);
  });

  test('reload restores what was set', async () => {
    await lab.fresh();
    await lab.page.fill('input[name="seed"]', '7');
    await lab.page.click('button[name="output-4"]');
    await lab.page.until('the address', async () => /seed=7.*output=4/.test(await lab.page.hash()));
    const table = await lab.page.texts('#kinks tbody tr');
    await lab.page.reload();
    await lab.page.until('a drawn figure', DRAWN);
    assert.equal(await lab.page.value('input[name="seed"]'), '7');
    assert.equal(await lab.page.text('#figure-title'), 'Output 4');
    assert.deepEqual(await lab.page.texts('#kinks tbody tr'), table);
  });

  test('a reload right after a key loses nothing', async () => {
    await lab.fresh();
    await lab.show('input[name="x_zp-slider"]');
    await lab.page.keys('input[name="x_zp-slider"]', Key.ARROW_RIGHT, Key.ARROW_RIGHT);
    const set = await lab.page.value('input[name="x_zp"]');
    await lab.page.reload();
    await lab.page.until('a drawn figure', DRAWN);
    assert.equal(set, '126');
    assert.equal(await lab.page.value('input[name="x_zp"]'), set);
  });

  test('an address that changes while the page begins is followed', async () => {
    const page = readFileSync(join(ROOT, 'dist/index.html'), 'utf8');
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    const files = { 'early.js': join(folder, 'early.js'), 'index.html': join(folder, 'index.html') };
    writeFileSync(files['early.js'], `
      const watch = new MutationObserver(() => {
        if (!document.querySelector('.views')) return;
        watch.disconnect();
        location.hash = '#/lab?v=1&seed=7';
      });
      watch.observe(document, { subtree: true, childList: true });`);
    writeFileSync(files['index.html'], page.replace('<head>', '<head><script src="early.js"></script>'));
    const server = await serve({ files });
    try {
      await lab.page.goto(`${server.url}#/lab`);
      await lab.page.until('the new seed', "return document.querySelector('input[name=seed]')?.value === '7'");
      assert.equal(await lab.page.hash(), '#/lab?v=1&seed=7');
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });

  test('a broken link is reported and the rest of it used', async () => {
    await lab.fresh('#/lab?sed=3&inputs=900&engine=qnnpack');
    const notice = await lab.page.text('#notice');
    assert.match(notice, /“sed” is not a parameter.*Did you mean “seed”/);
    assert.match(notice, /inputs: 900 is out of range; 64 is used/);
    assert.equal(await lab.page.value('select[name="engine"]'), 'qnnpack');
    await lab.page.click('#notice button');
    await lab.page.until('no notice', async () => (await lab.page.count('#notice')) === 0);
  });

  test('what cannot be read stays in its field and is named', async () => {
    await lab.fresh();
    await lab.set('x_scale', 'wide');
    assert.match(await lab.page.text('#notice'), /x_scale: “wide” is not a number/);
    assert.equal(await lab.page.value('input[name="x_scale"]'), 'wide');
  });

  test('what was wrong with a field stands at that field, until it is mended', async () => {
    await lab.fresh();
    const bad = () => lab.page.run("return [...document.querySelectorAll('input[aria-invalid=true]')].map((field) => field.name)");
    await lab.set('inputs', 900);
    await lab.reads('#inputs-problem', /900 is out of range; 64 is used/);
    assert.deepEqual(await bad(), ['inputs']);
    assert.equal(await lab.page.attribute('input[name="inputs"]', 'aria-describedby'), 'inputs-problem');
    await lab.set('inputs', 8);
    await lab.page.until('no fault', async () => (await bad()).length === 0 && (await lab.page.count('.field-problem')) === 0);
    await lab.set('w-2-3', 300);
    await lab.reads('#w-2-3-problem', /from −128 to 127: 300 became 127/);
    assert.deepEqual(await bad(), ['w-2-3']);
    // The same fault in the field beside it is told there.
    await lab.set('w-2-4', 300);
    await lab.reads('#w-2-4-problem', /300 became 127/);
    assert.deepEqual(await bad(), ['w-2-4']);
    // A link's faults stand at their fields, too.
    await lab.fresh('#/lab?inputs=900&x_scale=wide');
    assert.deepEqual((await bad()).toSorted(), ['inputs', 'x_scale']);
  });

  test('the engine’s sentence and how it is known stand below the list', async () => {
    await lab.fresh();
    await lab.reads('#engine-about', /^● recorded PyTorch’s x86 engine on a CPU with AVX2/);
    for (const [engine, said] of [
      ['fbgemm_acc16', /^◐ read in the source FBGEMM’s kernel with 16-bit sums/],
      ['onednn_s8s8', /^○ modelled oneDNN’s inner product/],
      ['pair_wraps', /^\? theory A guess from the thread/],
    ]) {
      await lab.choose('engine', engine);
      await lab.reads('#engine-about', said);
    }
  });

  test('theme, sharing and opening a file are at hand above the figure', async () => {
    await lab.fresh();
    assert.ok(await lab.page.run("return document.querySelector('.lab-bar').getBoundingClientRect().bottom < document.querySelector('canvas.ramp').getBoundingClientRect().top"));
    await lab.choose('theme', 'dark');
    await lab.page.until('a dark page', "return document.documentElement.dataset.theme === 'dark'");
    await lab.page.click('#take-along');
    await lab.page.until('the panel, open and in sight', `
      const panel = document.querySelector('details.export');
      const { top } = panel.getBoundingClientRect();
      return panel.open && top >= 0 && top < innerHeight && panel.contains(document.activeElement)`);
    assert.equal(await lab.page.count('#open-json'), 1);
  });

  test('a panic is told in its own words, the text stays, and there is a way back', async () => {
    await lab.fresh();
    const heading = await lab.page.text('h1');
    // More outputs need new elements, and Yew expects to get them.
    await lab.page.run(
      // The window's Error, as a page would throw it: Firefox's scripts have one of their own.
      `const refuse = () => { throw new window.Error('no element today'); };
       Document.prototype.createElement = refuse;
       Document.prototype.createElementNS = refuse;
       Node.prototype.cloneNode = refuse;`,
    );
    await lab.page.fill('input[name="outputs"]', '12');
    await lab.page.until('the message', "return !document.querySelector('#trouble').hidden");
    const trouble = await lab.page.text('#trouble');
    assert.match(trouble, /Rampscope has a fault: panicked at [^\n]+\.rs:\d+[\s\S]*no element today/);
    assert.match(trouble, /What you had set is in the address[\s\S]*start afresh/);
    assert.equal(await lab.page.text('h1'), heading);
    assert.ok((await lab.page.text('#summary')).length > 20);
    await lab.page.click('#trouble-fresh');
    await lab.page.until(
      'the page again',
      "return document.querySelector('#trouble').hidden && Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0",
    );
    assert.equal(await lab.page.value('input[name="outputs"]'), '10');
  });

  test('a fault while drawing leaves words and a way back, not a blank page', async () => {
    await lab.fresh();
    await lab.page.run('CanvasRenderingContext2D.prototype.stroke = undefined');
    await lab.page.click('button[name="output-0"]');
    await lab.page.until('the message', "return !document.querySelector('#trouble').hidden");
    assert.match(await lab.page.text('#trouble'), /Rampscope stopped[\s\S]*Reload with it/);
    assert.ok((await lab.page.text('#summary')).length > 20);
    await lab.page.click('#trouble-fresh');
    await lab.page.until(
      'the page again',
      "return document.querySelector('#trouble').hidden && Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0",
    );
  });
}, { faults: true });
