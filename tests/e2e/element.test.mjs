// The life of a figure in somebody's page: what comes while it loads, what changes it later, what
// goes wrong, and what is left when it is gone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { ROOT } from './lib/server.mjs';

const LIVE = "return document.querySelector('ramp-scope').shadowRoot?.querySelector('canvas')?.width > 0";

// In the page: what it warns of, and what nobody has caught.
const LISTEN = `<script>
  window.warned = [];
  console.warn = (...words) => window.warned.push(words.join(' '));
  window.thrown = [];
  addEventListener('error', ({ message }) => window.thrown.push(message));
  addEventListener('unhandledrejection', ({ reason }) => window.thrown.push(String(reason)));
</script>`;

// In the page: every listener and every observed thing that is not given back, of what outlives a
// figure. What hangs on elements that are gone themselves goes with them.
const COUNT = `<script>
  window.held = new Map();
  const own = (target) => !(target instanceof Node) || target.isConnected || target === document;
  const note = (target, what, more) => {
    const all = window.held.get(target) ?? window.held.set(target, new Map()).get(target);
    if (more) all.set(what.key, what.listener);
    else all.delete(what.key);
  };
  window.count = () => [...window.held].filter(([target]) => own(target)).reduce((sum, [, all]) => sum + all.size, 0);
  const ids = new WeakMap();
  let last = 0;
  const id = (thing) => (Object(thing) === thing ? ids.get(thing) ?? ids.set(thing, ++last).get(thing) : String(thing));
  const keyed = (type, listener, options) => {
    const capture = Boolean(typeof options === 'object' ? options?.capture : options);
    return { key: [type, id(listener), capture].join(), listener };
  };
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window;
    const what = keyed(type, listener, options);
    note(target, what, true);
    if (options?.once) add.call(target, type, () => note(target, what, false), { once: true });
    options?.signal?.addEventListener('abort', () => note(target, what, false));
    return add.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    note(this ?? window, keyed(type, listener, options), false);
    return remove.call(this ?? window, type, listener, options);
  };
  for (const name of ['ResizeObserver', 'IntersectionObserver', 'MutationObserver']) {
    const { observe, disconnect, unobserve } = window[name].prototype;
    window[name].prototype.observe = function (target, ...rest) {
      note(this, { key: id(target) }, true);
      return observe.call(this, target, ...rest);
    };
    window[name].prototype.disconnect = function () {
      window.held.delete(this);
      return disconnect.call(this);
    };
    if (!unobserve) continue;
    window[name].prototype.unobserve = function (target) {
      note(this, { key: id(target) }, false);
      return unobserve.call(this, target);
    };
  }
</script>`;

for (const browser of browsers()) {
  describe(`an element's life in ${browser}`, () => {
    let app;
    let folder;
    let page;
    let site;
    before(async () => {
      site = await authored(browser);
      ({ app, folder, page } = site);
    });
    after(() => site?.close());

    const author = (name, body, head = '') => site.author(name, body, LISTEN + head);
    const element = () => `<script type="module" src="${app.url}element.js"></script>`;
    /** What an async function of the page, with \`mount\` at hand, gives. */
    const asks = (body) => page.driver.executeAsyncScript(
      `const [base, done] = arguments;
       import(base + 'element.js').then(async ({ mount }) => { ${body} }).then(done, (error) => done('failed: ' + error));`,
      app.url,
    );
    const state = (...keys) => page.run(
      `const state = document.querySelector('ramp-scope').state; return arguments[0].map((key) => String(state[key]))`,
      keys,
    );
    /** What a figure shows: whether its ramp, and which other parts of the Lab. */
    const parts = () => page.run("return [...document.querySelector('ramp-scope').shadowRoot.querySelectorAll('canvas.ramp, .part-controls, nav')].map((one) => one.localName)");

    test('its manifest has every attribute, property and method', async () => {
      await author('manifest.html', element());
      const made = await asks(`
        const { prototype, observedAttributes } = customElements.get('ramp-scope');
        const own = Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(([name]) => !/^constructor$|Callback$/.test(name));
        return [observedAttributes, ...['get', 'value'].map((kind) => own.filter(([, one]) => one[kind]).map(([name]) => name))];`);
      const manifest = JSON.parse(readFileSync(join(ROOT, 'pkg/custom-elements.json'), 'utf8'));
      const [{ attributes, members }] = manifest.modules[0].declarations;
      const names = (list) => list.map(({ name }) => name).sort();
      const said = [attributes, ...['field', 'method'].map((kind) => members.filter((one) => one.kind === kind))];
      assert.deepEqual(said.map(names), made.map((list) => list.sort()));
    });

    test('another preset keeps the figure that the attributes describe', async () => {
      await author('preset.html', `${element()}<ramp-scope preset="one-pair" show-controls="at,engine" hide="seed" lock="engine" theme="dark"></ramp-scope>`);
      await page.until('a live figure', LIVE);
      const described = await state('view', 'focus', 'controls', 'hide', 'lock', 'theme');
      const shown = await parts();
      assert.deepEqual(described, ['lab', 'ramp', 'at,engine', 'seed', 'engine', 'dark']);
      const before = await page.run("return document.querySelector('ramp-scope').link");
      await page.run("document.querySelector('ramp-scope').preset = 'three-inputs'");
      assert.notEqual(await page.run("return document.querySelector('ramp-scope').link"), before);
      assert.deepEqual(await state('view', 'focus', 'controls', 'hide', 'lock', 'theme', 'inputs'), [...described, '3']);
      await page.frame();
      assert.deepEqual(await parts(), shown);
      await page.run("document.querySelector('ramp-scope').removeAttribute('preset')");
      assert.deepEqual(await state('view', 'focus', 'controls', 'hide', 'lock', 'theme', 'inputs', 'seed'), [...described, '8', '100']);
      assert.deepEqual(await page.run('return [window.warned, window.thrown]'), [[], []]);
    });

    test('an unknown preset is told, and the figure stays', async () => {
      await author('unknown.html', `${element()}<ramp-scope preset="one-pair" controls="at"></ramp-scope>`);
      await page.until('a live figure', LIVE);
      const link = await page.run("return document.querySelector('ramp-scope').link");
      await page.run("document.querySelector('ramp-scope').setAttribute('preset', 'no-such')");
      const [warned, thrown] = await page.run('return [window.warned, window.thrown]');
      assert.equal(warned.length, 1);
      assert.match(warned[0], /^<ramp-scope>: .*“no-such”/);
      assert.deepEqual(thrown, []);
      assert.equal(await page.run("return document.querySelector('ramp-scope').link"), link);
      assert.ok(await page.run(LIVE));
    });

    test('one that begins with an unknown preset begins when it is mended', async () => {
      await author('mended.html', `${element()}<ramp-scope preset="no-such" title="Ramp"><p>Its own content.</p></ramp-scope>`);
      await page.until('the trouble', "return /“no-such”/.test(document.querySelector('ramp-scope').title)");
      assert.ok(await page.run("return document.querySelector('ramp-scope p').offsetHeight > 0"));
      await page.run("document.querySelector('ramp-scope').preset = 'one-pair'");
      await page.until('a live figure', LIVE);
      assert.equal(await page.run("return document.querySelector('ramp-scope').title"), 'Ramp');
      assert.deepEqual(await page.run('return window.thrown'), []);
    });

    test('weights and a link that come, change and go', async () => {
      await author('weights.html', `${element()}<ramp-scope weights="113 113" inputs="2" outputs="1" controls="at"></ramp-scope>`);
      await page.until('a live figure', LIVE);
      assert.deepEqual(await state('w', 'focus', 'controls'), ['0.0:113_113', 'ramp', 'at']);
      await page.run("document.querySelector('ramp-scope').weights = [[100, 90]]");
      assert.deepEqual(await state('w', 'focus', 'controls'), ['0.0:100_90', 'ramp', 'at']);
      await page.run("document.querySelector('ramp-scope').weights = null");
      assert.deepEqual(await state('inputs', 'focus', 'controls'), ['2', 'ramp', 'at']);
      assert.doesNotMatch((await state('w'))[0], /100_90|113/);
      await page.run("document.querySelector('ramp-scope').setAttribute('link', '#/lab?v=1&seed=9&focus=kinks&inputs=3')");
      // The other attributes come after the link, as at the beginning.
      assert.deepEqual(await state('seed', 'focus', 'inputs', 'controls'), ['9', 'kinks', '2', 'at']);
      await page.run("document.querySelector('ramp-scope').removeAttribute('link')");
      assert.deepEqual(await state('seed', 'focus', 'inputs', 'controls'), ['100', 'ramp', '2', 'at']);
      assert.deepEqual(await page.run('return [window.warned, window.thrown]'), [[], []]);
    });

    test('attributes that come while the module loads count', async () => {
      const release = app.hold('rampscope_bg.wasm');
      const asked = app.asked('rampscope_bg.wasm', app.requests.filter(({ path }) => path.endsWith('/rampscope_bg.wasm')).length + 1);
      try {
        await author('late.html', `${element()}<ramp-scope preset="one-pair"></ramp-scope>`);
        await asked;
        await page.run("const one = document.querySelector('ramp-scope'); one.setAttribute('engine', 'qnnpack'); one.at = 1; one.preset = 'three-inputs'");
      } finally {
        release();
      }
      await page.until('a live figure', LIVE);
      assert.deepEqual(await state('engine', 'at', 'inputs', 'focus'), ['qnnpack', '1', '3', 'ramp']);
    });

    test('taken out and put back while the module loads, it is one figure', async () => {
      const release = app.hold('rampscope_bg.wasm');
      const asked = app.asked('rampscope_bg.wasm', app.requests.filter(({ path }) => path.endsWith('/rampscope_bg.wasm')).length + 1);
      try {
        await author(
          'back.html',
          `${element()}<main><ramp-scope></ramp-scope></main><aside></aside>`,
          `<script>
             window.keys = 0;
             const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
             ShadowRoot.prototype.addEventListener = function (...given) { window.keys++; return add.apply(this, given); };
             ShadowRoot.prototype.removeEventListener = function (...given) { window.keys--; return remove.apply(this, given); };
           </script>`,
        );
        await asked;
        // Twice, each time long enough to be really out; and one that never comes back.
        await page.driver.executeAsyncScript(`
          const done = arguments[0];
          (async () => {
            const one = document.querySelector('ramp-scope');
            window.promises = [one.ready()];
            for (const place of ['aside', 'main']) {
              one.remove();
              await new Promise((resolve) => requestAnimationFrame(resolve));
              document.querySelector(place).append(one);
              window.promises.push(one.ready());
            }
            const gone = document.createElement('ramp-scope');
            document.body.append(gone);
            window.gone = gone.ready().then(() => 'live', ({ code }) => code);
            gone.remove();
          })().then(done);`);
      } finally {
        release();
      }
      await page.until('a live figure', LIVE);
      const [gone, same, keys] = await page.run(`return Promise.all([window.gone, ...window.promises])
        .then(([gone, ...handles]) => [gone, handles.every((one) => one === document.querySelector('ramp-scope').live), window.keys])`);
      assert.equal(gone, 'destroyed');
      assert.ok(same, 'every promise is of the figure that stands there');
      assert.equal(keys, 1, 'one figure listens for keys');
      await page.run("document.querySelector('ramp-scope').remove()");
      await page.until('nothing that listens', 'return window.keys === 0');
      assert.deepEqual(await page.run('return window.thrown'), []);
    });

    test('a failure leaves the element’s own content, is told, and can be tried again', async () => {
      app.hold('rampscope_bg.wasm', 503)();
      try {
        await author('503.html', `<script>
            window.told = [];
            document.addEventListener('error', ({ detail }) => detail && window.told.push(detail.message), true);
          </script>
          <ramp-scope title="One pair" preset="one-pair"><p>A picture in words.</p></ramp-scope>${element()}`);
        await page.until('an error event', 'return window.told.length > 0');
        const one = await page.run(`const one = document.querySelector('ramp-scope');
          return [one.title, one.querySelector('p').offsetHeight > 0, one.live === undefined, window.thrown, window.told.length]`);
        assert.match(one[0], /^The live figure could not start: .*503/);
        assert.deepEqual(one.slice(1), [true, true, [], 1]);
      } finally {
        app.mend('rampscope_bg.wasm');
      }
      await page.run("return document.querySelector('ramp-scope').ready().then(() => {})");
      await page.until('a live figure', LIVE);
      assert.equal(await page.run("return document.querySelector('ramp-scope').title"), 'One pair');
    });

    test('without WebAssembly the picture stays, and nothing is thrown', async () => {
      await author(
        'without.html',
        `<ramp-scope></ramp-scope>${element()}`,
        "<script>delete window.WebAssembly; window.told = 0; document.addEventListener('error', ({ target, detail }) => target.localName === 'ramp-scope' && detail && window.told++, true)</script>",
      );
      await page.until('an error event', 'return window.told === 1');
      await page.until('the picture', "return document.querySelector('ramp-scope').shadowRoot.querySelector('img')?.naturalWidth > 0");
      const [title, height, thrown] = await page.run(`const one = document.querySelector('ramp-scope');
        return [one.title, one.shadowRoot.querySelector('img').offsetHeight, window.thrown]`);
      assert.match(title, /^The live figure could not start: /);
      assert.ok(height > 100);
      assert.deepEqual(thrown, []);
    });

    test('what cannot be used of its first attributes is told, and so is it of options', async () => {
      await author('first.html', `${element()}<ramp-scope engine="qnpack" inputs="4"></ramp-scope><main></main>`);
      await page.until('a live figure', LIVE);
      await page.until('a word on it', "return window.warned.some((word) => /qnpack/.test(word))");
      assert.deepEqual(await state('engine', 'inputs'), ['fbgemm_avx2', '4']);
      const [problems, code] = await asks(`
        const main = document.querySelector('main');
        const figure = await mount(main, { sed: 7, weights: null });
        const { problems } = figure;
        const code = await mount(main, { weights: 5 }).then(() => 'live', (error) => error.code);
        figure.destroy();
        return [problems.join(), code];`);
      assert.match(problems, /“sed” is not a parameter/);
      assert.equal(code, 'arguments');
    });

    test('a property takes lists and places, and gives what it took; an element without focus is the ramp', async () => {
      await author('lists.html', `${element()}<ramp-scope focus="ramp,kinks"></ramp-scope>`);
      await page.until('a live figure', LIVE);
      await page.run("const one = document.querySelector('ramp-scope'); one.overlay = ['qnnpack', 'float32']; one.bias = { 0: 0.5, 3: 1 }; one.xMin = -2;");
      await page.until('all of it', async () => (await state('overlay', 'x_min')).join(' ') === 'qnnpack,float32 -2');
      await page.run("const one = document.querySelector('ramp-scope'); one.overlay = one.overlay; one.bias = one.bias; one.setState({ xMin: null });");
      await page.until('no minimum', async () => (await state('x_min'))[0] === 'null');
      assert.equal(await page.run("return document.querySelector('ramp-scope').xMin"), null);
      assert.deepEqual(await state('overlay'), ['qnnpack,float32']);
      await page.run("const one = document.querySelector('ramp-scope'); one.bias = null; one.inputs = 2; one.outputs = 1; one.output = 0; one.weights = [new Int8Array([113, 112])];");
      await page.until('the weights', async () => (await state('w'))[0] === '0.0:113_112');
      await page.run("document.querySelector('ramp-scope').removeAttribute('focus')");
      await page.until('the ramp', async () => (await state('focus'))[0] === 'ramp');
      assert.deepEqual(await page.run('return window.warned'), []);
    });

    test('another step of the story brings its own layer', async () => {
      await author('step.html', `${element()}<ramp-scope view="story" page="3" steps="3,4"></ramp-scope><main></main>`);
      await page.until('a live figure', "return document.querySelector('ramp-scope').live !== undefined");
      const layer = ['page', 'inputs', 'outputs', 'w', 'x_scale', 'y_zp', 'engine'];
      for (const step of [3, 4, 7]) {
        await page.run("document.querySelector('ramp-scope').setAttribute('page', arguments[0])", step);
        const own = await asks(`
          const figure = await mount(document.querySelector('main'), '#/story?page=${step}');
          const { state } = figure;
          figure.destroy();
          return ${JSON.stringify(layer)}.map((key) => String(state[key]));`);
        await page.until(`step ${step}`, async () => (await state('page'))[0] === String(step));
        assert.deepEqual(await state(...layer), own);
      }
    });

    test('a live figure goes to a step as its reader would, and what else is said stands on that', async () => {
      await author('goes.html', `${element()}<main></main><ramp-scope view="story" page="3" relu="1"></ramp-scope>`);
      const layer = ['page', 'inputs', 'outputs', 'w', 'x_scale', 'y_zp', 'engine', 'steps', 'at'];
      const [went, own, once, twice] = await asks(`
        const main = document.querySelector('main');
        const told = ({ state }) => ${JSON.stringify(layer)}.map((key) => String(state[key])).join(' ');
        const figure = await mount(main, { view: 'story', page: 3, steps: [3, 4, 7] });
        figure.setState({ at: 1 });
        figure.setState({ page: 7 });
        const went = told(figure);
        figure.setState({ page: 4, at: 0.5 });
        const once = told(figure);
        figure.setState({ ...figure.state, page: 4 });
        const twice = told(figure);
        figure.destroy();
        const link = await mount(main, '#/story?page=7&steps=3,4,7');
        const own = told(link);
        link.destroy();
        return [went, own, once, twice];`);
      assert.equal(went, own);
      assert.match(once, /^4 .* 3,4,7 0.5$/);
      assert.equal(twice, once);
      await page.run("document.querySelector('ramp-scope').scrollIntoView(); return document.querySelector('ramp-scope').ready().then(() => {})");
      const first = await state('page', 'relu', 'inputs');
      await page.run("document.querySelector('ramp-scope').setAttribute('page', 7)");
      await page.until('step 7', async () => (await state('page'))[0] === '7');
      assert.deepEqual([first[1], (await state('relu'))[0]], ['true', 'true']);
      const links = await asks(`
        const main = document.querySelector('main');
        const links = [];
        for (const [begun, change] of [['#/story?page=4&room=7', {}], ['#/story?page=4', { room: 7 }], ['#/lab?inputs=2&page=4&room=7', { view: 'story' }], [{ preset: 'one-pair' }, { view: 'story', page: 4, room: 7, focus: 'default' }]]) {
          const figure = await mount(main, begun);
          figure.setState(change);
          links.push(figure.link);
          figure.destroy();
        }
        return links;`);
      assert.deepEqual(links, new Array(4).fill(links[0]));
    });

    test('setState computes once, whatever it sets', async () => {
      await author('once.html', `${element()}<main></main>`);
      const computed = await asks(`
        const measures = [];
        const observer = new PerformanceObserver((list) => measures.push(...list.getEntriesByName('rampscope:compute')));
        observer.observe({ type: 'measure' });
        const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        const figure = await mount(document.querySelector('main'), {});
        await frame();
        const counts = [];
        for (const change of [{ seed: 7 }, { engine: 'qnnpack', overlay: 'float32', at: 1, outputs: 3, weights: [1, 2, 3, 4, 5, 6, 7, 8] }, { view: 'story', page: 4 }, { view: 'story', page: 4 }, {}]) {
          measures.length = 0;
          figure.setState(change);
          await frame();
          measures.push(...observer.takeRecords().filter(({ name }) => name === 'rampscope:compute'));
          counts.push(measures.length);
        }
        figure.destroy();
        return counts;`);
      assert.deepEqual(computed, [1, 1, 1, 0, 0]);
    });

    test('a page beside a preset leaves the ramp as it is', async () => {
      await author('beside.html', `${element()}<ramp-scope preset="one-pair"></ramp-scope>`);
      await page.until('a live figure', LIVE);
      await page.run("document.querySelector('ramp-scope').setAttribute('page', 3)");
      await page.until('the page', async () => (await state('page'))[0] === '3');
      assert.deepEqual(await state('focus', 'inputs'), ['ramp', '2']);
    });

    test('what throws when it is read, or listens wrongly, is refused, and harms no figure', async () => {
      await author('harm.html', '<main></main><iframe title="other"></iframe>');
      const answers = await asks(`
        const main = document.querySelector('main');
        const figure = await mount(main, { seed: 1 });
        const endless = [];
        endless.push(endless);
        const code = (call) => { try { call(); return 'none'; } catch (error) { return error.name === 'RampscopeError' && error.code; } };
        const codes = [
          code(() => figure.setState({ get engine() { throw new TypeError('mine'); } })), code(() => figure.setState({ focus: endless })),
          code(() => figure.setState([])), code(() => figure.on('change')), code(() => figure.on('change', 5)), code(() => figure.on(Symbol(), () => {})),
        ];
        figure.setState({ seed: 5 });
        const { seed } = figure.state;
        figure.destroy();
        codes.push(code(() => figure.on('change', () => {})), code(() => figure.setState({})));
        const inner = document.querySelector('iframe').contentDocument.createElement('div');
        codes.push(await mount(inner).then(() => 'live', (error) => error.code));
        return [codes.join(' '), seed, main.shadowRoot.querySelector('.rampscope') === null, inner.shadowRoot === null];`);
      assert.deepEqual(answers, [`${'arguments '.repeat(6)}destroyed destroyed arguments`, 5, true, true]);
    });

    test('a second figure in one place takes the first one’s, and stays when that is destroyed', async () => {
      await author('twice.html', '<main></main>');
      const answer = await asks(`
        const main = document.querySelector('main');
        const first = await mount(main, { seed: 1 });
        const second = await mount(main, { seed: 2 });
        first.destroy();
        await new Promise(requestAnimationFrame);
        const shown = main.shadowRoot.querySelectorAll('.rampscope').length;
        const sheets = main.shadowRoot.adoptedStyleSheets.length;
        second.on('change', () => { throw new Error('a listener'); });
        const told = new Promise((done) => second.on('change', ({ state }) => done(state.seed)));
        second.setState({ seed: 3 });
        return [shown, sheets, await told].join();`);
      assert.equal(answer, '1,1,3');
    });

    test('mount takes options, a link or nothing; all else is refused with a code', async () => {
      await author('mount.html', '<main></main><p>Its own content.</p><img alt="">');
      const answers = await asks(`
        const main = document.querySelector('main');
        const answers = [];
        for (const given of [undefined, null, {}, '#/lab?v=1&seed=9&focus=kinks', 'https://example.org/#/lab?v=1&seed=8', { preset: 'one-pair' }, { view: 'embed' }]) {
          const figure = await mount(main, given);
          const { view, focus, seed, inputs } = figure.state;
          answers.push([view, String(focus), seed, inputs].join(' '));
          figure.destroy();
        }
        return answers;`);
      assert.deepEqual(answers, ['lab ramp 100 8', 'lab ramp 100 8', 'lab ramp 100 8', 'lab kinks 9 8', 'lab  8 8', 'lab ramp 100 2', 'embed  100 8']);
      const faults = await asks(`
        const p = document.querySelector('p');
        const faults = [];
        for (const [element, given] of [[p, 5], [p, true], [p, Symbol('a')], [p, () => {}], [p, { preset: 'no-such' }], [null], [undefined], ['p'], [document], [document.querySelector('img')]]) {
          faults.push(await mount(element, given).then(() => 'live', (error) => (error instanceof Error && error.message ? error.code : 'no Error: ' + error)));
        }
        return [faults.join(' '), p.shadowRoot === null && p.offsetHeight > 0];`);
      assert.deepEqual(faults, ['arguments arguments arguments arguments preset arguments arguments arguments arguments arguments', true]);
      assert.deepEqual(await page.run('return window.thrown'), []);
    });

    test('figures that are gone listen to nothing', async () => {
      await author('listeners.html', '<main></main>', COUNT);
      const [first, last, live, follows] = await asks(`
        const counts = [];
        // What is there once for all figures goes with the last of them.
        const followed = () => [...window.held.get(document)?.keys() ?? []].some((key) => key.startsWith('transitionend'));
        const follows = [];
        const frame = () => new Promise(requestAnimationFrame);
        for (let done = 1; done <= 60; done++) {
          const place = document.createElement(done % 2 ? 'div' : 'ramp-scope');
          document.querySelector('main').append(place);
          const figure = await (done % 2 ? mount(place, { seed: done % 7, controls: 'at,engine' }) : place.ready());
          figure.on('change', () => {});
          figure.setState({ at: 1 });
          await frame();
          await frame();
          if (done === 60) {
            counts.push(window.count());
            follows.push(followed());
          }
          if (done % 2) figure.destroy();
          place.remove();
          await frame();
          if (done === 20 || done === 60) counts.push(window.count());
        }
        return [counts[0], counts[2], counts[1], [...follows, followed()]];`);
      assert.equal(first, last, `${first} listeners and observed things after 20, ${last} after 60`);
      assert.ok(live > last, 'one that is live is counted');
      assert.deepEqual(follows, [true, false], 'the page’s light and dark are followed while there is a figure');
      assert.deepEqual(await page.run("return [document.querySelector('main').childElementCount, window.thrown]"), [0, []]);
    });

    test('a frame of somebody else keeps its height, and is told nothing', async () => {
      const other = `<!DOCTYPE html><title>other</title><script>
        window.heard = [];
        addEventListener('message', ({ data }) => {
          heard.push(data.type);
          // News for the test alone.
          parent.postMessage({ heard: data.type, name }, '*');
        });
        for (const type of ['ready', 'height']) parent.postMessage({ rampscope: 1, type, height: 777 }, '*');
        parent.postMessage({ said: name }, '*');
      </script>`;
      await writeFile(join(folder, 'other.html'), other);
      await writeFile(join(folder, 'embed.html'), other);
      const frame = (name, src) => `<iframe title="${name}" name="${name}" width="300" height="100" style="border: 0" src="${src}"></iframe>`;
      await author(
        'others.html',
        `<script>window.news = []; addEventListener('message', ({ data }) => data.rampscope || window.news.push(data))</script><main></main>`,
      );
      // After the frames, as the page says: it speaks to those that are there, and listens to all.
      await page.run(`
        document.querySelector('main').innerHTML = arguments[0];
        const script = document.createElement('script');
        script.src = arguments[1];
        document.body.append(script);`,
      [
        frame('other', 'other.html'),
        frame('query', 'other.html?embed=1&of=/embed.html'),
        frame('longer', 'other.html#/lab?v=1&embed=10&reembed=1'),
        frame('named', 'embed.html'),
        frame('marked', 'other.html#/lab?v=1&embed=1&focus=ramp'),
      ].join(''), `${app.url}frames.js`);
      await page.until('all have spoken', "return window.news.filter(({ said }) => said).length === 5 && document.querySelectorAll('script[src]').length === 1");
      const dressed = (name) => `window.news.some((one) => one.heard === 'scheme' && one.name === '${name}')`;
      // Whatever was said before the script was there is said again.
      await page.run("for (const frame of document.querySelectorAll('iframe')) frame.src = frame.src.replace('.html', '.html?again').replace('?again?', '?again&')");
      await page.until('all have spoken again', "return window.news.filter(({ said }) => said).length === 10");
      await page.until('two are dressed', `return ${dressed('named')} && ${dressed('marked')}`);
      // A change of the page, which is told to all that are known.
      await page.run("document.documentElement.style.background = '#111'");
      await page.until('the news of it', "return ['named', 'marked'].every((name) => window.news.filter((one) => one.heard === 'scheme' && one.name === name).length > 1)");
      const heights = await page.run("return [...document.querySelectorAll('iframe')].map((one) => one.clientHeight)");
      assert.deepEqual(heights, [100, 100, 100, 777, 777]);
      assert.deepEqual(await page.run("return [...new Set(window.news.filter(({ heard }) => heard).map(({ name }) => name))].sort()"), ['marked', 'named']);
    });
  });
}
