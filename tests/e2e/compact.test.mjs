// What a figure in a narrow column of somebody's page is: small, with a way back to its page; and its
// colours where the reader has but a few.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { touch } from './lib/layout.mjs';

/** The highest that the ramp alone may be in a column of 320 px. */
const MOST = 420;
const FIGURE = "document.querySelector('ramp-scope').shadowRoot";
const DRAWN = `return ${FIGURE}.querySelector('canvas')?.width > 0`;
const FRAMED = "return document.querySelector('canvas.ramp')?.width > 0";
const WAY_BACK = `return ${FIGURE}.querySelector('.way-back a')?.href ?? ''`;

for (const browser of browsers()) {
  describe(`small figures in ${browser}`, () => {
    let app;
    let author;
    let page;
    let site;
    before(async () => {
      site = await authored(browser);
      ({ app, author, page } = site);
    });
    after(() => site?.close());

    const element = (attributes = '') => author(
      'small.html',
      `<script type="module" src="${app.url}element.js"></script><main><ramp-scope ${attributes}></ramp-scope></main>`,
      '<style>main { width: 320px } ramp-scope { margin: 0 }</style>',
    );
    const live = async (attributes) => {
      await element(attributes);
      await page.run("return customElements.whenDefined('ramp-scope').then(() => document.querySelector('ramp-scope').ready()).then(() => {})");
      await page.until('a drawn figure', DRAWN);
      await page.frame();
    };

    const isSmall = async (what) => {
      const [height, over, canvas] = await page.run(`
        const figure = document.querySelector('ramp-scope');
        return [figure.getBoundingClientRect().height, figure.scrollWidth - figure.clientWidth, ${FIGURE}.querySelector('canvas').clientHeight];`);
      assert.ok(height <= MOST, `${what}: ${height} px high`);
      assert.ok(over <= 0, `${what}: ${over} px too wide`);
      assert.ok(canvas >= 130, `${what}: the ramp has ${canvas} px`);
    };

    test(`the ramp is at most ${MOST} px high in a column of 320 px, whatever it shows`, async () => {
      await live();
      await isSmall('the default');
      const presets = await page.run(`return import('${app.url}rampscope.js').then(async (api) => { await api.default(); return api.presets().map(({ key }) => key); })`);
      assert.ok(presets.length > 20, `${presets.length} presets`);
      for (const preset of presets) {
        await page.run('return document.querySelector("ramp-scope").setState({ preset: arguments[0], focus: "ramp" }).then(() => {})', preset);
        await page.frame();
        await isSmall(preset);
      }
      // In a wider one it is as ever.
      await page.run("document.querySelector('main').style.width = '640px'");
      await page.until('the strip below it', `return JSON.parse(${FIGURE}.querySelector('canvas.ramp').dataset.frames).length === 2`);
    });

    // Only Chromium makes its pointer a finger.
    if (browser === 'chromium') test('also for fingers, with targets that they can meet', async () => {
      await touch(page, true);
      await live();
      await isSmall('for fingers');
      const low = await page.run(`return [...${FIGURE}.querySelectorAll('button')].map((one) => one.getBoundingClientRect().height).filter((height) => height < 44)`);
      assert.deepEqual(low, []);
      await touch(page, false);
    });

    test('a small link opens the same state on the page, as it is now, unless the host wants none', async () => {
      await live('preset="one-pair" theme="dark" lock="engine" show-controls="at"');
      const href = await page.run(WAY_BACK);
      assert.match(href, /#\/lab\?v=1&inputs=2&.*&at=200&theme=dark$/);
      assert.ok(href.startsWith(`${app.url}#`), href);
      await page.run("document.querySelector('ramp-scope').at = 100");
      await page.until('the state of now', async () => /&at=100&/.test(await page.run(WAY_BACK)));
      await page.run("document.querySelector('ramp-scope').setAttribute('back', '0')");
      await page.until('no link', async () => (await page.run(WAY_BACK)) === '');
      await live('view="story" scene="3"');
      assert.equal(await page.run(WAY_BACK), `${app.url}#/story?v=1&scene=3`);
      await page.goto(await page.run(WAY_BACK));
      await page.until('the scene on the page', "return document.querySelector('#step-title')?.textContent.startsWith('3.')");
      assert.equal(await page.count('.way-back'), 0, 'the page itself has none');
    });

    test('a frame opens a preset with other parameters on top, and says so of one that there is not', async () => {
      const frame = (hash) => author('preset.html', `<iframe title="figure" width="320" height="420" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" src="${app.url}embed.html#${hash}"></iframe>`);
      await frame('/lab?embed=1&focus=ramp&preset=one-pair&at=100');
      await page.driver.switchTo().frame(0);
      await page.until('a figure', FRAMED);
      assert.match(await page.text('.cursor'), /^x = 100: code 100,/);
      assert.match(await page.text('#summary'), /code 130/);
      assert.equal(await page.count('#notice'), 0);
      assert.match(await page.attribute('.way-back a', 'href'), /\/tools\/#\/lab\?v=1&inputs=2&.*&at=100$/);
      assert.ok(await page.run('return document.documentElement.scrollHeight <= 420'), 'no scroll bar');
      await page.driver.switchTo().defaultContent();
      await frame('/lab?embed=1&focus=ramp&preset=no-such');
      await page.driver.switchTo().frame(0);
      await page.until('a figure', FRAMED);
      assert.match(await page.text('#notice'), /no preset “no-such”/);
      await page.driver.switchTo().defaultContent();
    });

    if (browser === 'chromium') {
      test('the link leads out of a sandboxed frame, to a page that works', async () => {
        await author('out.html', `<iframe title="figure" width="320" height="420" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" src="${app.url}embed.html#/lab?embed=1&focus=ramp&preset=staircase"></iframe>`);
        await page.driver.switchTo().frame(0);
        await page.until('a figure', FRAMED);
        await page.click('.way-back a');
        const before = await page.driver.getWindowHandle();
        let other;
        await page.until('another page', async () => {
          other = (await page.driver.getAllWindowHandles()).find((one) => one !== before);
          return other !== undefined;
        });
        await page.driver.switchTo().window(other);
        await page.until('the Lab', "return document.querySelector('canvas.ramp')?.width > 0 && document.querySelector('.views') !== null");
        assert.match(await page.text('#summary'), /four|4/);
        await page.driver.close();
        await page.driver.switchTo().window(before);
      });

      // Only Chromium emulates them.
      for (const scheme of ['light', 'dark']) {
        test(`lines and legend stay apart in a reader's own few colours, ${scheme}`, async () => {
          const media = (features) => page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features });
          await media([{ name: 'forced-colors', value: 'active' }, { name: 'prefers-color-scheme', value: scheme }]);
          // Its theme is the other one: the reader's colours win.
          await live(`preset="one-pair" overlay="qnnpack" theme="${scheme === 'dark' ? 'light' : 'dark'}"`);
          const [text, highlight, keys, dashes, runs] = await page.run(`
            const tree = ${FIGURE};
            const style = (selector) => getComputedStyle(tree.querySelector(selector));
            const named = (name) => {
              const probe = document.body.appendChild(document.createElement('i'));
              probe.style.cssText = 'forced-color-adjust: none; color: ' + name;
              const { color } = getComputedStyle(probe);
              probe.remove();
              return color;
            };
            const [text, highlight] = ['CanvasText', 'Highlight'].map(named);
            const keys = ['chosen', 'saturated', 'exact'].map((key) => {
              const { borderTopColor, borderTopWidth } = style('.legend .' + key);
              return borderTopColor + ' ' + borderTopWidth;
            });
            // How many device pixels high a line is at a share of the frame's width.
            const canvas = tree.querySelector('canvas.ramp');
            const [[left, top, right, bottom]] = JSON.parse(canvas.dataset.frames);
            const device = canvas.width / canvas.clientWidth;
            const high = (share, colour) => {
              const x = Math.round((left + share * (right - left)) * device);
              const column = canvas.getContext('2d').getImageData(x, Math.round((top + 8) * device), 1, Math.round((bottom - top - 12) * device)).data;
              const [r, g, b] = colour.match(/\\d+/g).map(Number);
              let count = 0;
              for (let at = 0; at < column.length; at += 4) if (column[at] === r && column[at + 1] === g && column[at + 2] === b && column[at + 3] === 255) count++;
              return count / device;
            };
            return [text, highlight, keys, tree.querySelector('.key-line line').getAttribute('stroke-dasharray'), [high(0.9, highlight), high(0.2, highlight), high(0.2, text)]];`);
          assert.notEqual(text, highlight);
          assert.deepEqual(keys.slice(0, 2), [`${text} 3px`, `${highlight} 6px`]);
          // Half a pixel may be none.
          assert.match(keys[2], /\) 1(\.5)?px$/);
          assert.equal(dashes, '6 4');
          assert.ok(runs[0] >= 4 && runs[0] <= 8, `the saturated line is ${runs[0]} px high`);
          assert.equal(runs[1], 0, 'nothing is saturated at the left');
          assert.ok(runs[2] >= 2, `the line is ${runs[2]} px high`);
          await media([]);
        });
      }

      test('what is chosen can be told in them', async () => {
        const media = (features) => page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features });
        await media([{ name: 'forced-colors', value: 'active' }]);
        await live('view="story" scene="1"');
        const [pressed, other] = await page.run(`
          return ['true', 'false'].map((one) => getComputedStyle(${FIGURE}.querySelector('.cpus button[aria-pressed="' + one + '"]')).backgroundColor);`);
        assert.notEqual(pressed, other);
        await media([]);
      });

      test('on paper a canvas keeps its shape, and round dots stay round', async () => {
        for (const [attributes, canvas] of [['', 'canvas.ramp'], ['view="story" scene="1"', 'canvas.mystery-plot']]) {
          await live(attributes);
          const ratios = () => page.run(`const one = ${FIGURE}.querySelector('${canvas}'); return [one.clientWidth / one.clientHeight, one.width / one.height, getComputedStyle(one).objectFit]`);
          const [, drawn] = await ratios();
          await page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: 'print' });
          // Paper is wider, and nothing is drawn anew for it.
          await page.run("document.querySelector('main').style.width = '700px'");
          const [shown, , fit] = await ratios();
          assert.ok(fit === 'contain' || Math.abs(shown / drawn - 1) < 0.02, `${attributes}: ${shown} instead of ${drawn}`);
          assert.equal(await page.run(`return ${FIGURE}.querySelector('.way-back').checkVisibility()`), false);
          await page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: '' });
        }
      });
    }
  });
}
