// Engines side by side: every one with its words, drawn where it can run, and saying why where it cannot.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab, number } from './lib/lab.mjs';

describeLab('engines', (lab) => {
  const row = (key) => `#engines tr:has(input[name="draw-${key}"])`;
  const keys = () => lab.page.run("return [...document.querySelectorAll('#engines input')].map((e) => e.name.slice(5))");

  test('one is drawn in its colour, named in the legend, and can be taken away', async () => {
    await lab.fresh();
    const color = await lab.color('--overlay-0', '#0b7a75');
    const drawn = () => lab.page.countPixels('canvas.ramp', [0, 0, 1, 1], color, 3);
    assert.equal(await drawn(), 0);
    await lab.toggle('draw-pair_wraps');
    await lab.page.until('its colour in the figure', async () => (await drawn()) > 20);
    assert.ok((await lab.page.texts('.legend li')).includes('Theory: pairs wrap'));
    assert.match(await lab.page.hash(), /overlay=pair_wraps/);
    await lab.toggle('draw-pair_wraps');
    await lab.page.until('none of its colour', async () => (await drawn()) === 0);
  });

  test('any number can be drawn, float32 too', async () => {
    await lab.fresh();
    const can = [];
    for (const key of await keys()) {
      if (await lab.page.run(`return document.querySelector('input[name="draw-${key}"]').disabled`)) continue;
      await lab.toggle(`draw-${key}`);
      can.push(key);
    }
    assert.ok(can.length >= 12 && can.includes('float32'), String(can));
    await lab.page.until('all in the legend', async () => (await lab.page.count('.legend .key-line')) === can.length);
    await lab.page.reload();
    await lab.page.until('all again', async () => (await lab.page.count('#engines input:checked')) === can.length);
  });

  test('every one tells what it does, where it is written, and how it is known', async () => {
    await lab.fresh();
    const all = await keys();
    assert.equal(all.length, 42);
    const told = { recorded: 0, read: 0, modelled: 0, theory: 0 };
    for (const key of all) {
      await lab.page.click(`${row(key)} .disclose`);
      await lab.page.until(`the words of ${key}`, `return document.querySelector('${row(key)} + tr.about') !== null`);
      const [text] = await lab.page.texts('#engines .about');
      assert.ok(text.length > 60, key);
      if (key === 'float32') continue;
      assert.match(text, /Source: \S+/, key);
      if (/recordings of the real library/.test(text)) told.recorded += 1;
      else if (/read in the library’s source/.test(text)) told.read += 1;
      else if (/Modelled from source or documentation/.test(text)) told.modelled += 1;
      else if (/theory/i.test(text)) told.theory += 1;
    }
    assert.deepEqual(told, { recorded: 34, read: 1, modelled: 2, theory: 4 });
    assert.equal(await lab.page.count('#engines .about'), 1);
  });

  test('another is chosen from its words', async () => {
    await lab.fresh();
    await lab.page.click(`${row('fbgemm_vnni')} .disclose`);
    await lab.page.click('button[name="choose-fbgemm_vnni"]');
    await lab.reads('#summary', /FBGEMM \(VNNI\) has no kink/);
    assert.equal(await lab.page.value('select[name="engine"]'), 'fbgemm_vnni');
    await lab.page.back();
    await lab.reads('#summary', /FBGEMM \(AVX2\) bends twice/);
  });

  test('what an engine cannot run it says, and it is not drawn', async () => {
    await lab.fresh('#/lab?w_scheme=affine');
    const out = await lab.page.texts('#engines tr.unseen .reason');
    assert.ok(out.length > 0 && out.every((reason) => reason.length > 15), String(out));
    assert.equal(await lab.page.count('#engines input:disabled'), out.length);
    const key = await lab.page.run("return document.querySelector('#engines input:disabled').name.slice(5)");
    await lab.choose('engine', key);
    await lab.reads('.unavailable', out[0]);
    await lab.reads('#summary', /cannot run this layer.*Only the exact ramp is drawn/);
  });

  test('what the sum does is told apart from what rounding does', async () => {
    await lab.fresh();
    const cells = async (key) => (await lab.page.texts(`${row(key)} td`)).slice(1);
    const avx2 = await cells('fbgemm_avx2');
    assert.ok(/^\d\d too low$/.test(avx2[2]) && avx2[3] === '0' && avx2[4] === '2', String(avx2));
    const vnni = await cells('fbgemm_vnni');
    assert.deepEqual(vnni.slice(2), ['exact', '0', '0']);
    await lab.fresh('#/lab?engine=tflite_gemmlowp&inputs=1&outputs=1&x_scale=1&x_zp=128&w_scale=1&y_scale=2.4&y_zp=128&w=0.0:3&from=-20&to=20');
    const ruy = await cells('tflite_ruy');
    assert.equal(ruy[4], '0');
    const lowp = await cells('tflite_gemmlowp');
    assert.deepEqual(lowp.slice(2), ['exact', '1 below, 1 above', '0']);
    await lab.reads('.legend', /difference by rounding/);
  });

  test('numbers follow the cursor', async () => {
    await lab.fresh();
    const { outputs } = await lab.evaluate('');
    for (const at of ['code 207', 'code 208']) {
      if (at === 'code 208') await lab.page.keys('#figure', '\uE014');
      await lab.reads('#cursor', new RegExp(at));
      const code = Number(at.slice(5));
      const shown = async (key) => number((await lab.page.texts(`${row(key)} td`))[1]);
      await lab.page.until('the code of AVX2', async () => (await shown('fbgemm_avx2')) === outputs[2].chosen[code]);
      await lab.page.until('the code of VNNI', async () => (await shown('fbgemm_vnni')) === outputs[2].exact[code]);
    }
  });
});
