// What is drawn anew when something changes: no less than what shows it, and little else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

/** Keeps the names of the components that are drawn, in `window.drawn`. */
const COUNT = `
  window.drawn = [];
  // From the next change on.
  performance.mark('rampscope:trace');
  const name = 'rampscope:render:';
  new PerformanceObserver((list) => {
    for (const mark of list.getEntries()) if (mark.name.startsWith(name)) drawn.push(mark.name.slice(name.length));
  }).observe({ type: 'mark' });`;

/** Starts a moment of which `rested` tells. */
const START = 'window.drawn.length = 0; window.since = performance.now();';

/**
 * What a reader gets of the page, in lines: texts, values, links and pictures. Not what the page says of
 * a change.
 */
const SHOWN = `
  const app = document.querySelector('#app');
  const lines = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) lines.push(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('#live, .preset-note.is-changed')) return;
    const told = [...node.attributes].filter(({ name }) => /^(class|href|title|disabled|hidden|points|x|width|aria-)/.test(name));
    told.sort((a, b) => (a.name < b.name ? -1 : 1));
    lines.push(node.tagName + told.map(({ name, value }) => ' ' + name + '=' + value).join(''));
    if (node.matches('input:not([type=file]), select, textarea')) lines.push(node.name + ': ' + (node.type === 'checkbox' ? node.checked : node.value));
    if (node.matches('canvas') && node.width) lines.push(node.className + ' ' + node.dataset.frames, node.toDataURL().slice(-4000));
    node.childNodes.forEach(walk);
  };
  walk(app);
  return lines;`;

/** Unfolds the tables that are made only then. */
const UNFOLD = "for (const folded of document.querySelectorAll('details.values, details.codes')) folded.open = true;";

/** Addresses, each of which differs from the one before in few parameters. */
const WAY = [
  '#/lab',
  '#/lab?at=1',
  '#/lab?at=1&w=2.1:90',
  '#/lab?at=1&w=2.1:90,4.0:127,4.1:127',
  '#/lab?w=2.1:90&output=4',
  '#/lab?w=2.1:90&output=4&overlay=float32,qnnpack',
  '#/lab?output=4&overlay=float32&zoom_from=1&zoom_to=3',
  '#/lab?output=4&engine=qnnpack',
  '#/lab?output=4&engine=onnx_runtime_avx2',
  '#/lab?x_scale=0.05&x_zp=100',
  '#/lab?x_scale=0.05&y_scale=0.2&y_zp=9&bias=2:0.5',
  '#/lab?per_channel=1&w_scales=2:0.02',
  '#/lab?w_scheme=affine&engine=tflite_ruy',
  '#/lab?direction=vector&dir=0:2,1:-1',
  '#/lab?direction=vector&dir=0:2,1:-1&w=2.1:90&at=0.5',
  '#/lab?direction=one&dir_k=3&rest=2',
  '#/lab?inputs=20&outputs=3&output=1',
  '#/lab?plot=accumulator&legend=0',
  '#/lab?lock=engine,x_scale&hide=seed',
  '#/lab?relu=1&clamp=observer&reduce_range=1',
  '#/lab?gain=0.5&x_min=-1&y_max=3',
  '#/lab?inputs=2&outputs=1&x_scale=1&x_zp=0&w=0.0:127_127&from=0&to=255',
  '#/lab?focus=ramp,pairs,engines,kinks,weights&controls=at,seed',
  '#/lab?focus=ramp,pairs,engines,kinks,weights&controls=at,seed&seed=7',
  '#/story',
  '#/story?at=1',
  '#/story?page=3',
  '#/story?page=4&locked=1&room=2',
  '#/model',
  '#/suspects',
  '#/suspects?width=15&recorded_output=3',
  '#/embed',
  '#/embed?figure=step&page=2',
  '#/embed?focus=ramp,kinks&controls=seed&seed=3',
];

describeLab('slices', (lab) => {
  const renders = async (act) => {
    await lab.page.run(START);
    await act();
    // What waits out of sight has 200 ms from the last change.
    await lab.page.until('rest', 'return performance.now() - window.since > 600');
    return (await lab.page.run('return window.drawn')).toSorted();
  };
  const begin = async (hash) => {
    await lab.fresh(hash);
    await lab.page.run(COUNT);
  };

  test('the cursor moves, and what has no cursor is not drawn', async () => {
    await begin('#/lab');
    // The first step can be undone from now on.
    await lab.page.keys('#figure', Key.ARROW_RIGHT);
    const drawn = await renders(() => lab.page.press(Key.ARROW_RIGHT));
    assert.deepEqual([...new Set(drawn)], ['app', 'control', 'engines', 'export', 'nav', 'pairs', 'pipeline', 'ramp', 'stages', 'values']);
    // Of all controls that of the cursor, and the two of the zoom, which stand with it.
    assert.equal(drawn.filter((name) => name === 'control').length, 3);
  });

  test('a pair is looked at, and only what shows pairs is drawn', async () => {
    await begin('#/lab');
    const drawn = await renders(() => lab.page.keys('input[name="w-2-1"]'));
    assert.deepEqual(drawn, ['app', 'kinks', 'map', 'pairs', 'ramp', 'weights']);
  });

  test('a problem is dismissed, and what tells problems is drawn', async () => {
    await begin('#/lab?sed=3');
    const drawn = await renders(() => lab.page.run("document.querySelector('#notice button').click()"));
    // Fields tell their own.
    assert.deepEqual([...new Set(drawn)], ['app', 'control', 'notice', 'paste', 'weights']);
  });

  test('a weight moves: no control of anything that stays', async () => {
    await begin('#/lab?y_scale=0.1&y_zp=120&w=2.1:3');
    const drawn = await renders(() => lab.page.slide('input[name="w-2-1-slider"]', 40));
    for (const name of ['settings', 'notice', 'lab']) assert.ok(!drawn.includes(name), `${name} of ${drawn}`);
    // There is something to undo now.
    assert.equal(drawn.filter((name) => name === 'toolbar').length, 1);
  });

  test('what is out of sight waits until changes rest, and comes at once when it is looked at', async () => {
    await begin('#/lab');
    await lab.page.run('scrollTo(0, 0)');
    await lab.page.frame();
    await lab.page.run(START);
    // A drag: never 200 ms of rest.
    await lab.page.driver.executeAsyncScript(`
      const done = arguments[0];
      const slider = document.querySelector('input[name="at-slider"]');
      let left = 40;
      const move = () => {
        slider.value = String(left / 40);
        slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
        if (left-- > 0) requestAnimationFrame(move); else done();
      };
      move();`);
    const during = await lab.page.run('return window.drawn');
    assert.ok(during.filter((name) => name === 'ramp').length > 20, String(during));
    // The first change, which may be the only one, is shown by all.
    const times = (drawn, name) => drawn.filter((one) => one === name).length;
    assert.deepEqual([times(during, 'engines'), times(during, 'export')], [1, 1], String(during));
    await lab.page.until('the rest', "return window.drawn.filter((name) => name === 'export').length === 2");
    assert.equal(times(await lab.page.run('return window.drawn'), 'engines'), 2);
    // Looked at: with the change.
    await lab.page.run("document.querySelector('#engines').scrollIntoView()");
    await lab.page.frame();
    await lab.page.driver.executeAsyncScript(`${START}
      const done = arguments[0];
      const slider = document.querySelector('input[name="at-slider"]');
      const move = (value) => {
        slider.value = value;
        slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      };
      move('3');
      requestAnimationFrame(() => { move('2'); requestAnimationFrame(() => done()); });`);
    const seen = await lab.page.run('return window.drawn');
    assert.deepEqual([times(seen, 'engines'), times(seen, 'export')], [2, 1], String(seen));
    // Let go of: all of it at once.
    await lab.page.run("dispatchEvent(new PointerEvent('pointerup'))");
    await lab.page.frame();
    assert.equal(times(await lab.page.run('return window.drawn'), 'export'), 2);
  });

  test('a picture that changes in every frame is drawn while it does', async () => {
    await lab.page.goto('about:blank');
    await lab.page.goto(lab.server.url);
    await lab.page.until('the dot at its end', "return document.querySelector('canvas')?.width > 0 && document.querySelector('[data-running]') === null");
    const drawn = Number(await lab.page.attribute('canvas.mystery-plot', 'data-drawn'));
    assert.ok(drawn > 20, `drawn ${drawn} times in 2.6 seconds`);
  });

  test('whatever changes, all that shows it follows', async () => {
    const known = new Map();
    for (const hash of WAY) {
      await lab.page.goto('about:blank');
      await lab.page.goto(lab.server.url + hash);
      await lab.page.until('a view', "return document.querySelector('#app h2') !== null");
      await lab.page.run(UNFOLD);
      // With its pictures, and the height that the preview of a figure tells.
      await lab.page.until('all of it', "return performance.now() > 1200 && document.querySelector('[data-running]') === null");
      await lab.page.frame();
      await lab.page.frame();
      known.set(hash, await lab.page.run(SHOWN));
    }
    await lab.fresh('#/lab?seed=9&inputs=12&output=7');
    for (const hash of [...WAY, ...WAY.toReversed()]) {
      await lab.page.run('location.hash = arguments[0]', hash);
      const wanted = known.get(hash);
      let lines = [];
      const differs = () => [...wanted.keys(), wanted.length].filter((at) => lines[at] !== wanted[at]);
      await lab.page.until(hash, async () => {
        lines = await lab.page.run(UNFOLD + SHOWN);
        return differs().length === 0;
      }, 5000).catch(() => {
        const told = differs().slice(0, 5).map((at) => `${lines[at]}\n  instead of ${wanted[at]}`);
        assert.fail(`after ${hash}: ${differs().length} lines are not those of the page opened with it:\n${told.join('\n')}`);
      });
    }
  });
});
