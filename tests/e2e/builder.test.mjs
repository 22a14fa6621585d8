// The view that makes figures: its lines, pasted into somebody's page, show what its preview shows.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { addressed } from '../../tools/dev/address.mjs';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { Key } from './lib/page.mjs';
import { ROOT, serve } from './lib/server.mjs';

/** Figures, and what their readers see: selectors with a text. */
const FIGURES = [
  { name: 'the default', hash: '#/embed?v=1', sees: { '.summary': /Output 2 with FBGEMM/, 'canvas.ramp': /^$/ }, lacks: ['#kinks', 'select'] },
  {
    name: 'parts with a lock',
    hash: '#/embed?v=1&output=4&focus=ramp,kinks,pairs&controls=at,engine&lock=engine',
    sees: { '.summary': /Output 4/, '#kinks': /steeper/, '#pairs': /0, 1/, 'fieldset.locked select[name=family]:disabled': /FBGEMM/, 'fieldset.locked select[name=engine]:disabled': /AVX2/ },
    lacks: ['fieldset.locked input', '#engines'],
  },
  {
    name: 'weights by hand',
    hash: '#/embed?v=1&inputs=2&outputs=1&output=0&focus=weights&w=0.0:113_-114',
    sees: { '.panel': /113 and −114|Weights/ },
    values: { 'input[name=w-0-0]': '113', 'input[name=w-0-1]': '−114' },
    lacks: ['canvas.ramp'],
  },
  {
    name: 'a step of the story',
    hash: '#/embed?v=1&figure=step&page=3&hide=at',
    sees: { '#question-safe': /127/, '#pairs': /127/ },
    lacks: ['#next-step', '#previous-step', 'input[name=at]'],
  },
  { name: 'the suspects', hash: '#/embed?v=1&figure=suspects&recorded_output=4', sees: { '#theories': /pairs saturate/, h2: /guess/ }, lacks: [] },
];

for (const browser of browsers()) {
  describe(`figures made in ${browser}`, () => {
    let app;
    let folder;
    let page;
    let site;
    before(async () => {
      site = await authored(browser);
      ({ app, folder, page } = site);
    });
    after(() => site?.close());

    /** Opens the view as if nothing had been open before, and waits for its preview. */
    const make = async (hash, url = app.url) => {
      await page.goto('about:blank');
      await page.goto(url + hash);
      await page.until('a preview', "return document.querySelector('.preview-figure')?.shadowRoot?.querySelector('.panel') && document.querySelector('#preview-height')");
    };

    /** The lines for a tool, as they are shown. */
    const lines = async (key) => {
      await page.click(`#snippet-for option[value="${key}"]`);
      await page.frame();
      return page.text('#snippet');
    };

    /** The link that what is saved would carry. */
    const savedLink = async () => {
      await page.find('.export');
      await page.run("document.querySelector('.export').open = true");
      return page.value('#export-link');
    };

    /** A page of somebody, its figure in a column. */
    const paste = async (body, width = 640) => {
      await site.author('pasted.html', `<main>${body}</main>`);
      await page.run(`document.querySelector('main').style.width = '${width}px'`);
    };

    /** Waits until a document, or the shadow tree of an element, has what readers should see. */
    const seen = async ({ name, sees, values = {}, lacks }, root) => {
      const texts = () => page.run(`const root = ${root}; return arguments[0].map((one) => root?.querySelector(one)?.textContent ?? null)`, Object.keys(sees));
      await page.until(`${name}: ${Object.keys(sees)}`, async () => {
        const found = await texts();
        return Object.values(sees).every((text, index) => found[index] !== null && text.test(found[index].trim()));
      });
      for (const one of lacks) assert.equal(await page.run(`return (${root}).querySelector(arguments[0]) === null`, one), true, `${name} has ${one}`);
      for (const [one, value] of Object.entries(values)) assert.equal(await page.run(`return (${root}).querySelector(arguments[0]).value`, one), value);
    };

    /** How much higher than its frame the content of a page's only frame is. */
    const overflow = async () => {
      const more = await page.run('const root = document.documentElement; return root.scrollHeight - innerHeight');
      await page.driver.switchTo().defaultContent();
      return more;
    };

    for (const figure of FIGURES) {
      test(`${figure.name}: the preview, the element and the frame show the same`, async () => {
        await make(figure.hash);
        await seen(figure, "document.querySelector('.preview-figure').shadowRoot");
        const [element, frame] = [await lines('element'), await lines('frame')];
        await paste(element);
        await seen(figure, "document.querySelector('ramp-scope')?.shadowRoot");
        // Without its script the frame has the height of the preview; with it, of any column.
        await paste(frame.replace(/<script.*<\/script>/, ''));
        await page.driver.switchTo().frame(0);
        await seen(figure, 'document');
        const spare = await page.run("return innerHeight - document.getElementById('page').getBoundingClientRect().height");
        assert.ok((await overflow()) <= 0, 'it scrolls within the frame');
        assert.ok(spare < 40, `${spare} px of the frame are empty`);
        await paste(frame, 330);
        await page.until('the height of a narrow column', async () => {
          await page.driver.switchTo().frame(0);
          const isLive = await page.run("return document.querySelector('#app .panel') !== null");
          return (await overflow()) <= 0 && isLive;
        });
      });
    }

    test('what is ticked is shown, and leaving the view takes it away', async () => {
      await make('#/embed?v=1&output=4');
      for (const box of ['focus-kinks', 'controls-engine', 'lock-engine']) await page.click(`input[name="${box}"]`);
      await page.until('all in the preview', "const tree = document.querySelector('.preview-figure').shadowRoot; return tree.querySelector('#kinks') && tree.querySelector('select[name=engine]:disabled')");
      await page.until('the address', async () => /focus=ramp,kinks&controls=engine&lock=engine/.test(await page.hash()));
      await page.click('.preview-widths button:first-child');
      await page.until('a narrow preview', "return document.querySelector('.preview-figure').getBoundingClientRect().width === 320");
      await page.click('select[name=figure] option[value=step]');
      await page.click('#figure-step option[value="step-5"]');
      await page.click('input[name="controls-at"]');
      await page.until('the step without its control', "const tree = document.querySelector('.preview-figure').shadowRoot; return tree.querySelector('#question-effect') && !tree.querySelector('input[name=at]')");
      assert.match(await lines('element'), /<ramp-scope view="story" page="5" steps="5" hide="at" lock="engine">/);
      await page.click('.views a[href^="#/lab"]');
      await page.until('the whole Lab', "return document.querySelector('.lab') !== null");
      assert.doesNotMatch(await page.hash(), /focus|lock|hide|figure|controls/);
    });

    test('the view that one comes from is what the figure is of', async () => {
      await page.goto(`${app.url}#/suspects`);
      await page.click('.views a[href^="#/embed"]');
      await page.until('the suspects', "return document.querySelector('select[name=figure]')?.value === 'suspects'");
    });

    test('what is moved in the preview is where readers begin, and can be undone', async () => {
      await make('#/embed?v=1&controls=at');
      await page.run(`const slider = document.querySelector('.preview-figure').shadowRoot.querySelector('input[type=range]');
        slider.value = 1; slider.dispatchEvent(new Event('input', { bubbles: true }));`);
      await page.until('the lines', "return / at=\"1\"/.test(document.querySelector('#snippet').textContent)");
      await page.until('the address', async () => /at=1/.test(await page.hash()));
      await page.run("document.querySelector('.preview-figure').shadowRoot.querySelector('[role=slider]').focus()");
      await page.press(']');
      await page.until('one kink further, not two', "return / at=\"1\\.1/.test(document.querySelector('#snippet').textContent)");
      await page.click('#undo');
      await page.click('#undo');
      await page.until('back', "return !/ at=/.test(document.querySelector('#snippet').textContent)");
      await page.until('in the preview too', "return document.querySelector('.preview-figure').shadowRoot.querySelector('input[type=range]').value === '2'");
    });

    test('a copy is said only once it is made, and no longer once the lines have changed', async () => {
      await make('#/embed?v=1');
      await page.run(`window.asked = [];
        navigator.clipboard.writeText = (text) => new Promise((done) => window.asked.push({ text, done }));`);
      await page.click('#copy-snippet');
      await page.frame();
      const label = () => page.run("return document.querySelector('#copy-snippet').firstChild.textContent.trim()");
      assert.equal(await label(), 'Copy');
      assert.equal(await page.run('return window.asked[0].text'), await page.text('#snippet'));
      await page.run('window.asked[0].done()');
      await page.until('it says so', async () => (await label()) === 'Copied');
      assert.match((await page.texts('.lines [role=status]')).join(), /copied/);
      await page.click('input[name="focus-kinks"]');
      await page.until('another text', async () => (await label()) === 'Copy');
    });

    test('a frame without the permission to copy selects the lines instead', async () => {
      await paste(`<iframe title="view" width="600" height="800" sandbox="allow-scripts" src="${app.url}embed.html#/embed?v=1"></iframe>`);
      await page.driver.switchTo().frame(0);
      await page.click('#copy-snippet');
      if (browser !== 'chromium') {
        // They let whoever clicks.
        await page.until('a word on it', "return /copied/.test(document.querySelector('.lines [role=status]').textContent)");
        await page.driver.switchTo().defaultContent();
        return;
      }
      await page.until('a word on it', "return /does not let/.test(document.querySelector('.lines [role=status]').textContent)");
      assert.equal((await page.run('return getSelection().toString()')).trim(), await page.text('#snippet'));
      await page.driver.switchTo().defaultContent();
    });

    test('an issue gets the numbers, the link, and a picture beside them', async () => {
      await make('#/embed?v=1&focus=kinks');
      const text = await lines('issue');
      assert.match(text, /FBGEMM \(AVX2\) bends twice\..*x = 1\.105 \(code 170, shallower\) and x = 2\.811 \(code 241, turned\)/);
      assert.ok(text.includes(`(${app.url}#/lab)`), text);
      await page.catchFiles();
      await page.click('#save-picture');
      const made = await page.saved();
      assert.equal(made.name, 'rampscope-output-2.png');
      const png = Buffer.from(made.bytes);
      const [, link] = /\]\((.*)\)$/.exec(text);
      const at = png.indexOf('tEXtDescription\0');
      assert.ok(at > 0, 'a text chunk');
      assert.equal(png.toString('latin1', at + 'tEXtDescription\0'.length, at + 4 + png.readUInt32BE(at - 4)), link);
      assert.equal(await savedLink(), link);
    });

    test('each of two buttons that copy says what it copies', async () => {
      await make('#/embed?v=1');
      for (const [key, file] of [['docusaurus', 'docusaurus.config.js'], ['hugo', 'layouts/_shortcodes/ramp.html']]) {
        await lines(key);
        const names = await page.texts('.lines button');
        assert.deepEqual(names.map((name) => name.replace(/\s+/g, ' ').trim()), [`Copy the lines for ${file}`, 'Copy the lines for the page']);
      }
    });

    test('a preview without its style sheet says so', async () => {
      app.hold('figure.css', 404)();
      await page.goto('about:blank');
      await page.goto(`${app.url}#/embed?v=1`);
      try {
        await page.until('a word on it', "return /figure\\.css.*Reload/.test(document.querySelector('.preview-page [role=alert]')?.textContent)");
      } finally {
        app.mend('figure.css');
      }
      await make('#/embed?v=1');
      assert.equal(await page.run("return document.querySelector('.preview-page [role=alert]')"), null);
    });

    test('an address of the own machine can be used, with a word on it', async () => {
      await make('#/embed?v=1');
      assert.match(await page.text('#own-machine'), /your own machine only/);
      assert.match(await page.text('#snippet'), /http:\/\/127\.0\.0\.1/);
      await page.run("document.querySelector('.address').open = true");
      // Typed, letter by letter: the field stays as the word goes.
      await page.fill('#address', '');
      await page.keys('#address', 'https://docs.example/scope/');
      await page.until('no word on it', "return document.querySelector('#own-machine').hidden");
      assert.equal(await page.value('#address'), 'https://docs.example/scope/');
      assert.equal(await page.run("return document.activeElement.id + document.querySelector('.address').open"), 'addresstrue');
    });

    test('the address is asked for where the page has none, and what is typed stays', async () => {
      await make('#/embed?v=1', pathToFileURL(join(ROOT, 'dist/rampscope.html')).href);
      assert.match(await page.text('#no-address'), /is a file/);
      assert.match(await page.text('#snippet'), /https:\/\/example\.org\/rampscope\/element\.js/);
      await page.keys('#address', 'docs.example/scope');
      await page.until('a fault', "return /begin with https/.test(document.querySelector('#address-fault').textContent)");
      await page.fill('#address', 'https://docs.example/scope');
      await page.until('the lines have it', "return document.querySelector('#snippet').textContent.includes('https://docs.example/scope/element.js')");
      assert.equal(await page.run("return document.querySelector('#address-fault').textContent"), '');
      await page.click('.views a[href^="#/lab"]');
      assert.equal(await savedLink(), 'https://docs.example/scope/#/lab');
      await page.click('.views a[href^="#/embed"]');
      assert.equal(await page.value('#address'), 'https://docs.example/scope');
    });

    test('a file without an address names itself in what is saved, and not its folder', async () => {
      await page.goto('about:blank');
      await page.goto(`${pathToFileURL(join(ROOT, 'dist/rampscope.html')).href}#/lab?v=1&seed=7`);
      assert.equal(await savedLink(), 'rampscope.html#/lab?v=1&seed=7');
    });

    test('a build that knows its address says it to other sites, and its lines have it', async () => {
      const url = 'https://docs.example/rampscope/';
      const html = addressed(await readFile(join(ROOT, 'dist/index.html'), 'utf8'), url);
      for (const one of ['og:url" content="', 'canonical" href="', 'rampscope-url" content="']) assert.ok(html.includes(`${one}${url}"`), one);
      assert.ok(html.includes(`og:image" content="${url}preview.png"`));
      assert.equal(addressed(html, ''), html);
      for (const bad of ['docs.example/', 'ftp://docs.example/', 'https://docs.example/rampscope', 'https://docs.example/?a/']) {
        assert.throws(() => addressed(html, bad), /has to be the address of a folder/, bad);
      }
      const file = join(folder, 'known.html');
      await writeFile(file, html);
      const known = await serve({ files: { 'index.html': file } });
      try {
        await make('#/embed?v=1', known.url);
        assert.match(await page.text('#snippet'), /src="https:\/\/docs\.example\/rampscope\/element\.js"/);
        assert.equal(await savedLink(), `${url}#/lab`);
        await page.run("document.querySelector('.address').open = true");
        assert.equal(await page.value('#address'), url);
        await page.keys('#address', Key.chord(Key.CONTROL, 'a'), 'https://other.example/');
        await page.until('another one', "return document.querySelector('#snippet').textContent.includes('https://other.example/element.js')");
      } finally {
        await known.close();
      }
    });

    test('nothing was wrong with any of the pages', async () => {
      assert.deepEqual((await page.problems()).filter((one) => !/favicon\.ico|[Cc]lipboard|figure\.css/.test(one)), []);
      assert.deepEqual(app.violations, []);
    });
  });
}
