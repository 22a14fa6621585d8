// The pages that links are shared by: each preset has one, with what sites show of a link, and it is the
// page with that preset open.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { escaped } from '../../tools/dev/html.mjs';
import { PICTURE, pageOf } from '../../tools/dev/pages.mjs';
import { browsers, open } from './lib/browsers.mjs';
import { leavers } from './lib/layout.mjs';
import { opened } from './lib/opened.mjs';
import { Key } from './lib/page.mjs';
import { ROOT, serve } from './lib/server.mjs';

const ADDRESS = 'https://example.org/rampscope/';
const dist = (...names) => join(ROOT, 'dist', ...names);
const html = (key) => readFileSync(dist('p', key, 'index.html'), 'utf8');

/** What a page says of itself: `og:title`, `description`, … */
const said = (text, name) => text.match(new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`))?.[1];

/** Scenes of the story after the first. */
const SCENES = [2, 3, 4, 5, 6].map((number) => `scene-${number}`);

async function presets() {
  const api = await import(pathToFileURL(dist('rampscope.js')).href);
  await api.default({ module_or_path: readFileSync(dist('rampscope_bg.wasm')) });
  return api.presets();
}

describe('pages that links are shared by', () => {
  test('every preset has one, with its title, its sentence and a picture of 1200 × 630', async () => {
    const all = await presets();
    assert.ok(all.length >= 36, `${all.length} presets`);
    assert.deepEqual(readdirSync(dist('p')).sort(), ['story', ...SCENES, ...all.map(({ key }) => key)].sort());
    const pictures = new Set();
    for (const { key, title, sentence } of all) {
      const text = html(key);
      assert.equal(said(text, 'og:title'), escaped(title), key);
      assert.equal(said(text, 'og:description'), escaped(sentence), key);
      assert.equal(said(text, 'description'), escaped(sentence), key);
      assert.equal(said(text, 'og:image'), `p/${key}/card.png`);
      assert.deepEqual([said(text, 'og:image:width'), said(text, 'og:image:height')], ['1200', '630']);
      assert.match(text, new RegExp(`<title>${escaped(title)} · Rampscope</title>`));
      // What is there without a script: the sentence and the picture.
      const main = text.match(/<main id="app">[\s\S]*<\/main>/)[0];
      assert.ok(main.includes(`<p>${escaped(sentence)}</p>`) && main.includes(`src="p/${key}/picture.svg"`), key);
      assert.match(text, /<noscript>.*needs JavaScript and WebAssembly/);
      const bytes = readFileSync(dist('p', key, 'card.png'));
      assert.equal(bytes.subarray(1, 4).toString(), 'PNG', key);
      assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [PICTURE.width, PICTURE.height], key);
      assert.ok(bytes.length > 10_000, `${key}: ${bytes.length} bytes`);
      pictures.add(bytes.toString('base64'));
      const svg = readFileSync(dist('p', key, 'picture.svg'), 'utf8');
      assert.ok(svg.includes(`<title>${escaped(title).replaceAll('&quot;', '"')}</title>`) && svg.includes('exact sum'), key);
    }
    assert.equal(pictures.size, all.length, 'no two have one picture');
  });

  test('the story’s first screen has one, and is what it was', () => {
    const text = html('story');
    assert.equal(said(text, 'og:title'), 'Same weights, same input. Two CPUs. Two answers.');
    assert.match(text, /<img class="mystery-plot"/);
    assert.ok(existsSync(dist('p/story/card.png')));
  });

  test('every other scene has one, with a picture of its own', () => {
    const cards = SCENES.map((key) => {
      const text = html(key);
      assert.match(said(text, 'og:title'), new RegExp(`\\(${key.at(-1)} of 6\\)$`));
      assert.match(text, new RegExp(`<meta name="rampscope-state" content="#/story\\?scene=${key.at(-1)}">`));
      return readFileSync(dist('p', key, 'card.png')).toString('base64');
    });
    assert.equal(new Set(cards).size, SCENES.length);
  });

  test('a build that knows its address says whole ones', () => {
    const index = readFileSync(dist('index.html'), 'utf8')
      .replaceAll(/<meta (name="rampscope-url"|property="og:url")[^>]*>\n|<link rel="canonical"[^>]*>\n/g, '')
      .replace('</head>', `<meta property="og:url" content="${ADDRESS}">\n<link rel="canonical" href="${ADDRESS}">\n</head>`);
    const text = pageOf(index, { key: 'k', fragment: '#/lab?v=1&seed=7', title: 'a < "b"', sentence: 'A & B.', svg: '', picture: '' }, ADDRESS);
    assert.equal(said(text, 'og:image'), `${ADDRESS}p/k/card.png`);
    assert.equal(said(text, 'og:url'), `${ADDRESS}p/k/`);
    assert.match(text, new RegExp(`<link rel="canonical" href="${ADDRESS}p/k/">`));
    assert.equal(said(text, 'og:title'), 'a &lt; &quot;b&quot;');
    assert.equal(said(text, 'rampscope-state'), '#/lab?v=1&amp;seed=7');
  });
});

for (const browser of browsers()) {
  for (const base of ['/', '/docs/figure/']) {
    describe(`a page that a link is shared by, in ${browser}, served under ${base}`, () => {
      const { server, page } = opened({ browser, url: 'about:blank', served: { base } });
      const code = () => page.text('#kinks td:nth-child(3)');

      test('it opens its preset, live, and is the page from then on', async () => {
        const one = (await presets()).find(({ key }) => key === 'one-pair');
        await page.goto(`${server.url}p/one-pair/`);
        await page.until('a drawn figure', "return document.querySelector('canvas.ramp')?.width > 0");
        assert.equal(await page.text('#preset-shown'), `shown: ${one.title}`);
        assert.equal(await code(), '130');
        assert.equal(await page.count('#notice'), 0);
        const place = await page.run('return [location.pathname, location.hash]');
        assert.deepEqual(place, [base, html('one-pair').match(/name="rampscope-state" content="([^"]*)"/)[1].replaceAll('&amp;', '&')]);
        // Its links lead on without another load, and Back returns.
        await page.run('window.isSame = true');
        await page.click('.views a[href^="#/suspects"]');
        await page.find('#theories');
        await page.back();
        await page.until('the preset again', "return document.querySelector('#preset-shown') !== null");
        assert.equal(await page.run('return window.isSame'), true);
        assert.equal(await page.run('return location.pathname'), base);
        await page.reload();
        await page.until('its figure', "return document.querySelector('canvas.ramp')?.width > 0");
        assert.equal(await code(), '130');
      });

      test('a state in its address wins', async () => {
        await page.goto('about:blank');
        await page.goto(`${server.url}p/one-pair/#/lab?v=1&seed=7`);
        await page.until('seed 7', "return document.querySelector('input[name=seed]')?.value === '7'");
      });

      test('that of the story opens the story', async () => {
        await page.goto(`${server.url}p/story/`);
        await page.until('the first figure', "return document.querySelector('canvas.mystery-plot')?.width > 0");
        assert.equal(await page.hash(), '#/story');
      });

      test('nothing was missing, foreign or against the policy', async () => {
        const asked = server.requests.filter(({ path }) => path !== '/favicon.ico');
        assert.deepEqual(asked.filter(({ status }) => status !== 200), []);
        assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
        assert.deepEqual(server.violations, []);
      });
    });
  }

  describe(`a page that a link is shared by, before it is live, in ${browser}`, () => {
    test('its sentence and its picture are there and leave nothing', async () => {
      const server = await serve();
      const release = server.hold('page_bg.wasm');
      const page = await open({ browser, url: 'about:blank', width: 360, height: 740 });
      try {
        await page.goto(`${server.url}p/one-pair/`);
        const [wide, high] = await page.until('its picture', `
          const { naturalWidth, naturalHeight } = document.querySelector('.shared-picture') ?? {};
          return naturalWidth > 0 && [naturalWidth, naturalHeight];`);
        // WebKit gives the size that a drawing has on the page.
        if (browser === 'webkit') assert.ok(Math.abs(wide / high - 1200 / 630) < 0.02, `${wide} × ${high}`);
        else assert.deepEqual([wide, high], [1200, 630]);
        assert.match(await page.text('#app'), /Both weights are 127/);
        assert.deepEqual(await leavers(page), []);
        release();
        await page.until('a drawn figure', "return document.querySelector('canvas.ramp')?.width > 0");
        assert.equal(await page.count('.shared-picture'), 0);
      } finally {
        release();
        await page.close();
        await server.close();
      }
    });
  });

  describe(`sharing, in ${browser}`, () => {
    let folder;
    let server;
    let page;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'addressed-'));
      const index = readFileSync(dist('index.html'), 'utf8').replaceAll(/<meta name="rampscope-url"[^>]*>\n/g, '');
      await writeFile(join(folder, 'addressed.html'), index.replace('</head>', `<meta name="rampscope-url" content="${ADDRESS}">\n</head>`));
      await writeFile(join(folder, 'bare.html'), index);
      const files = Object.fromEntries(['addressed.html', 'bare.html'].map((name) => [name, join(folder, name)]));
      server = await serve({ files });
      page = await open({ browser, url: 'about:blank' });
    });
    after(async () => {
      await page?.close();
      await server?.close();
      await rm(folder, { recursive: true, force: true });
    });

    test('a preset’s page is offered as long as the state is that preset, of a build with an address', async () => {
      const [{ fragment }] = [{ fragment: said(html('staircase'), 'rampscope-state').replaceAll('&amp;', '&') }];
      const link = () => page.run("document.querySelector('.export').open = true; return document.querySelector('#share-link')?.value");
      await page.goto(`${server.url}addressed.html${fragment}`);
      await page.find('#export-link');
      assert.equal(await link(), `${ADDRESS}p/staircase/`);
      await page.run("location.hash += '&theme=dark'");
      await page.until('none', async () => (await link()) === null);
      await page.goto(`${server.url}bare.html${fragment}`);
      await page.find('#export-link');
      assert.equal(await link(), null);
    });

    test('Share in the head has the link to what is seen, and the scene’s own page; no id is there twice', async () => {
      const sheet = () => page.run("return ['#sheet-link', '#sheet-page'].map((one) => document.querySelector(one)?.value ?? null)");
      await page.goto('about:blank');
      await page.goto(`${server.url}addressed.html#/story?v=1&scene=3`);
      await page.find('canvas.draw-plot');
      assert.deepEqual(await sheet(), [null, null], 'nothing is made before somebody asks');
      await page.click('#share');
      await page.until('both addresses', async () => (await sheet()).join() === `${ADDRESS}#/story?v=1&scene=3,${ADDRESS}p/scene-3/`);
      await page.press(Key.ESCAPE);
      const { fragment } = { fragment: said(html('staircase'), 'rampscope-state').replaceAll('&amp;', '&') };
      await page.run('location.hash = arguments[0]', fragment);
      await page.until('the preset’s page', async () => (await sheet())[1] === `${ADDRESS}p/staircase/`);
      await page.run("document.querySelector('.export').open = true");
      await page.find('#share-link');
      const twice = await page.run("const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.filter((id, at) => ids.indexOf(id) !== at)");
      assert.deepEqual(twice, []);
    });
  });
}
