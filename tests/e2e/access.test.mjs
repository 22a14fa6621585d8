// For eyes, hands and ears: keyboard alone, the sheet of keys, what is told, small windows, print.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLab } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

describeLab('access', (lab) => {
  const focused = () =>
    lab.page.run(
      `const e = document.activeElement;
       const { outlineStyle, outlineWidth } = getComputedStyle(e);
       return { name: e.name || e.id || e.className || e.textContent.trim(), visible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };`,
    );
  const overflow = () =>
    lab.page.run(
      `const width = document.documentElement.clientWidth;
       const wide = [...document.body.querySelectorAll('*')].filter((e) => !e.closest('.scroll, .visually-hidden, pre') && e.getBoundingClientRect().right > width + 1);
       return { over: document.documentElement.scrollWidth - width, wide: wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 80)) };`,
    );

  test('Tab reaches everything in order, and the focus is always seen', async () => {
    await lab.fresh();
    const seen = [];
    // The head's buttons come last: by keys the figure comes before them.
    for (let i = 0; i < 400 && !seen.includes('keys'); i += 1) {
      await lab.page.press(Key.TAB);
      const { name, visible } = await focused();
      // WebKitGTK's window has no focus on a display without a window manager, and shows none.
      if (lab.browser !== 'webkit') assert.ok(visible, `no focus to see on ${name}`);
      seen.push(name);
    }
    for (const name of ['keys', 'figure', 'output-3', 'engine', 'reduce_range', 'seed', 'w-2-0-slider', 'w-2-7']) {
      assert.ok(seen.includes(name), `${name} is not reached: ${seen}`);
    }
  });

  test('an engine is chosen and the cursor moved by keys alone', async () => {
    await lab.fresh();
    const tabTo = async (name) => {
      for (let i = 0; i < 150 && (await focused()).name !== name; i += 1) await lab.page.press(Key.TAB);
      assert.equal((await focused()).name, name);
    };
    await tabTo('figure');
    await lab.page.press(Key.HOME);
    await lab.reads('#cursor', /^x = −4:/);
    await lab.page.press(Key.PAGE_UP, Key.ARROW_RIGHT);
    await lab.reads('#cursor', /code 17,/);
    await tabTo('family');
    await lab.page.press('Q');
    await lab.reads('#summary', /QNNPACK/);
  });

  test('? opens the sheet of keys, Escape closes it and gives the focus back', async () => {
    await lab.fresh();
    const open = () => lab.page.run("return document.querySelector('#key-sheet').open");
    await lab.page.keys('#figure', '?');
    await lab.page.until('the sheet', open);
    assert.match(await lab.page.text('#key-sheet'), /previous and next kink[\s\S]*undo, redo/);
    await lab.page.press(Key.ESCAPE);
    await lab.page.until('no sheet', async () => !(await open()));
    assert.equal((await focused()).name, 'figure');
    await lab.page.click('#keys');
    await lab.page.until('the sheet', open);
    await lab.page.click('#key-sheet button');
    await lab.page.until('no sheet', async () => !(await open()));
    await lab.page.keys('input[name="seed"]', '?');
    assert.equal(await open(), false);
  });

  test('a drag is told at most once a second, and in the end as it is', async () => {
    await lab.fresh();
    await lab.page.run(
      `window.told = [];
       new MutationObserver(() => told.push([performance.now(), document.querySelector('#live').textContent]))
         .observe(document.querySelector('#live'), { childList: true, characterData: true, subtree: true });`,
    );
    const begun = await lab.page.run('return performance.now()');
    for (let i = 0; i < 3; i += 1) {
      await lab.page.slide('input[name="w-2-1-slider"]', [-100, 90, 40][i], { steps: 30 });
    }
    const summary = await lab.page.text('#summary');
    await lab.page.until('the last sentence', async () => (await lab.page.run("return document.querySelector('#live').textContent")) === summary);
    const told = await lab.page.run('return told');
    const times = [begun, ...told.map(([at]) => at)];
    assert.ok(told.length >= 1);
    for (const [i, at] of times.slice(1).entries()) assert.ok(at - times[i] >= 950, `${at - times[i]} ms apart`);
  });

  test('every control has a name, and every description is there', async () => {
    await lab.fresh('#/lab?direction=vector&per_channel=1');
    const nameless = await lab.page.run(
      `const named = (e) => e.ariaLabel || (e.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent).join('') ||
         e.labels?.[0]?.textContent || e.textContent.trim();
       const described = (e) => (e.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean).every((id) => document.getElementById(id)?.textContent);
       return [...document.querySelectorAll('button, input, select, textarea, [tabindex]')].filter((e) => !named(e) || !described(e)).map((e) => e.outerHTML.slice(0, 120));`,
    );
    assert.deepEqual(nameless, []);
    const ids = await lab.page.run("return [...document.querySelectorAll('[id]')].map((e) => e.id)");
    assert.equal(new Set(ids).size, ids.length);
  });

  for (const [name, size] of /** @type {const} */ ([
    ['zoomed to 200 %', { width: 640, height: 450, deviceScaleFactor: 2 }],
    ['of 360 px', { width: 360, height: 740 }],
    ['of 320 px', { width: 320, height: 640 }],
  ])) {
    test(`a page ${name} is not scrolled sideways and loses nothing`, async () => {
      await lab.page.resize(size);
      await lab.fresh('#/lab?per_channel=1&direction=one&overlay=qnnpack,xnnpack&w=2.3:5');
      await lab.page.run("for (const e of document.querySelectorAll('details')) e.open = true");
      await lab.page.find('#values');
      await lab.page.frame();
      assert.deepEqual(await overflow(), { over: 0, wide: [] });
      for (const selector of ['canvas.ramp', 'select[name="engine"]', 'input[name="w-2-0-slider"]', '#kinks', '#pairs', '#engines']) {
        assert.ok((await lab.page.box(selector)).width > 40, selector);
      }
      await lab.page.resize({ width: 1280, height: 900 });
    });
  }

  // Only Chromium shows a page as it prints.
  if (lab.browser === 'chromium') test('print has the figure and its tables, and not what one presses', async () => {
    await lab.fresh();
    const media = (name) => lab.page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: name });
    await media('print');
    const shown = (selector) => lab.page.run('return document.querySelector(arguments[0])?.checkVisibility() ?? false', selector);
    for (const selector of ['canvas.ramp', '#summary', '#kinks', '#pairs', '#stages']) assert.equal(await shown(selector), true, selector);
    for (const selector of ['.side-column', '.hint']) assert.equal(await shown(selector), false, selector);
    await media('');
  });
});
