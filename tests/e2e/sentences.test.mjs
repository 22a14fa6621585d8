// What is said of an engine's arithmetic is that engine's, and of what is drawn. tests/sentences.rs
// walks all states; here a person sees some of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab } from './lib/lab.mjs';

const PAIR = 'inputs=2&outputs=1&output=0&x_scale=1&x_zp=0&w_scale=1&y_scale=254&y_zp=0&from=0&to=255';

describeLab('sentences', (lab) => {
  const verdicts = () => lab.page.texts('.weights .pair-head span');

  test('the weights are judged as the chosen engine treats them', async () => {
    const row = (w) => `${PAIR}&w=0.0:${w}`;
    for (const [link, said, isAlarm] of [
      [row('127_66'), 'sum 193: saturates from code 170', true],
      [row('64_64'), 'sum 128: safe for every input', false],
      [`${row('127_66')}&engine=fbgemm_vnni`, 'sum 193: exact in 32 bits', false],
      [`${row('127_66')}&engine=qnnpack`, 'sum 193: exact in 32 bits', false],
      [`${row('127_127')}&engine=onednn_s8s8`, 'sum 254: saturates from code 2', true],
      [`${row('127_66')}&engine=onednn_half_scale`, 'sum 193: halved, acts as 128, 66', false],
      [`${row('127_66')}&engine=pair_wraps`, 'sum 193: wraps around from code 170', true],
      [`${row('127_66')}&engine=products_15_bit`, 'sum 193: a product is cut from code 130', true],
      [`${row('127_66')}&engine=fbgemm_acc16`, 'sum 193: saturates from code 170', true],
      [`${row('127_66')}&engine=running_16_bit`, 'sum 193: added to a sum of 16 bits', false],
      [`${row('127_66')}&direction=one&rest=3`, 'sum 193: saturates from code 170 where both inputs have it', true],
      [`${row('127_66')}&reduce_range=1&clamp=observer`, 'sum 193: safe for every input', false],
    ]) {
      await lab.fresh(`#/lab?${link}`);
      assert.deepEqual(await verdicts(), [said], String(link));
      assert.equal(await lab.page.count('.weights .pair.saturates'), isAlarm ? 1 : 0, String(link));
    }
    await lab.fresh(`#/lab?${row('127_66')}&engine=fbgemm_acc16`);
    await lab.reads('#row-sum', /something is first lost at code 170\.$/);
  });

  test('the headline speaks of what is drawn, in its window', async () => {
    for (const [link, said] of [
      ['', /bends twice\. It lies up to 85 output codes too low\. First wrong output: input code \d+, x = 1\.\d+\.$/],
      ['from=0&to=1', /has no kink in this sweep\. It equals the exact ramp everywhere in this sweep\.$/],
      ['zoom_from=1&zoom_to=2', /bends once\. It lies up to \d+ output codes too low\. First wrong output: input code \d+, x = 1\.\d+\.$/],
      ['plot=accumulator', /bends twice\. Its accumulator lies up to \d+ too low\. First wrong sum: input code \d+, x = [\d.]+\.$/],
      [`${PAIR}&w=0.0:127_127&plot=accumulator`, /bends once\. Its accumulator lies up to 32003 too low\. First wrong sum: input code \d+, x = [\d.]+\.$/],
      ['engine=onnx_runtime_avx2', /^Output 2 with ONNX MatMulInteger u8×s8 \(AVX2\) bends twice\. Its accumulator lies up to \d+ too low\. First wrong sum: input code \d+, x = [\d.]+\. An integer product has no output code and no output clamp\.$/],
      ['engine=fbgemm_acc16&direction=vector&dir=0:2', /is drawn without its kinks: along a vector they are not looked for\./],
    ]) {
      await lab.fresh(`#/lab?${link}`);
      await lab.reads('#summary', said);
    }
    await lab.fresh('#/lab?engine=fbgemm_acc16&direction=vector&dir=0:2');
    await lab.reads('#no-kinks', /looked for code by code, and along a vector there are none/);
  });

  test('the pipeline adds as the engine does, between rails where it has some', async () => {
    for (const [engine, said, rails] of [
      ['fbgemm_avx2', /two neighbours are added in 16 bits, which saturate\.$/, 2],
      ['fbgemm_vnni', /all of them are added in 32 bits\.$/, 0],
      ['onednn_s8s8', /The code is made signed \(− \d+, clamped to −128 … 127\), 128 is added, .* saturate\.$/, 2],
    ]) {
      await lab.fresh(`#/lab?engine=${engine}`);
      await lab.reads('.pipeline p', said);
      const lines = await lab.page.run("return document.querySelector('#pairs .gauge-bar').querySelectorAll('line.rail').length");
      assert.equal(lines, rails, String(engine));
    }
    await lab.fresh('#/lab?engine=onnx_runtime_avx2&at=4');
    await lab.reads('#output-code', 'none');
    const [shown, exact] = await lab.page.texts('#stage-real, #stage-real + td');
    assert.notEqual(shown, exact);
    await lab.fresh('#/lab?engine=power_of_two_shift');
    await lab.reads('#stage-multiplier', '0.003906');
  });
});
