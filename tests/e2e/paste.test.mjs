// Weights from the clipboard, and the two issues of PyTorch rebuilt from the controls alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeLab, number } from './lib/lab.mjs';
import { ROOT } from './lib/server.mjs';

describeLab('weights', (lab) => {
  const use = async (text) => {
    await lab.show('#paste-field');
    await lab.page.paste('#paste-field', text);
    assert.equal((await lab.page.value('#paste-field')).trim(), text.trim());
    await lab.page.click('#paste-use');
  };
  const weights = async () =>
    (await lab.page.run("return [...document.querySelectorAll('.pair-grid .number input[type=text]')].map((e) => e.value)")).map(number);
  const has = (wanted) =>
    lab.page.until(`the weights ${wanted}`, async () => JSON.stringify(await weights()) === JSON.stringify(wanted));

  test('a row is the chosen output’s', async () => {
    await lab.fresh();
    await use('[127, -100, 127, -100, 5]');
    await has([127, -100, 127, -100, 5]);
    assert.equal(await lab.field('inputs'), 5);
    assert.equal(await lab.page.count('button.small'), 10);
    await lab.reads('#notice li', /^The row is output 2’s, .* have the scale calibrated for the seed’s weights\./);
    // A smaller layer has no such output, says so, and shows it again when it has grown.
    await lab.set('outputs', 1);
    await lab.reads('#notice li', /^Output 2 is not in the layer now; .* Output 0 is shown, with the seed’s weights\.$/);
    await lab.set('outputs', 10);
    await has([127, -100, 127, -100, 5]);
    await lab.reads('#weights-title', 'Weights of output 2');
    await lab.page.click('#undo');
    await lab.page.click('#undo');
    await lab.page.click('#undo');
    await lab.page.until('eight inputs again', async () => (await lab.field('inputs')) === 8);
  });

  for (const [name, text] of [
    ['PyTorch', 'tensor([[ 127,  127, -100, -100],\n        [   1,    2,    3,    4]], dtype=torch.int8)'],
    ['NumPy', '[[ 127  127 -100 -100]\n [   1    2    3    4]]'],
    ['JSON', '[[127,127,-100,-100],[1,2,3,4]]'],
    ['CSV', '127,127,-100,-100\n1,2,3,4'],
  ]) {
    test(`a matrix of ${name} is the whole layer`, async () => {
      await lab.fresh('#/lab?output=0');
      await use(text);
      await has([127, 127, -100, -100]);
      assert.equal(await lab.page.count('button.small'), 2);
      await lab.page.until('its kinks', async () => (await lab.codes()).join() === '130,164');
      await lab.page.click('button[name="output-1"]');
      await has([1, 2, 3, 4]);
    });
  }

  test('an output scale that cuts a pasted layer off can be fitted to it', async () => {
    await lab.fresh('#/lab?output=0&w_scale=0.02');
    await use('[[127, -100], [3, 5]]');
    await lab.reads('#clamped', /^The output clamp cuts \d outputs? in this sweep, though the sums are exact\.$/);
    const scale = await lab.field('y_scale');
    await lab.page.click('#fit-output');
    await lab.page.until('nothing is cut', async () => (await lab.page.count('#clamped, #fit-output')) === 0);
    assert.notEqual(await lab.field('y_scale'), scale);
    const { outputs } = await lab.evaluate(`#/lab?output=0&w_scale=0.02&inputs=2&outputs=2&w=0.0:127_-100,1.0:3_5&y_scale=${await lab.field('y_scale')}&y_zp=${await lab.field('y_zp')}`);
    // Of the codes between the ends of the sweep none is held at an end of the output codes.
    const inside = outputs[0].exact.slice(20, 235);
    assert.ok(inside.every((code) => code > 0 && code < 255), String(inside));
    await lab.page.click('#undo');
    await lab.page.until('the offer again', async () => (await lab.page.count('#fit-output')) === 1);
  });

  test('a square matrix has its outputs in rows, or in columns when asked', async () => {
    await lab.fresh('#/lab?output=0');
    await use('[[127, 127], [-100, 3]]');
    await has([127, 127]);
    await lab.reads('#notice li', /The matrix is square: below the field/);
    assert.equal(await lab.page.value('#paste-field'), '[[127, 127], [-100, 3]]');
    await lab.choose('reading', 'columns');
    await has([127, -100]);
    await lab.reads('#notice li', /^Each column is an output: 2 outputs, 2 inputs\./);
    await lab.page.click('#undo');
    await has([127, 127]);
    assert.equal(await lab.page.value('select[name=reading]'), 'rows');
    // Other weights than those that were pasted: nothing to ask any more.
    await lab.set('w-0-0', 5);
    await lab.page.until('no choice', async () => (await lab.page.count('select[name=reading]')) === 0);
  });

  test('a quantized print brings its scales, per channel too', async () => {
    await lab.fresh('#/lab?output=0');
    await use('tensor([[ 0.2540, -0.0200]], size=(1, 2), dtype=torch.qint8,\n       quantization_scheme=torch.per_tensor_affine, scale=0.002, zero_point=0)');
    await has([127, -10]);
    assert.equal(await lab.field('w_scale'), 0.002);
    await lab.reads('#notice li', /Scale and zero point are the print’s: 0\.002 and 0\. Every output has them now\./);
    await use(readFileSync(join(ROOT, 'tests/prints/torch_per_channel.txt'), 'utf8'));
    await lab.page.until('per channel', "return document.querySelector('input[name=per_channel]').checked");
    await lab.reads('#notice li', /Scales and zero points are the print’s\. Weights are per channel now\./);
    assert.equal(await lab.page.count('#notice li'), 1);
  });

  test('rubbish stays in its field, changes nothing, and is told why', async () => {
    await lab.fresh();
    const before = await weights();
    for (const [text, why] of [
      ['hello world', /Nothing was changed: /],
      ['[1, 300]', /300 in row 1, column 2/],
      ['[1, ..., 3]', /set_printoptions/],
      [`[${'1,'.repeat(64)}1]`, /64 inputs/],
    ]) {
      await use(text);
      await lab.reads('#notice', why);
      assert.equal(await lab.page.value('#paste-field'), text);
      assert.deepEqual(await weights(), before);
    }
  });

  test('weights beyond a smaller shape come back with it', async () => {
    await lab.fresh();
    await lab.set('w-2-7', -5);
    await lab.set('inputs', 4);
    await lab.page.until('four weights', async () => (await weights()).length === 4);
    await lab.set('inputs', 8);
    await lab.page.until('the eighth again', async () => (await weights())[7] === -5);
  });

  test('issue 76390 from the controls alone: 223 and 79 where 255 is exact', async () => {
    await lab.fresh();
    await lab.setAll({
      inputs: 2, outputs: 1, x_scale: 1, x_zp: 144, w_scale: 1, y_scale: 1, y_zp: 0,
      from: -144, to: 111, at: 111, 'w-0-0': 113, 'w-0-1': 113,
    });
    assert.equal(await lab.page.count('#notice'), 0);
    await lab.reads('#input-code', 'code 255');
    await lab.reads('#output-code', '223');
    await lab.reads('#output-code + td', '255');
    assert.equal((await lab.page.texts('#pairs .is-saturated td'))[1], String(255 * 226));
    await lab.reads('#lost', String(255 * 226 - 32767));
    await lab.set('w-0-0', 114);
    await lab.reads('#output-code', '79');
    await lab.reads('#output-code + td', '255');
    await lab.reads('#lost', String(255 * 227 - 32767));
    assert.ok((await lab.page.box('#pairs .lost')).width > 10);
  });

  test('issue 44939 from the controls alone: 211·71 + 171·107 = 33278, kept 32767', async () => {
    await lab.fresh();
    await lab.setAll({ inputs: 2, outputs: 1, x_scale: 1, x_zp: 0, w_scale: 1, from: 0, to: 1.2, at: 1, 'w-0-0': 71, 'w-0-1': 107 });
    await lab.choose('direction', 'vector');
    await lab.setAll({ 'dir-0': 211, 'dir-1': 171 });
    assert.equal(await lab.page.count('#notice'), 0);
    await lab.reads('#pairs tbody td', '211·71 + 171·107');
    const [, sum, , kept, lost] = await lab.page.texts('#pairs tbody td');
    assert.deepEqual([sum, kept, lost], ['33278', '32767', '+511']);
    await lab.reads('#lost', '511');
    assert.ok((await lab.page.box('#pairs .lost')).width > 0);
  });
});
