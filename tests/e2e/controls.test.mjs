// Every control: its words, its slider and field, its keys, its limits; and what each part of the arithmetic does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab, number } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

// All numbers of the settings with what they show now. Positions are those of the slider.
const NUMBERS = `
  return [...document.querySelectorAll('.settings .number')].map((control) => {
    const field = control.querySelector('input[type=text]');
    const slider = control.querySelector('input[type=range]');
    return {
      name: field.name,
      label: control.querySelector('.label').textContent.trim(),
      unit: control.querySelector('.unit')?.textContent ?? '',
      help: control.querySelector('.help')?.textContent ?? '',
      text: field.value,
      slider: slider && { min: Number(slider.min), max: Number(slider.max), step: Number(slider.step), at: slider.valueAsNumber },
    };
  });`;
const LOGARITHMIC = ['x_scale', 'w_scale', 'y_scale', 'w_scales-2', 'step'];

describeLab('controls', (lab) => {
  const numbers = () => lab.page.run(NUMBERS);
  const one = async (name) => (await numbers()).find((control) => control.name === name);
  const agrees = ({ name, text, slider }) => {
    const value = number(text);
    const place = LOGARITHMIC.includes(name) ? Math.log10(value) : value;
    assert.ok(
      Math.abs(Math.min(slider.max, Math.max(slider.min, place)) - slider.at) <= slider.step * 0.51,
      `${name}: the field says ${text}, the slider is at ${slider.at}`,
    );
  };

  test('every number has a label, its unit and range, and help; slider, field and keys agree; a double click resets', async () => {
    await lab.fresh('#/lab?per_channel=1&direction=one');
    const all = await numbers();
    assert.ok(all.length >= 23, `${all.length} numbers`);
    for (const { name, label, unit, help, text, slider } of all) {
      assert.ok(label && help, name);
      assert.match(unit, / to /, name);
      if (!slider) continue;
      agrees({ name, text, slider });
      await lab.show(`input[name="${name}-slider"]`);
      const field = `input[name="${name}"]`;
      await lab.page.keys(`input[name="${name}-slider"]`, slider.at < slider.max ? Key.ARROW_RIGHT : Key.ARROW_LEFT);
      await lab.page.until(`${name} moved by a key`, async () => (await lab.page.value(field)) !== text);
      agrees(await one(name));
      const { min, max, at } = (await one(name)).slider;
      await lab.page.doubleClick(`input[name="${name}-slider"]`, (at - min) / (max - min));
      await lab.page.until(`${name} reset`, async () => (await lab.page.value(field)) === text);
      assert.equal(await lab.page.count(`button[name="${name}-reset"]`), 0, name);
    }
    assert.equal(await lab.page.count('#notice'), 0);
  });

  test('an arrow key is one step: a whole number by 1, the cursor and the gain by theirs', async () => {
    await lab.fresh();
    for (const [name, step] of Object.entries({ x_zp: 1, inputs: 1, gain: 0.05, at: 0.01, y_zp: 1 })) {
      await lab.show(`input[name="${name}-slider"]`);
      const before = await lab.field(name);
      await lab.page.keys(`input[name="${name}-slider"]`, Key.ARROW_LEFT);
      await lab.page.until(`${name} less ${step}`, async () => Math.abs((await lab.field(name)) - (before - step)) < step * 0.01);
    }
  });

  test('help opens and closes on demand, for every control', async () => {
    await lab.fresh();
    const buttons = await lab.page.run(
      "return [...document.querySelectorAll('.settings .help-button')].map((b) => b.getAttribute('aria-controls'))",
    );
    assert.ok(buttons.length >= 32, `${buttons.length} controls`);
    for (const id of buttons) {
      const button = `button[aria-controls="${id}"]`;
      await lab.show(button);
      assert.ok(await lab.page.run(`return document.querySelector('#${id}').hidden`));
      await lab.page.keys(button, Key.ENTER);
      await lab.page.until(`the words of ${id}`, `const e = document.querySelector('#${id}'); return !e.hidden && e.innerText.length > 15`);
      assert.equal(await lab.page.attribute(button, 'aria-expanded'), 'true');
      await lab.page.keys(button, Key.ENTER);
      await lab.page.until(`${id} gone`, `return document.querySelector('#${id}').hidden`);
    }
  });

  test('what is out of range is named with what is used; what is no number stays and is named', async () => {
    await lab.fresh();
    await lab.set('gain', 9);
    await lab.reads('#notice', /gain: 9 is out of range; 4 is used/);
    assert.equal(await lab.field('gain'), 4);
    await lab.set('inputs', 0);
    await lab.reads('#notice', /inputs: 0 is out of range; 1 is used/);
    await lab.set('w-2-0', 200);
    await lab.reads('#notice', /from −128 to 127: 200 became 127/);
    for (const name of ['x_zp', 'bias-2', 'w-2-0', 'x_min']) {
      await lab.set(name, 'wide');
      await lab.reads('#notice', /“[^”]*wide”/);
      assert.equal(await lab.page.value(`input[name="${name}"]`), 'wide');
      assert.equal(await lab.page.attribute(`input[name="${name}"]`, 'aria-invalid'), 'true');
    }
    await lab.set('x_zp', '12');
    await lab.page.until('no notice', async () => (await lab.page.count('#notice')) === 0);
    assert.equal(await lab.page.attribute('input[name="x_zp"]', 'aria-invalid'), 'false');
  });

  test('64 inputs and 16 outputs', async () => {
    await lab.fresh();
    await lab.setAll({ inputs: 64, outputs: 16 });
    await lab.page.until('16 pictures', async () => (await lab.page.count('.small canvas')) === 16);
    await lab.page.click('button[name="output-15"]');
    await lab.reads('#figure-title', 'Output 15');
    await lab.page.until('64 weights', async () => (await lab.page.count('.weights input[type="range"]')) === 64);
    await lab.set('w-15-63', -77);
    await lab.page.until('the address', async () => /-77/.test(await lab.page.hash()));
    const { layer } = await lab.evaluate(await lab.page.hash());
    assert.deepEqual([layer.inputs, layer.outputs, layer.weights[16 * 64 - 1]], [64, 16, -77]);
  });

  test('affine weights have a zero point and its term; per channel, every output its own scale', async () => {
    await lab.fresh();
    assert.equal(await lab.page.count('#stage-weight-term'), 0);
    await lab.choose('w_scheme', 'affine');
    await lab.page.until('the term', async () => (await lab.page.count('#stage-weight-term')) === 1);
    const zeroPoint = await lab.field('w_zp');
    assert.notEqual(zeroPoint, 0);
    const { layer } = await lab.evaluate(await lab.page.hash());
    assert.equal(layer.weightZeroPoint, zeroPoint);
    await lab.toggle('per_channel');
    await lab.show('input[name="w_scales-2"]');
    const second = await lab.field('w_scales-2');
    await lab.page.click('button[name="output-3"]');
    await lab.page.find('input[name="w_scales-3"]');
    assert.notEqual(await lab.field('w_scales-3'), second);
    await lab.set('w_scales-3', 0.5);
    await lab.reads('#stage-multiplier', /\d/);
    assert.equal((await lab.evaluate(await lab.page.hash())).layer.weightScale[3], 0.5);
  });

  test('a bias is added in units of the accumulator', async () => {
    await lab.fresh('#/lab?x_scale=0.5&w_scale=0.25');
    assert.equal(await lab.page.count('#stage-bias'), 0);
    await lab.set('bias-2', 2);
    await lab.reads('#stage-bias', '16');
    await lab.page.click('button[name="bias-2-reset"]');
    await lab.page.until('no bias', async () => (await lab.page.count('#stage-bias')) === 0);
  });

  test('a range by hand sets scale and zero point', async () => {
    await lab.fresh();
    await lab.setAll({ x_min: -1, x_max: 1.55 });
    assert.equal(Math.fround(await lab.field('x_scale')), Math.fround(Math.fround(2.55) / 255));
    assert.equal(await lab.field('x_zp'), 100);
    await lab.page.click('button[name="x_min-reset"]');
    await lab.page.until('another zero point', async () => (await lab.field('x_zp')) !== 100);
  });

  test('7-bit weights have no kink', async () => {
    await lab.fresh();
    await lab.toggle('reduce_weights');
    await lab.reads('#summary', /no kink in this sweep/);
    const weights = (await lab.page.run("return [...document.querySelectorAll('.weights input[type=text]')].map((e) => e.value)")).map(number);
    assert.ok(weights.every((w) => w >= -64 && w <= 63), String(weights));
    await lab.reads('#no-kinks', /^None/);
  });

  test('codes are clamped to the type, or to the observer’s range', async () => {
    await lab.fresh('#/lab?reduce_range=1&gain=0.25');
    await lab.page.keys('#figure', Key.END);
    await lab.reads('#input-code', 'code 255');
    await lab.choose('clamp', 'observer');
    await lab.reads('#input-code', 'code 127');
    await lab.reads('#summary', /no kink/);
  });

  test('another requantization rule changes codes and makes no kink', async () => {
    await lab.fresh('#/lab?engine=fbgemm_vnni');
    await lab.reads('#summary', /no kink in this sweep\. It equals the exact ramp everywhere/);
    await lab.choose('rescale', 'power_of_two');
    await lab.reads('#summary', /no kink in this sweep\. Its sum is exact; its rounding takes it up to \d/);
    await lab.reads('#no-kinks', /^None/);
    await lab.fresh();
    await lab.choose('rescale', 'gemmlowp');
    assert.deepEqual(await lab.codes(), ['170', '241']);
  });

  test('a step draws its places alone, as stairs', async () => {
    await lab.fresh();
    const { layer, outputs } = await lab.evaluate('');
    const last = (outputs[2].chosen[255] - layer.outputZeroPoint) * layer.outputScale;
    const colors = [await lab.color('--saturated'), await lab.color('--chosen')];
    // Off the grid, where the ramp itself is far above its end.
    const onStair = async () => {
      const [u, v] = await lab.place(2.5, last);
      const counts = colors.map((rgb) => lab.page.countPixels('canvas.ramp', [u - 0.002, v - 0.004, u + 0.002, v + 0.004], rgb));
      return (await Promise.all(counts)).some((count) => count > 0);
    };
    assert.equal(await onStair(), false);
    await lab.set('step', 8);
    await lab.page.until('the last stair', onStair);
    await lab.set('step', 0.001);
    await lab.reads('#notice', /step: 0\.001 would make too many places/);
  });

  test('one input is swept while the others rest', async () => {
    await lab.fresh('#/lab?x_scale=1&x_zp=10&from=0&to=200&at=50&w=2.0:10_100_7&inputs=3');
    await lab.choose('direction', 'one');
    await lab.setAll({ dir_k: 1, rest: 3 });
    await lab.reads('#cursor', /^input 1 = 50: code 60,/);
    await lab.page.click('.codes summary');
    assert.deepEqual(await lab.page.texts('#input-codes li'), ['x₀ = 3 → 13', 'x₁ = 50 → 60', 'x₂ = 3 → 13']);
    await lab.reads('#pairs tbody td', '13·10 + 60·100');
  });
});
