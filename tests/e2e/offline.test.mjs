// The page without network after the first visit, and how a newer version takes its place.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { workerOf } from '../../tools/dev/offline.mjs';
import { browsers, open } from './lib/browsers.mjs';
import { leavers, tooSmall, touch } from './lib/layout.mjs';
import { Key } from './lib/page.mjs';
import { ROOT, serve } from './lib/server.mjs';

const LIVE = "return document.querySelector('main canvas')?.width > 0";
const NEWS = "return document.querySelector('#news').checkVisibility()";
const HEADING = "return document.querySelector('h1').textContent";
const OLD = 'Same weights, same input. Two CPUs. Two answers.';
const KEPT = "return navigator.serviceWorker.getRegistration().then((one) => one?.active?.state === 'activated')";
const CACHES = 'return caches.keys()';

/** Looks for a newer version; gives what became of it: installed or redundant. Until then it waits. */
const UPDATE = `return (async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  let found;
  registration.addEventListener('updatefound', () => { found = registration.installing; }, { once: true });
  await registration.update();
  // A browser may have looked by itself, when the page was opened.
  const worker = found ?? registration.installing ?? registration.waiting;
  const ended = () => ['installed', 'redundant'].includes(worker.state);
  while (!ended()) await new Promise((done) => worker.addEventListener('statechange', done, { once: true }));
  return worker.state;
})()`;

for (const browser of browsers()) {
  describe(`offline in ${browser}`, () => {
    let folder;
    let server;
    let page;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'page-'));
      await cp(join(ROOT, 'dist'), folder, { recursive: true });
    });
    afterEach(async () => {
      await page?.close();
      await server?.close();
      await rm(folder, { recursive: true, force: true });
    });

    /** Loads the page anew as a reader does; Firefox's driver would pass by the worker. */
    const reload = async () => {
      await page.run("document.documentElement.dataset.before = ''; location.reload()");
      await page.until('a live page anew', () =>
        page.run(`const { before } = document.documentElement.dataset; if (before === undefined) ${LIVE}`).catch(() => false));
    };
    /**
     * A first visit, after which the page is kept, and a second one.
     *
     * @param {{ hash?: string } & Parameters<typeof serve>[0]} [options]
     */
    const visitTwice = async ({ hash = '#/lab?v=1', ...options } = {}) => {
      server = await serve({ folder, offline: true, ...options });
      page = await open({ browser, url: server.url + hash });
      await page.until('a live page', LIVE);
      await page.until('a kept page', KEPT);
      assert.equal(await page.run('return navigator.serviceWorker.controller'), null, 'the first visit is the network’s');
      await reload();
    };

    /** Changes files on the server, and lists them anew in the worker. */
    const publish = async (changes) => {
      for (const [name, change] of Object.entries(changes)) {
        await writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8')));
      }
      await writeFile(join(folder, 'sw.js'), workerOf(folder, await readFile(join(ROOT, 'www/sw.js'), 'utf8')));
    };
    const newer = {
      'index.html': (text) => text.replaceAll(OLD, 'A newer page'),
      'loader.js': (text) => `document.documentElement.dataset.loader = 'newer';\n${text}`,
    };
    /** Waits for a page of a version; while it is loaded nothing can be asked. */
    const shows = (heading) =>
      page.until(`a page “${heading}”`, () =>
        page.run(`${HEADING} === arguments[0] && document.querySelector('main canvas')?.width > 0`, heading).catch(() => false));
    const loader = () => page.run("return fetch('loader.js').then((answer) => answer.text())");

    for (const [where, options] of /** @type {const} */ ([
      ['', {}],
      [', under a path', { base: '/docs/figure/' }],
      [', of a host that sends index.html on', { short: true }],
    ])) {
      test(`the second visit needs no server${where}`, async () => {
        await visitTwice({ hash: '', ...options });
        const asked = server.requests.filter(({ status }) => status !== 200).map(({ path }) => path);
        assert.deepEqual(asked.filter((path) => path !== '/favicon.ico'), []);
        await server.close();
        await reload();
        await page.until('a live figure', "return document.querySelector('canvas.mystery-plot')?.width > 0");
        const preview = "return document.querySelector('.preview-figure')?.shadowRoot?.querySelector('canvas')?.width > 0";
        for (const [link, selector, live = LIVE] of [
          ['#/lab?v=1&seed=7&output=4', 'canvas.ramp'],
          ['index.html?from=mail#/suspects?v=1', '#theories'],
          ['?#/embed?v=1', '#snippet', preview],
        ]) {
          await page.goto('about:blank');
          await page.goto(server.url + link);
          await page.find(selector);
          await page.until('a live page', live);
          assert.match(await page.hash(), new RegExp(`^${link.slice(link.indexOf('#')).replaceAll('?', '\\?')}`));
        }
        // The docs come along, with their style and their pictures.
        await page.goto(`${server.url}docs/handout.html`);
        assert.match(await page.text('h1'), /\w/);
        assert.equal(await page.run("return getComputedStyle(document.body).marginTop === '0px' && [...document.querySelectorAll('main img')].every((one) => one.naturalWidth > 0)"), true);
        assert.deepEqual(await page.problems(), []);
        assert.deepEqual(server.violations, []);
      });
    }

    test('a newer version waits until it is asked for, and then it is the only one', async () => {
      await visitTwice();
      // Caches of others on this origin, with a file that has a name of ours.
      const others = ['somebody', 'rampscope /elsewhere/ 1'];
      await page.run(
        "return Promise.all(arguments[0].map(async (name) => (await caches.open(name)).put('loader.js', new Response('')))).then(() => {})",
        others,
      );
      const [kept] = (await page.run(CACHES)).filter((name) => !others.includes(name));
      await page.keys('#figure', Key.ARROW_RIGHT);
      await page.until('another state', "return /at=/.test(location.hash)");
      const hash = await page.hash();

      await publish(newer);
      assert.equal(await page.run(UPDATE), 'installed');
      await page.until('the news', NEWS);
      assert.equal(await page.run(HEADING), OLD);
      assert.doesNotMatch(await loader(), /dataset/);
      await reload();
      await shows(OLD);
      await page.until('the news again', NEWS);
      assert.doesNotMatch(await loader(), /dataset/);
      assert.equal((await page.run(CACHES)).length, 4);

      const [first] = await page.driver.getAllWindowHandles();
      await page.driver.switchTo().newWindow('tab');
      await page.goto(`${server.url}#/lab?v=1&seed=7`);
      await shows(OLD);
      await page.until('the news there', NEWS);
      await page.keys('#news-use', Key.ENTER);
      await shows('A newer page');
      assert.match(await page.hash(), /seed=7/);
      // The other page of the old version follows.
      await page.driver.switchTo().window(first);
      await shows('A newer page');
      assert.equal(await page.hash(), hash);
      assert.equal(await page.run('return document.documentElement.dataset.loader'), 'newer');
      assert.equal(await page.run(NEWS), false);

      const names = await page.run(CACHES);
      assert.equal(names.length, 3);
      assert.ok(others.every((name) => names.includes(name)) && !names.includes(kept), String(names));
      assert.deepEqual(await page.problems(), []);
    });

    test('a newer version begins by itself when the page has been left', async () => {
      await visitTwice({ base: '/page/' });
      await publish(newer);
      assert.equal(await page.run(UPDATE), 'installed');
      // Beside the page, from where the worker can still be seen.
      await page.goto(`${new URL(server.url).origin}/beside.html`);
      await page.until('a worker that waits no longer', "return navigator.serviceWorker.getRegistrations().then(([one]) => one.waiting === null && one.active.state === 'activated')");
      await page.goto(`${server.url}#/lab?v=1`);
      await shows('A newer page');
      assert.equal(await page.run('return document.documentElement.dataset.loader'), 'newer');
      assert.equal((await page.run(CACHES)).length, 1);
    });

    test('a version that is not whole changes nothing, and comes once it is', async () => {
      await visitTwice();
      const old = await readFile(join(folder, 'loader.js'));
      await publish(newer);
      const fresh = await readFile(join(folder, 'loader.js'));
      // Missing, and not yet replaced.
      await rm(join(folder, 'loader.js'));
      assert.equal(await page.run(UPDATE), 'redundant');
      await writeFile(join(folder, 'loader.js'), old);
      assert.equal(await page.run(UPDATE), 'redundant');
      await reload();
      await shows(OLD);
      assert.equal(await page.run(NEWS), false);
      await writeFile(join(folder, 'loader.js'), fresh);
      assert.equal(await page.run(UPDATE), 'installed');
      await page.until('the news', NEWS);
      await server.close();
      await reload();
      await shows(OLD);
    });

    test('the news moves nothing, is as high as a finger, stays in the page, and can wait', async () => {
      await visitTwice();
      await page.run("document.querySelector('#weights, .panel').scrollIntoView()");
      await page.frame();
      const top = "return document.querySelector('canvas.ramp').getBoundingClientRect().top";
      const before = await page.run(top);
      await publish(newer);
      assert.equal(await page.run(UPDATE), 'installed');
      await page.until('the news', NEWS);
      assert.equal(await page.run(top), before);
      assert.equal(await page.run("return document.querySelector('#news').closest('[role=status]') !== null"), true);
      const seen = () => page.run(
        `const { top, bottom } = document.querySelector('#news').getBoundingClientRect();
         return top >= 0 && bottom <= innerHeight;`);
      for (const width of [320, 360, 1280]) {
        await page.resize({ width, height: 700 });
        for (const theme of ['light', 'projector']) {
          await page.run('location.hash = arguments[0]', `#/lab?v=1&theme=${theme}`);
          await page.until(theme, `return document.documentElement.dataset.theme === '${theme}'`);
          await page.frame();
          assert.deepEqual(await leavers(page), [], `${width} px, ${theme}`);
          assert.equal(await seen(), true, `${width} px, ${theme}`);
        }
      }
      if (browser === 'chromium') {
        await touch(page, true);
        assert.deepEqual((await tooSmall(page)).filter((one) => one.startsWith('news')), []);
        await touch(page, false);
        await page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: 'print' });
        assert.equal(await page.run(NEWS), false);
        await page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: '' });
      }
      await page.click('#news-later');
      assert.equal(await page.run(NEWS), false);
      assert.equal(await page.run(HEADING), OLD);
    });

    test('nothing is kept by a frame, an element or the single file, nor given to them', async () => {
      await writeFile(
        join(folder, 'around.html'),
        `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>around</title><script type="module" src="element.js"></script></head>
         <body><ramp-scope></ramp-scope><iframe title="page" src="index.html#/lab?v=1&embed=1"></iframe><iframe title="figure" src="embed.html#/lab?v=1&embed=1"></iframe></body></html>`,
      );
      // The single file's own policy is enough for it; the page's is too much.
      server = await serve({ folder, headers: {}, offline: true });
      page = await open({ browser, url: 'about:blank' });
      const visit = async () => {
        const begun = server.requests.length;
        await page.goto('about:blank');
        await page.goto(`${server.url}around.html`);
        await page.until('a live element', "return document.querySelector('ramp-scope').shadowRoot?.querySelector('canvas')?.width > 0");
        for (const frame of [0, 1]) {
          await page.driver.switchTo().frame(frame);
          await page.until('a live frame', LIVE);
          // What would keep the page has run.
          if (frame === 0) await page.run("return import(new URL('offline.js', document.baseURI)).then(() => {})");
          await page.driver.switchTo().defaultContent();
        }
        return server.requests.slice(begun).map(({ path }) => path);
      };
      const registrations = () => page.run('return navigator.serviceWorker.getRegistrations().then((all) => all.length)');
      const alone = async () => {
        await page.goto('about:blank');
        const begun = server.requests.length;
        await page.goto(`${server.url}rampscope.html#/suspects`);
        await page.find('#theories');
        return server.requests.slice(begun).map(({ path }) => path).filter((path) => !/favicon|sw\.js/.test(path));
      };
      const first = await visit();
      assert.ok(!first.includes('/sw.js'), String(first));
      assert.deepEqual(await alone(), ['/rampscope.html']);
      assert.equal(await registrations(), 0);
      assert.doesNotMatch(await readFile(join(folder, 'rampscope.html'), 'utf8'), /<link[^>]*(manifest|href="icon)/);

      await page.goto(server.url);
      await page.until('a kept page', KEPT);
      const own = (paths) => {
        const found = paths.filter((path) => path !== '/sw.js' && path !== '/favicon.ico').sort();
        // WebKit may ask once for what two of them need.
        return browser === 'webkit' ? [...new Set(found)] : found;
      };
      assert.deepEqual(own(await visit()), own(first));
      assert.deepEqual(await alone(), ['/rampscope.html']);
    });

    test('where it is turned off, a kept page goes back to the network', async () => {
      await visitTwice();
      await publish({});
      await writeFile(join(folder, 'index.html'), (await readFile(join(folder, 'index.html'), 'utf8')).replace(/<link rel="manifest"[^>]*>/, '').replaceAll(OLD, 'A page that is not kept'));
      await writeFile(join(folder, 'sw.js'), await readFile(join(ROOT, 'www/sw.js')));
      assert.equal(await page.run(UPDATE), 'installed');
      await page.until('the news', NEWS);
      await page.click('#news-use');
      await shows('A page that is not kept');
      await reload();
      await shows('A page that is not kept');
      assert.equal(await page.run('return navigator.serviceWorker.getRegistrations().then((all) => all.length)'), 0);
      assert.deepEqual(await page.run(CACHES), []);
    });

    test('blocked storage and a missing worker are no trouble', async () => {
      await rm(join(folder, 'sw.js'));
      server = await serve({ folder, offline: true });
      page = await open({ browser, url: server.url });
      await page.until('a live page', LIVE);
      await page.until('the question for it', () => server.requests.some(({ path, status }) => path === '/sw.js' && status === 404));
      await page.frame();
      assert.equal(await page.run("return document.querySelector('#trouble').hidden"), true);
      if (browser !== 'chromium') return;
      await page.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
        source: "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { throw new DOMException('blocked', 'SecurityError'); } })",
      });
      await page.reload();
      await page.until('a live page', LIVE);
      await page.run("return import(new URL('offline.js', document.baseURI)).then(() => {})");
      await page.frame();
      assert.equal(await page.run("return document.querySelector('#trouble').hidden"), true);
    });
  });
}
