// Nothing leaves the page at any width, everything is large enough for a finger, and what is used stays
// where it is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRAWN, describeLab } from './lib/lab.mjs';
import { leavers, tooSmall, touch, unfold } from './lib/layout.mjs';

const WIDTHS = [320, 360, 640, 768, 1280];
const THEMES = ['light', 'projector'];
const PLACES = [
  '#/lab?v=1',
  '#/lab?v=1&inputs=64&outputs=16&direction=vector&per_channel=1&overlay=float32,qnnpack',
  '#/suspects?v=1',
  '#/model?v=1',
  '#/model?v=1&verdict=707/33792~47/56~0~0.0137~ort~model.onnx',
  '#/embed?v=1&controls=at,engine&lock=at',
  '#/embed?v=1&figure=step',
  ...Array.from({ length: 6 }, (_, index) => `#/story?v=1&scene=${index + 1}`),
  ...[2, 3, 4, 5, 7, 8, 9].map((page) => `#/story?v=1&page=${page}`),
  '#/teach?v=1',
];

/** Opens a place as if nothing had been open before, and unfolds all of it. */
async function visit({ page, server }, place) {
  await page.goto('about:blank');
  await page.goto(server.url + place);
  await page.find('main .panel');
  // The recordings come after the page.
  if (place.startsWith('#/suspects')) await page.find('#theories');
  await page.frame();
  await unfold(page);
}

describeLab('the layout', (lab) => {
  for (const width of WIDTHS) {
    test(`nothing leaves a page of ${width} px`, async () => {
      await lab.page.resize({ width, height: 900 });
      for (const theme of THEMES) {
        for (const place of PLACES) {
          await visit(lab, `${place}&theme=${theme}`);
          assert.deepEqual(await leavers(lab.page), [], `${place} in ${theme}`);
        }
      }
    });
  }

  test('a broken link’s long words stay in the page', async () => {
    await lab.page.resize({ width: 320, height: 700 });
    await visit(lab, `#/lab?v=1&${'x'.repeat(120)}=1&engine=${'y'.repeat(120)}`);
    assert.equal(await lab.page.count('#notice'), 1);
    assert.deepEqual(await leavers(lab.page), []);
  });

  // No driver but Chromium’s has a finger.
  if (lab.browser === 'chromium') test('with a finger everything is at least 44 px', async () => {
    await lab.page.resize({ width: 360, height: 740 });
    await touch(lab.page, true);
    try {
      const found = [];
      for (const place of PLACES) {
        await visit(lab, place);
        found.push(...(await tooSmall(lab.page)).map((one) => `${place}: ${one}`));
      }
      assert.deepEqual(found, []);
    } finally {
      await touch(lab.page, false);
    }
  });

  for (const width of [360, 640, 1280]) {
    test(`no slider moves while it is moved, at ${width} px`, async () => {
      await lab.page.resize({ width, height: 900 });
      await lab.fresh();
      await unfold(lab.page);
      const names = await lab.page.run(
        "return [...document.querySelectorAll('main input[type=range]')].filter((e) => e.checkVisibility()).map((e) => e.name)",
      );
      // Another shape has other controls: these two come last.
      names.sort((a, b) => Number(/puts-/.test(a)) - Number(/puts-/.test(b)));
      assert.ok(names.length > 25, String(names));
      const moved = [];
      for (const name of names) {
        const tops = await lab.page.driver.executeAsyncScript(
          `const [name, done] = arguments;
           const slider = () => document.getElementsByName(name)[0];
           const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => next())));
           (async () => {
             slider().scrollIntoView({ block: 'center', behavior: 'instant' });
             await frame();
             const top = () => slider().getBoundingClientRect().top;
             const first = top();
             const { min, max } = slider();
             const tops = [];
             for (const part of [0, 0.25, 0.5, 1, 0.6]) {
               slider().value = Number(min) + (max - min) * part;
               slider().dispatchEvent(new InputEvent('input', { bubbles: true }));
               await frame();
               tops.push(top() - first);
             }
             return tops;
           })().then(done, (error) => done([String(error)]));`,
          name,
        );
        // Scrolling goes by whole pixels.
        if (!tops.every((top) => Math.abs(top) <= 2)) moved.push(`${name}: ${tops}`);
      }
      assert.deepEqual(moved, []);
    });
  }

  test('a slider that is dragged with the pointer stays under it', async () => {
    await lab.page.resize({ width: 1280, height: 900 });
    await lab.fresh('#/lab?v=1&y_max=0.5');
    await lab.show('input[name="y_max-slider"]');
    const top = async () => (await lab.page.run("return document.getElementsByName('y_max-slider')[0].getBoundingClientRect().top"));
    await lab.page.box('input[name="y_max-slider"]');
    const before = await top();
    await lab.page.slide('input[name="y_max-slider"]', 0, {
      held: async () => {
        await lab.page.frame();
        assert.ok(Math.abs((await top()) - before) <= 2, `${before} became ${await top()}`);
      },
    });
    assert.ok(Math.abs(await lab.field('y_max')) < 0.2, await lab.page.value('input[name="y_max"]'));
  });

  test('numbers in fields have a minus sign that is one, and can be typed with either', async () => {
    await lab.fresh();
    const fields = await lab.page.run("return [...document.querySelectorAll('main input[type=text]')].map((e) => e.value)");
    assert.deepEqual(fields.filter((text) => text.includes('-')), []);
    assert.ok(fields.includes('−71'), String(fields));
    for (const text of ['-5', '−6']) {
      await lab.set('w-2-2', text);
      await lab.page.until('the weight', async () => (await lab.page.value('input[name="w-2-2"]')) === text.replace('-', '−'));
      assert.equal(await lab.page.count('#notice'), 0);
    }
  });
});

describeLab('the printed page', (lab) => {
  // No driver but Chromium’s emulates paper.
  if (lab.browser === 'chromium') test('has the figure, the numbers and no controls', async () => {
    // A4 less its margins, in CSS pixels.
    await lab.page.resize({ width: 718, height: 1040 });
    await lab.fresh('#/lab?v=1&theme=dark');
    await lab.page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: 'print' });
    await lab.page.frame();
    const seen = (selector) => lab.page.run('return document.querySelector(arguments[0])?.checkVisibility() ?? false', selector);
    for (const selector of ['#summary', 'canvas.ramp', '#kinks', '#pairs', '#stages', '#engines', 'h1']) {
      assert.equal(await seen(selector), true, selector);
    }
    for (const selector of ['#undo', '#engine-select', '#presets', '.mini-figure', '.views', '.buttons', '.lab-bar', '#engines .tick']) {
      assert.equal(await seen(selector), false, selector);
    }
    assert.deepEqual(await leavers(lab.page), []);
    // Ink on paper, whatever the theme on the screen.
    await lab.page.until('a drawn figure', DRAWN);
    assert.match(await lab.page.run("return getComputedStyle(document.querySelector('canvas.ramp')).filter"), /invert/);
    assert.equal(await lab.page.run('return getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)');
  });
}, { reducedMotion: true });
