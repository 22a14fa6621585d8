// Presets: found, opened by one click, left by Back, and every one in order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRAWN, describeLab } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

describeLab('presets', (lab) => {
  const list = () =>
    lab.page.run(
      `return [...document.querySelectorAll('#presets li')].map((li) => ({
         key: li.querySelector('a').dataset.preset, hash: li.querySelector('a').hash,
         title: li.querySelector('a').textContent, sentence: li.querySelector('p').textContent }))`,
    );

  test('they are searched by words, clicked, and Back returns', async () => {
    await lab.fresh('#/lab?seed=7');
    await lab.page.click('#presets summary');
    const all = await list();
    const count = async (wanted) =>
      lab.page.until(`${wanted} presets`, async () => (await lab.page.count('#presets li')) === wanted);
    await lab.page.keys('input[name="preset-search"]', 'issue 44939');
    await count(1);
    await lab.page.click('#presets li a');
    await lab.reads('#cursor', /^t = 1: codes 211, 171,/);
    await lab.page.back();
    await lab.page.until('seed 7', async () => (await lab.page.value('input[name="seed"]')) === '7');
    await lab.page.forward();
    await lab.reads('#cursor', /^t = 1: codes 211, 171,/);
    await lab.page.fill('input[name="preset-search"]', 'nothing like it');
    await count(0);
    await lab.reads('#no-preset', /No preset/);
    await lab.page.fill('input[name="preset-search"]', ' ');
    await count(all.length);
  });

  test('the chosen one is marked, and the figure is in sight; the focus stays', async () => {
    const marked = () => lab.page.run("return [...document.querySelectorAll('#presets a[aria-current=true]')].map((a) => a.dataset.preset)");
    for (const size of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      await lab.page.resize(size);
      // With a notice, which goes when the preset is open: what is below it moves up.
      await lab.fresh('#/lab?seed=7&sed=1&inputs=900&outputs=900&at=x');
      await lab.page.find('#notice');
      await lab.page.click('#presets summary');
      assert.deepEqual(await marked(), []);
      await lab.page.click('a[data-preset="staircase"]');
      await lab.page.until('the mark', async () => (await marked()).join() === 'staircase');
      await lab.reads('#preset-shown', 'shown: Four pairs, four kinks');
      await lab.page.until('the figure in sight', `
        const { top } = document.querySelector('#figure-title').getBoundingClientRect();
        const canvas = document.querySelector('canvas.ramp').getBoundingClientRect();
        return top >= 0 && Math.min(canvas.bottom, innerHeight) - Math.max(canvas.top, 0) > 150`);
      assert.equal(await lab.page.run('return document.activeElement.dataset.preset'), 'staircase');
      // Not by colour alone.
      assert.match(await lab.page.run("return getComputedStyle(document.querySelector('#presets a[aria-current]'), '::before').content"), /✓/);
      // It is the same scenario wherever the cursor is, and none of the presets once it is changed.
      await lab.page.keys('#figure', Key.HOME);
      await lab.reads('#cursor', /code 0,/);
      assert.deepEqual(await marked(), ['staircase']);
      await lab.choose('engine', 'qnnpack');
      await lab.page.until('no mark', async () => (await marked()).length === 0);
    }
    await lab.page.resize({ width: 1280, height: 900 });
  });

  test('its sentence stands above the figure until something changes, and nothing moves then', async () => {
    await lab.fresh();
    await lab.page.click('#presets summary');
    const { title, sentence } = (await list()).find(({ key }) => key === 'wrong-way');
    await lab.page.click('a[data-preset="wrong-way"]');
    await lab.reads('#preset-sentence', `${title}. ${sentence}`);
    const tops = () =>
      lab.page.run("return ['.preset-note', '#figure-title', 'canvas.ramp'].map((what) => document.querySelector(what).getBoundingClientRect().top)");
    const before = await tops();
    assert.ok(before[0] < before[1]);
    await lab.page.run("document.querySelector('select[name=\"engine\"]').focus({ preventScroll: true })");
    await lab.page.press('\uE015');
    await lab.reads('#preset-changed', /^Changed since the preset “The wrong way”\. Back to it$/);
    assert.equal(await lab.page.count('#preset-sentence'), 0);
    assert.deepEqual((await tops()).slice(0, 2), before.slice(0, 2));
    await lab.page.click('#preset-changed a');
    await lab.reads('#preset-sentence', `${title}. ${sentence}`);
    await lab.fresh('#/lab?seed=7');
    assert.equal(await lab.page.count('.preset-note'), 0);
  });

  test('each has its own ramp, drawn when it comes into sight', async () => {
    await lab.fresh();
    assert.equal(await lab.page.count('canvas.thumbnail-plot'), 0);
    await lab.page.click('#presets summary');
    const drawn = () => lab.page.run("return [...document.querySelectorAll('canvas.thumbnail-plot')].filter((canvas) => Number(canvas.dataset.drawn) > 0).length");
    await lab.page.until('some pictures', async () => (await drawn()) > 3);
    const all = (await list()).length;
    assert.ok((await drawn()) < all / 2, `${await drawn()} of ${all}`);
    // Different layers have different pictures.
    const pictures = await lab.page.run("return [...document.querySelectorAll('canvas.thumbnail-plot')].map((canvas) => canvas.toDataURL())");
    assert.ok(new Set(pictures).size > 3);
    await lab.page.run("document.querySelector('[data-preset=\"running-16-bit\"]').scrollIntoView()");
    await lab.page.until('the last one', "return Number(document.querySelector('li:has([data-preset=\"running-16-bit\"]) canvas')?.dataset.drawn) > 0");
  });

  test('a preset replaces what was set before, also the one of the thread', async () => {
    await lab.fresh('#/lab?seed=7&engine=qnnpack&bias=2:1');
    await lab.page.click('#presets summary');
    await lab.page.click('a[data-preset="thread"]');
    await lab.page.until('seed 100', async () => (await lab.page.value('input[name="seed"]')) === '100');
    assert.equal(await lab.page.value('select[name="engine"]'), 'fbgemm_avx2');
    await lab.page.until('its kinks', async () => String(await lab.codes()) === '170,241');
    await lab.page.click('#undo');
    await lab.page.until('seed 7', async () => (await lab.page.value('input[name="seed"]')) === '7');
  });

  test('every one opens without a notice, with its figure and its words', async () => {
    await lab.fresh();
    const all = await list();
    assert.ok(all.length >= 36, `${all.length} presets`);
    assert.equal(new Set(all.map(({ key }) => key)).size, all.length);
    await lab.page.click('#presets summary');
    const ink = [await lab.color('--saturated'), await lab.color('--chosen'), await lab.color('--exact')];
    for (const { key, hash, title, sentence } of all) {
      assert.ok(title.length > 5 && sentence.length > 40, key);
      const before = await lab.page.attribute('canvas.ramp', 'data-drawn');
      const { state, problems } = await lab.evaluate(hash);
      assert.deepEqual(problems, [], key);
      const was = await lab.page.hash();
      await lab.page.click(`a[data-preset="${key}"]`);
      await lab.reads('#figure-title', `Output ${state.output}`);
      if (was !== hash && key !== 'thread') {
        await lab.page.until(`${key} drawn`, `return document.querySelector('canvas.ramp').dataset.drawn !== '${before}'`);
      }
      await lab.page.until(`${key} without a notice`, async () => (await lab.page.count('#notice, .unavailable')) === 0);
      const counts = await Promise.all(ink.map((rgb) => lab.page.countPixels('canvas.ramp', [0, 0, 1, 0.8], rgb)));
      assert.ok(Math.max(...counts) > 100, `${key}: ${counts}`);
      assert.equal(await lab.page.value('select[name="engine"]'), new URLSearchParams(hash.split('?')[1] ?? '').get('engine') ?? 'fbgemm_avx2', key);
    }
  });

  test('a preset’s link opens it afresh', async () => {
    await lab.fresh();
    const { hash } = (await list()).find(({ key }) => key === 'issue-76390-a');
    await lab.fresh(hash);
    await lab.page.until('drawn', DRAWN);
    await lab.reads('#output-code', '223');
    await lab.reads('#output-code + td', '255');
  });
});
