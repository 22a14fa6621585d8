// Undo and redo over everything a person does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

const UNDO = Key.chord(Key.CONTROL, 'z');
const REDO = Key.chord(Key.CONTROL, Key.SHIFT, 'z');

describeLab('undo', (lab) => {
  const enabled = async (id) => (await lab.page.find(id)).isEnabled();
  const becomes = (name, text) =>
    lab.page.until(`${name} ${text}`, async () => (await lab.page.value(`input[name="${name}"]`)) === text);
  const slideTwo = async () => {
    await lab.fresh();
    assert.deepEqual([await enabled('#undo'), await enabled('#redo')], [false, false]);
    const first = await lab.page.value('input[name="w-2-1"]');
    await lab.page.slide('input[name="w-2-1-slider"]', 120);
    const second = await lab.page.value('input[name="w-2-1"]');
    await lab.page.slide('input[name="w-2-1-slider"]', -50);
    const third = await lab.page.value('input[name="w-2-1"]');
    assert.equal(new Set([first, second, third]).size, 3);
    return [first, second, third];
  };

  test('a drag is one step, by button', async () => {
    const [first, second, third] = await slideTwo();
    await lab.page.click('#undo');
    await becomes('w-2-1', second);
    await lab.page.click('#undo');
    await becomes('w-2-1', first);
    assert.equal(await enabled('#undo'), false);
    await lab.page.click('#redo');
    await becomes('w-2-1', second);
    await lab.page.click('#redo');
    await becomes('w-2-1', third);
    assert.equal(await enabled('#redo'), false);
  });

  test('and by keys, from anywhere but a field that takes text', async () => {
    const [first, second, third] = await slideTwo();
    await lab.page.keys('input[name="w-2-1-slider"]', UNDO);
    await becomes('w-2-1', second);
    await lab.page.keys('#figure', UNDO);
    await becomes('w-2-1', first);
    await lab.page.press(REDO);
    await becomes('w-2-1', second);
    await lab.page.press(Key.chord(Key.CONTROL, 'y'));
    await becomes('w-2-1', third);
    await lab.page.click('#presets summary');
    await lab.page.keys('input[name="preset-search"]', 'ab', UNDO);
    await lab.page.frame();
    assert.equal(await lab.page.value('input[name="w-2-1"]'), third);
    await lab.page.keys('input[name="at"]', UNDO);
    await lab.page.frame();
    assert.equal(await lab.page.value('input[name="w-2-1"]'), third);
  });

  test('a drag of the cursor in the figure is one step', async () => {
    await lab.fresh();
    const before = await lab.page.text('#cursor');
    await lab.page.drag('canvas.ramp', await lab.place(2, 0), await lab.place(-2, 0));
    await lab.reads('#cursor', /^x = −(2|1\.9)/);
    await lab.page.keys('#figure', UNDO);
    await lab.reads('#cursor', before);
    assert.equal(await enabled('#undo'), false);
  });

  test('everything can be undone: a list, a box, a weight, zoom, an overlay, a reset', async () => {
    await lab.fresh();
    const address = () => lab.page.hash();
    const deeds = [
      () => lab.choose('engine', 'qnnpack'),
      () => lab.toggle('reduce_range'),
      () => lab.set('w-2-3', 5),
      () => lab.page.click('button[name="zoom-in"]'),
      () => lab.toggle('draw-xnnpack'),
      () => lab.page.click('#next-seed'),
      () => lab.page.click('#reset-weights'),
      () => lab.page.click('button[name="output-5"]'),
    ];
    const seen = [await address()];
    for (const deed of deeds) {
      await deed();
      await lab.page.until('another address', async () => (await address()) !== seen.at(-1));
      seen.push(await address());
    }
    for (const wanted of seen.toReversed().slice(1)) {
      await lab.page.click('#undo');
      const same = (hash) => new URLSearchParams(hash.split('?')[1] ?? 'v=1').toString();
      await lab.page.until(`back at ${wanted}`, async () => same(await address()) === same(wanted));
    }
    assert.equal(await enabled('#undo'), false);
  });

  test('a new change forgets what could be redone', async () => {
    await lab.fresh();
    await lab.toggle('reduce_range');
    await lab.page.click('#undo');
    await lab.page.until('redo', () => enabled('#redo'));
    await lab.toggle('relu');
    await lab.page.until('nothing to redo', async () => !(await enabled('#redo')));
  });
});
