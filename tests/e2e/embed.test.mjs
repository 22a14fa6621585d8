// A figure in somebody's page: as an element, in a frame, and as a single file.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { authored, figureHeaders } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { Key } from './lib/page.mjs';
import { MODULES, ROOT, serve } from './lib/server.mjs';

const LIVE = (count) => `return [...document.querySelectorAll('ramp-scope')]
  .filter((one) => one.shadowRoot?.querySelector('canvas')?.width > 0).length === ${count}`;

// A page may be there before its modules have run.
const READY = `return customElements.whenDefined('ramp-scope')
  .then(() => Promise.all([...document.querySelectorAll('ramp-scope')].map((one) => one.ready()))).then(() => {})`;

for (const browser of browsers()) {
  describe(`embedded in ${browser}`, () => {
    let app;
    let author;
    let page;
    let plain;
    let site;
    before(async () => {
      site = await authored(browser);
      ({ app, author, page } = site);
      plain = await serve({ headers: figureHeaders(browser) });
    });
    after(async () => {
      await site?.close();
      await plain?.close();
    });

    const element = () => `<script type="module" src="${app.url}element.js"></script>`;

    test('two lines show a live figure, from another origin', async () => {
      await author('two.html', `${element()}<ramp-scope></ramp-scope>`);
      await page.until('a live figure', LIVE(1));
      assert.equal(await page.run("return document.querySelector('ramp-scope').link"), '#/lab?v=1&focus=ramp');
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });

    test('five figures share one module, and each has its own state', async () => {
      const asked = app.requests.length;
      await author(
        'five.html',
        `${element()}<ramp-scope preset="one-pair" controls="at,engine"></ramp-scope><ramp-scope seed="7"></ramp-scope>
         <ramp-scope view="story" page="3"></ramp-scope><ramp-scope focus="kinks,pairs" output="4"></ramp-scope><ramp-scope weights="113 113" inputs="2" outputs="1"></ramp-scope>`,
        `<script>
           window.started = 0;
           for (const name of ['instantiate', 'instantiateStreaming']) {
             const real = WebAssembly[name].bind(WebAssembly);
             WebAssembly[name] = (...args) => (window.started++, real(...args));
           }
         </script>`,
      );
      await page.run(READY);
      await page.until('four canvases', LIVE(4));
      const paths = app.requests.slice(asked).map(({ path }) => path);
      for (const name of ['rampscope_bg.wasm', 'rampscope.js', 'figure.css']) {
        assert.equal(paths.filter((path) => path.endsWith(name)).length, 1, name);
      }
      assert.equal(await page.run('return window.started'), 1);
      assert.ok(!paths.some((path) => MODULES.some((name) => path.endsWith(name))), 'the page’s own parts are not asked for');
      const states = await page.run("return [...document.querySelectorAll('ramp-scope')].map((one) => one.state)");
      assert.deepEqual(states.map(({ seed }) => seed), [100, 7, 100, 100, 100]);
      assert.deepEqual(states.map(({ inputs }) => inputs), [2, 8, 2, 8, 2]);
      assert.equal(states[4].w, '0.0:113_113');
      assert.match(await page.run("return document.querySelectorAll('ramp-scope')[3].shadowRoot.textContent"), /Kinks/);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });

    test('a slider in one figure moves that figure and says so; the page keeps its address', async () => {
      await page.run(`
        window.heard = [];
        addEventListener('change', (event) => window.heard.push([event.target.tagName, event.detail?.state?.at]));
        const slider = document.querySelector('ramp-scope').shadowRoot.querySelector('input[type=range]');
        slider.value = 50;
        slider.dispatchEvent(new Event('input', { bubbles: true }));`);
      await page.until('the change', "return window.heard.some(([tag, at]) => tag === 'RAMP-SCOPE' && at === 50)");
      assert.equal(await page.hash(), '');
      assert.equal(await page.run("return document.querySelectorAll('ramp-scope')[1].state.at"), 2);
    });

    test('attributes, properties and setState are one language', async () => {
      await page.run("document.querySelector('ramp-scope').setAttribute('engine', 'qnnpack')");
      assert.equal(await page.run("return document.querySelector('ramp-scope').state.engine"), 'qnnpack');
      await page.run("document.querySelector('ramp-scope').reduceRange = true");
      assert.equal(await page.run("return document.querySelector('ramp-scope').state.reduce_range"), true);
      await page.run("document.querySelector('ramp-scope').removeAttribute('engine')");
      assert.equal(await page.run("return document.querySelector('ramp-scope').state.engine"), 'fbgemm_avx2');
      const problems = await page.run("return document.querySelector('ramp-scope').setState({ engine: 'abacus', at: 3 })");
      assert.match(problems.join(), /abacus/);
      assert.equal(await page.run("return document.querySelector('ramp-scope').state.at"), 3);
    });

    test('changes in one turn add up, also right after the start, and the state tells of them at once', async () => {
      await author('turn.html', '<main></main>');
      const [now, later] = await page.driver.executeAsyncScript(
        `const [base, done] = arguments;
         (async () => {
           const { mount } = await import(base + 'element.js');
           const figure = await mount(document.querySelector('main'), { seed: 9 });
           const state = () => [figure.state.at, figure.state.engine, figure.state.seed, /at=1(&|$)/.test(figure.link)];
           const heard = new Promise((resolve) => figure.on('change', resolve));
           figure.setState({ at: 1 });
           figure.setState({ engine: 'qnnpack' });
           const now = state();
           await heard;
           await new Promise((resolve) => setTimeout(resolve));
           done([now, state()]);
         })().catch((error) => done([String(error)]));`,
        app.url,
      );
      assert.deepEqual(now, [1, 'qnnpack', 9, true]);
      assert.deepEqual(later, now);
      await author('attributes.html', `${element()}<ramp-scope></ramp-scope>`);
      await page.until('a live figure', LIVE(1));
      await page.run("const one = document.querySelector('ramp-scope'); one.setAttribute('engine', 'qnnpack'); one.setAttribute('at', '1'); one.outputs = 4");
      await page.frame();
      assert.deepEqual(await page.run("const { engine, at, outputs } = document.querySelector('ramp-scope').state; return [engine, at, outputs]"), ['qnnpack', 1, 4]);
    });

    test('a locked control shows its value and cannot be moved', async () => {
      await author('locked.html', `${element()}<ramp-scope preset="one-pair" controls="engine,at" lock="engine"></ramp-scope>`);
      await page.until('a live figure', LIVE(1));
      const [engine, at] = await page.run(`
        const tree = document.querySelector('ramp-scope').shadowRoot;
        return ['select', 'input[type=range]'].map((one) => tree.querySelector('.part-controls ' + one).matches(':disabled'));`);
      assert.deepEqual([engine, at], [true, false]);
    });

    test('a link inside a figure stays inside it', async () => {
      await author('story.html', `${element()}<ramp-scope view="story" page="2"></ramp-scope>`);
      await page.until('the step', "return document.querySelector('ramp-scope').shadowRoot?.querySelector('#next-step') != null");
      await page.run("document.querySelector('ramp-scope').shadowRoot.querySelector('#next-step').click()");
      await page.until('the next one', "return document.querySelector('ramp-scope').state.scene === 3");
      assert.equal(await page.hash(), '');
      assert.equal(await page.run("return document.querySelector('ramp-scope').state.inputs"), 8);
    });

    test('the Lab in a figure begins at its top with the focus on its heading; the page’s address stays', async () => {
      await author('to-lab.html', `<p style="height: 300px">Above.</p>${element()}<ramp-scope view="story" page="5"></ramp-scope>`);
      await page.until('the step', "return document.querySelector('ramp-scope').shadowRoot?.querySelector('#to-lab') != null");
      await page.run(READY);
      await page.frame();
      await page.run("const link = document.querySelector('ramp-scope').shadowRoot.querySelector('#to-lab'); link.scrollIntoView({ block: 'end', behavior: 'instant' }); link.click()");
      await page.until('the heading’s focus', "return document.querySelector('ramp-scope').shadowRoot.activeElement?.id === 'figure-title'");
      const [engine, top] = await page.run("const one = document.querySelector('ramp-scope'); return [one.state.engine, one.getBoundingClientRect().top]");
      assert.equal(engine, 'fbgemm_avx2');
      assert.ok(top > -2 && top < 400, `${top} px from the window’s top`);
      assert.equal(await page.hash(), '');
    });

    test('no style leaks in or out, and a figure follows the page’s light and dark', async () => {
      await author(
        'styled.html',
        `${element()}<ramp-scope controls="at"></ramp-scope>`,
        '<style>html { font-size: 10px } body { background: #111; color: #eee } button, input, canvas { display: none !important } p { font-size: 60px }</style>',
      );
      await page.until('a live figure', LIVE(1));
      const seen = () => page.run(`
        const tree = document.querySelector('ramp-scope').shadowRoot;
        const style = (selector) => getComputedStyle(tree.querySelector(selector));
        return { canvas: style('canvas').display, text: style('.summary').fontSize, panel: style('.panel').backgroundColor, body: getComputedStyle(document.body).fontSize };`);
      const dark = await seen();
      assert.deepEqual([dark.canvas, dark.text], ['block', '16px']);
      assert.equal(dark.body, '10px');
      await page.run("document.body.style.background = '#fff'");
      await page.until('light panels', `return getComputedStyle(document.querySelector('ramp-scope').shadowRoot.querySelector('.panel')).backgroundColor !== '${dark.panel}'`);
    });

    test('light and dark follow a fading background, one in any notation, and a page without one', async () => {
      const frame = `<iframe title="figure" width="640" height="600" sandbox="allow-scripts" src="${app.url}embed.html#/lab?v=1&embed=1&focus=ramp"></iframe>`;
      await author(
        'schemes.html',
        `${element()}<ramp-scope></ramp-scope>${frame}<script src="${app.url}frames.js"></script>`,
        `<style>html.asked { color-scheme: dark } html.faded body { background: oklch(0.2 0.02 260) } body { transition: background-color 0.3s }
          html.light body { background: oklch(1 0 0) }</style>`,
      );
      await page.until('a live figure', LIVE(1));
      const follows = async (name, scheme) => {
        await page.run(`document.documentElement.className = '${name}'`);
        await page.until(`${name}: ${scheme}`, `return document.querySelector('ramp-scope').shadowRoot.querySelector('.rampscope').dataset.scheme === '${scheme}'`);
        await page.driver.switchTo().frame(0);
        await page.until(`${name}: a ${scheme} frame`, `return getComputedStyle(document.documentElement).colorScheme === '${scheme}'`);
        assert.equal(await page.run('return getComputedStyle(document.body).backgroundColor'), 'rgba(0, 0, 0, 0)', 'the page shows between its panels');
        await page.driver.switchTo().defaultContent();
      };
      await follows('', 'light');
      await follows('asked', 'dark');
      await follows('', 'light');
      await follows('faded', 'dark');
      await follows('light', 'light');
      // A theme of its own stays.
      await page.driver.switchTo().frame(0);
      await page.run("location.hash += '&theme=dark'");
      await page.until('its own theme', "return getComputedStyle(document.documentElement).colorScheme === 'dark'");
      assert.notEqual(await page.run('return getComputedStyle(document.body).backgroundColor'), 'rgba(0, 0, 0, 0)');
      await page.driver.switchTo().defaultContent();
    });

    test('a figure is laid out for its column, not for the window, and has a width where nothing gives it one', async () => {
      await author(
        'column.html',
        `${element()}<main><ramp-scope view="story" page="3"></ramp-scope></main><aside><ramp-scope focus="kinks"></ramp-scope></aside>`,
        '<style>main { width: 600px } aside { display: grid; place-items: center }</style>',
      );
      await page.run(READY);
      const columns = () => page.run(`
        const grid = document.querySelector('ramp-scope').shadowRoot.querySelector('.scene');
        return grid && getComputedStyle(grid).gridTemplateColumns.split(' ').length;`);
      await page.until('one column', async () => (await columns()) === 1);
      await page.run("document.querySelector('main').style.width = '1100px'");
      await page.until('two columns', async () => (await columns()) === 2);
      assert.equal(await page.run("return document.querySelector('aside ramp-scope').getBoundingClientRect().width"), 640);
    });

    test('a key that the figure uses is no shortcut of the page', async () => {
      await author('keys.html', `${element()}<ramp-scope preset="one-pair" controls="at"></ramp-scope>`);
      await page.until('a live figure', LIVE(1));
      await page.run("window.pressed = []; addEventListener('keydown', ({ key }) => window.pressed.push(key))");
      const press = async (selector, ...keys) => {
        await page.run(`document.querySelector('ramp-scope').shadowRoot.querySelector('${selector}').focus()`);
        for (const key of keys) await page.driver.actions().sendKeys(key).perform();
      };
      await press('[role=slider]', Key.ARROW_RIGHT, 's');
      await page.until('a step', "return document.querySelector('ramp-scope').state.at === 201");
      await press('input[type=range]', Key.ARROW_RIGHT, '/');
      await page.until('a further one', "return document.querySelector('ramp-scope').state.at > 201");
      assert.deepEqual(await page.run('return window.pressed'), ['s']);
    });

    test('moved, taken out and put back by script', async () => {
      await author('moved.html', `${element()}<main></main><aside></aside>`);
      await page.run("const one = document.createElement('ramp-scope'); one.setAttribute('seed', '9'); document.querySelector('main').append(one)");
      await page.until('a live figure', LIVE(1));
      await page.run("window.kept = document.querySelector('ramp-scope').shadowRoot.querySelector('canvas'); document.querySelector('aside').append(document.querySelector('ramp-scope'))");
      await page.frame();
      assert.ok(await page.run("return document.querySelector('aside ramp-scope').shadowRoot.querySelector('canvas') === window.kept"), 'a move keeps it alive');
      await page.run("document.querySelector('ramp-scope').setState({ at: 1 })");
      await page.run("window.one = document.querySelector('ramp-scope'); window.one.remove()");
      await page.until('nothing left in it', "return window.one.shadowRoot.querySelector('canvas') === null");
      await page.run("document.querySelector('main').append(window.one)");
      await page.until('live again', LIVE(1));
      assert.deepEqual(await page.run('return [window.one.state.seed, window.one.state.at]'), [9, 1]);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });

    test('nothing is loaded before a figure is near; its own content stands there until then', async () => {
      const asked = app.requests.length;
      await author('far.html', `${element()}<div id="tall"></div><ramp-scope><p>A picture in words.</p></ramp-scope>`, '<style>#tall { height: 8000px }</style>');
      await page.until('the element', "return customElements.get('ramp-scope') !== undefined");
      await page.frame();
      assert.deepEqual(app.requests.slice(asked).filter(({ path }) => path.endsWith('.wasm')), []);
      assert.ok(await page.run("return document.querySelector('ramp-scope p').offsetHeight > 0"), 'its own content is shown');
      await page.run("document.querySelector('ramp-scope').scrollIntoView()");
      await page.until('a live figure', LIVE(1));
      assert.equal(await page.run("return document.querySelector('ramp-scope p').offsetHeight"), 0);
    });

    test('200 figures mounted and destroyed leave no memory behind', async () => {
      await author('many.html', `<main></main>`);
      const used = await page.driver.executeAsyncScript(
        `const [base, done] = arguments;
         (async () => {
           const { mount } = await import(base + 'element.js');
           const api = await import(base + 'rampscope.js');
           const memory = (await api.default()).memory;
           const used = [];
           for (let count = 1; count <= 200; count++) {
             const place = document.createElement('div');
             document.querySelector('main').append(place);
             const figure = await mount(place, { seed: count % 7 });
             figure.on('change', () => {});
             figure.setState({ at: 1 });
             await new Promise(requestAnimationFrame);
             figure.destroy();
             place.remove();
             if (count === 20 || count === 200) used.push(memory.buffer.byteLength);
           }
           done([...used, document.querySelector('main').childElementCount]);
         })().catch((error) => done(String(error)));`,
        app.url,
      );
      assert.equal(used[0], used[1], `${used[0]} bytes after 20, ${used[1]} after 200`);
      assert.equal(used[2], 0);
    });

    test('a sandboxed frame of a server without CORS headers, and the height it asks for', async () => {
      await author(
        'frame.html',
        `<script src="${plain.url}frames.js"></script>
         <iframe id="figure" title="figure" width="640" height="100" sandbox="allow-scripts" src="${plain.url}embed.html#/lab?v=1&embed=1&focus=ramp&controls=at&inputs=2&outputs=1"></iframe>
         <script>window.heard = []; addEventListener('message', ({ data }) => window.heard.push(data));</script>`,
      );
      await page.until('it is ready', "return window.heard.some(({ type }) => type === 'ready')");
      await page.until('its height', "return document.querySelector('#figure').clientHeight > 400");
      await page.driver.switchTo().frame(0);
      await page.until('a canvas', "return document.querySelector('canvas.ramp')?.width > 0");
      assert.equal(await page.run("return document.querySelector('.views') === null && origin === 'null'"), true);
      await page.run(`const slider = document.querySelector('input[type=range]');
        slider.value = 1; slider.dispatchEvent(new Event('input', { bubbles: true })); slider.dispatchEvent(new Event('change', { bubbles: true }))`);
      const { scrolls, wide } = await page.run('const root = document.documentElement; return { scrolls: root.scrollHeight - innerHeight, wide: root.scrollWidth - innerWidth }');
      await page.driver.switchTo().defaultContent();
      await page.until('news of the change', "return window.heard.some(({ type, link }) => type === 'change' && /at=1/.test(link))");
      assert.ok(scrolls <= 0 && wide <= 0, `${scrolls} px higher, ${wide} px wider than its frame`);
      assert.deepEqual(plain.violations, []);
    });

    test('no figure is wider than a wide frame', async () => {
      for (const hash of ['suspects?v=1', 'lab?v=1', 'story?v=1&page=3&steps=3']) {
        await author('wide.html', `<iframe title="figure" width="1200" height="900" src="${plain.url}embed.html#/${hash}&embed=1"></iframe>`);
        await page.driver.switchTo().frame(0);
        await page.until(`a live ${hash}`, "return document.querySelector('#app .panel') !== null");
        assert.equal(await page.run('return document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0, hash);
        await page.driver.switchTo().defaultContent();
      }
    });

    test('the single file works from a disk, asks for nothing, and has the recordings', async () => {
      await page.goto(pathToFileURL(join(ROOT, 'dist/rampscope.html')).href);
      await page.find('canvas.mystery-plot');
      await page.run("location.hash = '#/suspects'");
      await page.until('the recordings', "return document.querySelector('#theories') !== null");
      const asked = await page.run("return performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.startsWith('data:'))");
      assert.deepEqual(asked, []);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });
  });
}
