// Why are these two numbers different, as a person asks it: a report pasted, numbers typed, questions
// answered, and the answer taken along.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browsers, open } from './lib/browsers.mjs';
import { ROOT, serve } from './lib/server.mjs';

/** The text of a report as its reporter wrote it. */
const report = (name) => JSON.parse(readFileSync(join(ROOT, `tests/reports/${name}.json`), 'utf8')).cases[0].text;

for (const browser of browsers()) {
  describe(`why numbers differ, in ${browser}`, () => {
    let server;
    let page;
    let folder;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'rampscope-why-'));
      server = await serve({});
      page = await open({ browser, url: server.url });
    });
    after(async () => {
      await page?.close();
      await server?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const fresh = async (hash = '#/check?ask=numbers') => {
      await page.goto('about:blank');
      await page.goto(server.url + hash);
      await page.until('the fields', "return document.querySelector('#entry-a') !== null");
    };
    const says = (selector, wanted) =>
      page.until(`${selector} says ${wanted}`, async () => wanted.test((await page.texts(selector)).join(' ')));
    /** Types or pastes a text into a field, as one input. */
    const enter = (id, text) =>
      page.run(
        `const [id, text] = arguments; const field = document.querySelector(id); field.value = text;
         field.dispatchEvent(new InputEvent('input', { bubbles: true }));`,
        id,
        text,
      );
    const value = (id) => page.run('return document.querySelector(arguments[0]).value', id);
    const hash = () => page.run('return decodeURIComponent(location.hash)');

    test('the question is asked by a button, and a report in a line is answered', async () => {
      await fresh('#/check?ask=numbers');
      await page.click('button[name="ask-machine"]');
      await page.until('the machines', "return document.querySelector('#machine-field') !== null");
      await page.click('button[name="ask-numbers"]');
      await page.until('the fields', "return document.querySelector('#entry-a') !== null");
      await enter('#report-text', report('onednn-518'));
      await says('#why-said', /32767 is the pair \(0, 1\) at its rail: 255·127 \+ 255·127 = 64770 does not fit 16 bits; exact gives 64770/);
      assert.deepEqual(await Promise.all(['#entry-a', '#entry-at', '#entry-b', '#entry-bt', '#entry-hand'].map(value)), ['255, 255', 'u8', '127, 127', 's8', '64770']);
      assert.match((await page.texts('.findings strong')).join(), /^pair clamps$/);
      await says('#verdict', /^Yes\./);
    });

    test('what was entered stands in the link, and a reload keeps it', async () => {
      await page.until('the link', async () => (await hash()).includes('a=255, 255'));
      await page.goto(await page.run('return location.href'));
      await page.run('location.reload()');
      await says('#why-said', /64770 does not fit 16 bits/);
      assert.equal(await value('#entry-seen'), '32767');
    });

    test('of two matrices the cells that differ are marked, and Markdown tells them', async () => {
      await fresh();
      await enter('#report-text', report('onnxruntime-7524'));
      await says('#why-said', /3 of 9 numbers differ\. Row 1, output 2 is 35057 in place of 41351/);
      assert.deepEqual(await page.texts('.cells td.differs span'), ['exact 40214', 'exact 41351', 'exact 36548']);
      const markdown = await value('#why-markdown');
      assert.equal(markdown.split('\n').filter((line) => line.startsWith('| ')).length, 1 + 2);
      assert.match(markdown, /\| machine 1 \| 35057 \(3 of 9 differ\) \| 41351 \| /);
      assert.ok(markdown.includes(`](<${server.url}`), markdown);
    });

    test('an example is one click, and a clamped output is no pair', async () => {
      await fresh();
      await page.run(`[...document.querySelectorAll('.why .examples button')].find((one) => one.textContent === 'a convolution gives 0').click()`);
      await says('#why-said', /below the range 0 to 255, and becomes 0: give the output a zero point of at least 63/);
      await says('#verdict', /^No\./);
      await page.click('#clear-entry');
      await page.until('nothing', async () => (await value('#entry-a')) === '' && (await page.count('#why-said')) === 0);
    });

    test('what no word names is asked, and its exact sums are shown', async () => {
      await fresh();
      await enter('#report-text', '[[1, 2], [3, 4]] times [[5, 6], [7, 8]]');
      await says('.report', /2 found\. Say what 2 of them are/);
      const press = (at, name) =>
        page.run(
          `const [at, name] = arguments; const one = document.querySelectorAll('.open li')[at];
           [...one.querySelectorAll('button')].find((button) => button.textContent === name).click();`,
          at,
          name,
        );
      await press(0, 'A, or x');
      await page.until('A', async () => (await value('#entry-a')) === '1, 2\n3, 4');
      await press(1, 'B, or w');
      await says('#why', /Exact sums/);
      await page.run(`const list = document.querySelector('#entry-of'); list.value = 'columns'; list.dispatchEvent(new Event('change', { bubbles: true }));`);
      await page.until('the sums', async () => (await page.texts('.cells tbody td')).join() === '19,22,43,50');
    });

    test('a number that is none is named at its field, and stays there', async () => {
      await fresh();
      await enter('#entry-a', '255, 2x');
      await enter('#entry-b', '1, 2');
      await says('.entry-field .field-problem', /^A, or x: .*2x/);
      assert.equal(await value('#entry-a'), '255, 2x');
      assert.equal(await page.run("return document.querySelector('#entry-a').getAttribute('aria-invalid')"), 'true');
      await enter('#entry-a', '255, 2, 3');
      await says('#entry-fault', /\S/);
      await enter('#entry-a', '255, 2');
      await says('#why', /Exact sums/);
    });

    test('without a number the six questions lead to an answer', async () => {
      await fresh();
      await page.run(`const list = document.querySelector('#entry-who'); list.value = 'withVnni'; list.dispatchEvent(new Event('change', { bubbles: true }));`);
      await says('#verdict', /^No\..*never pair saturation/);
      await page.until('the link', async () => (await hash()).includes('who=withVnni'));
    });

    test('a saved entry is opened again; what is none is said', async () => {
      await fresh();
      const made = (name, text) => {
        const file = join(folder, name);
        writeFileSync(file, text);
        return file;
      };
      const give = async (file) => (await page.find('#open-entry')).sendKeys(file);
      await page.run(
        `window.saved = []; const make = URL.createObjectURL;
         URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make(blob); };`,
      );
      await enter('#report-text', report('onednn-518'));
      await says('#why-said', /64770/);
      await page.click('#save-entry');
      await page.until('the file', 'return window.saved.length === 1');
      const saved = await page.run('return window.saved[0]');
      assert.deepEqual(JSON.parse(saved).a, [255, 255]);
      await page.click('#clear-entry');
      await page.until('nothing', async () => (await value('#entry-a')) === '');
      await give(made('none.json', '{"a": '));
      await says('.take .field-problem', /no JSON/);
      await give(made('other.json', '{"weights": []}'));
      await says('.take .field-problem', /no saved entry/);
      await give(made('saved.json', saved));
      await says('#why-said', /64770/);
      assert.equal(await page.count('.take .field-problem'), 0);
    });

    test('what is too long for a link is explained all the same, and said', async () => {
      await fresh();
      const many = Array.from({ length: 2000 }, () => 200).join(', ');
      await enter('#entry-a', many);
      await enter('#entry-b', Array.from({ length: 2000 }, () => 1).join(', '));
      await enter('#entry-seen', '400000');
      await says('#too-long', /too long for a link/);
      await says('#why-said', /400000 is the exact result/);
      assert.ok((await hash()).length < 100, await hash());
    });

    test('at 320 px nothing leaves the page, and nothing went wrong', async () => {
      await page.resize({ width: 320, height: 800 });
      await fresh();
      await enter('#report-text', report('onnxruntime-7524'));
      await says('#why-said', /3 of 9/);
      const wide = await page.run('return document.documentElement.scrollWidth - innerWidth');
      assert.ok(wide <= 0, `${wide} px too wide`);
      await page.resize({ width: 1280, height: 900 });
      assert.deepEqual(await page.problems(), []);
      assert.deepEqual(server.violations, []);
    });
  });
}
