// Why are these two numbers different, as a person asks it: a report pasted, numbers typed, questions
// answered, and the answer taken along.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browsers } from './lib/browsers.mjs';
import { opened } from './lib/opened.mjs';
import { ROOT } from './lib/server.mjs';

/** The text of a report as its reporter wrote it. */
const report = (name) => JSON.parse(readFileSync(join(ROOT, `tests/reports/${name}.json`), 'utf8')).cases[0].text;

/** Reports in words, as tests/explain_texts.rs reads them. */
const TEXTS = JSON.parse(readFileSync(join(ROOT, 'tests/explain_texts/cases.json'), 'utf8'));
/** How a verdict begins. */
const IS = { yes: 'Yes.', maybe: 'It may be.', no: 'No.', unknown: 'Not known yet.' };

for (const browser of browsers()) {
  describe(`why numbers differ, in ${browser}`, () => {
    const { server, page } = opened({ browser });
    let folder;
    before(() => { folder = mkdtempSync(join(tmpdir(), 'rampscope-why-')); });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const fresh = async (hash = '#/check?ask=numbers') => {
      await page.goto('about:blank');
      await page.goto(server.url + hash);
      await page.until('the fields', "return document.querySelector('#entry-a') !== null");
    };
    const value = (id) => page.value(id);
    const hash = () => page.run('return decodeURIComponent(location.hash)');

    test('the question is asked by a button, and a report in a line is answered', async () => {
      await fresh('#/check?ask=numbers');
      await page.click('button[name="ask-machine"]');
      await page.until('the machines', "return document.querySelector('#machine-field') !== null");
      await page.click('button[name="ask-numbers"]');
      await page.until('the fields', "return document.querySelector('#entry-a') !== null");
      await page.enter('#report-text', report('onednn-518'));
      await page.says('#why-said', /32767 is the pair \(0, 1\) at its rail: 255·127 \+ 255·127 = 64770 does not fit 16 bits; exact gives 64770/);
      assert.deepEqual(await Promise.all(['#entry-a', '#entry-at', '#entry-b', '#entry-bt', '#entry-hand'].map(value)), ['255, 255', 'u8', '127, 127', 's8', '64770']);
      assert.match((await page.texts('.findings strong')).join(), /^pair clamps$/);
      await page.says('#verdict', /^Yes\./);
    });

    test('what was entered stands in the link, and a reload keeps it', async () => {
      await page.until('the link', async () => (await hash()).includes('a=255, 255'));
      await page.goto(await page.run('return location.href'));
      await page.run('location.reload()');
      await page.says('#why-said', /64770 does not fit 16 bits/);
      assert.equal(await value('#entry-seen'), '32767');
    });

    test('of two matrices the cells that differ are marked, and Markdown tells them', async () => {
      await fresh();
      await page.enter('#report-text', report('onnxruntime-7524'));
      await page.says('#why-said', /3 of 9 numbers differ\. Row 1, output 2 is 35057 in place of 41351/);
      assert.deepEqual(await page.texts('.cells td.differs span'), ['exact 40214', 'exact 41351', 'exact 36548']);
      const markdown = await value('#why-markdown');
      assert.equal(markdown.split('\n').filter((line) => line.startsWith('| ')).length, 1 + 2);
      assert.match(markdown, /\| Actual \| 35057 \(3 of 9 differ\) \| 41351 \| /);
      assert.ok(markdown.includes(`](<${server.url}`), markdown);
    });

    test('an example is one click, and a clamped output is no pair', async () => {
      await fresh();
      await page.run(`[...document.querySelectorAll('.why-panel .examples button')].find((one) => one.textContent === 'a convolution gives 0').click()`);
      await page.says('#why-said', /below the range 0 to 255, and becomes 0: give the output a zero point of at least 63/);
      await page.says('#verdict', /^No\./);
      // A report that names nothing leaves the fields as they are.
      await page.enter('#report-text', 'hello');
      await page.says('.report', /No numbers with a name/);
      assert.equal(await value('#entry-ys'), '32');
      await page.click('#clear-entry');
      await page.until('nothing', async () => (await value('#entry-a')) === '' && (await page.count('#why-said')) === 0);
      assert.equal(await value('#report-text'), '');
      assert.equal(await page.count('.report [role="status"]'), 0);
    });

    test('a report that was pasted into the field of an operand is read as one', async () => {
      await fresh();
      await page.enter('#entry-b', TEXTS.find(({ name }) => name === 'a table under a heading with its zero point').text);
      await page.says('#why-said', /3 of 9 numbers differ\. Row 1, output 2 is 35057 in place of 41351/);
      assert.deepEqual(await Promise.all(['#entry-az', '#entry-bz'].map(value)), ['42', '-26']);
      assert.match(await value('#report-text'), /^MatMulInteger gives/);
    });

    test('the answer stays while something else is typed, and what is typed stays in its place', async () => {
      await fresh();
      await page.enter('#report-text', report('onednn-518'));
      await page.says('#why-said', /64770/);
      const typed = await page.driver.executeAsyncScript(
        `const done = arguments[0];
         const field = document.querySelector('#entry-seen');
         field.focus();
         field.scrollIntoView({ block: 'center', behavior: 'instant' });
         const top = () => Math.round(field.getBoundingClientRect().top);
         requestAnimationFrame(() => {
           const from = top();
           field.value = '12345';
           field.dispatchEvent(new InputEvent('input', { bubbles: true }));
           requestAnimationFrame(() => requestAnimationFrame(() => {
             const why = document.querySelector('#why');
             const while_ = [why.getAttribute('aria-busy'), document.querySelectorAll('#why-said').length, document.querySelectorAll('#verdict').length, document.querySelectorAll('#why-markdown').length];
             new MutationObserver((all, observer) => {
               if (why.getAttribute('aria-busy') !== 'false') return;
               observer.disconnect();
               requestAnimationFrame(() => requestAnimationFrame(() => done({ while_, moved: top() - from, said: document.querySelector('#why-said').innerText })));
             }).observe(why, { attributes: true });
           }));
         });`,
      );
      assert.deepEqual(typed.while_, ['true', 1, 1, 0]);
      assert.match(typed.said, /No arithmetic that was tried gives 12345/);
      assert.ok(Math.abs(typed.moved) <= 1, `${typed.moved} px`);
      // What cannot be read leaves the last answer, and says that it is the last.
      await page.enter('#entry-seen', '12x');
      await page.says('#why', /This is the answer to what stood here before/);
      assert.equal(await page.count('#why-markdown'), 0);
    });

    test('a label says where, and who is wrong follows from it', async () => {
      await fresh();
      await page.enter('#report-text', 'x=[255,255] u8, w=[127,127] s8. AVX2: 32767, VNNI: 64770');
      await page.says('#why-said', /^AVX2: 32767 [\s\S]*VNNI: 64770 is the exact result/);
      assert.deepEqual(await Promise.all(['#entry-m', '#entry-m2'].map(value)), ['AVX2', 'VNNI']);
      await page.says('#at-all', /from the numbers: one without AVX-512 VNNI/);
      await page.enter('#entry-m', 'VNNI');
      await page.enter('#entry-m2', 'AVX2');
      await page.says('#verdict', /^No\..*never pair saturation/);
      // A person's own answer is not told to follow.
      await page.choose('#entry-who', 'withVnni');
      await page.until('no such words', async () => !/from the numbers: one with/.test((await page.texts('#at-all')).join()));
      // It is in the link, and comes back.
      await page.until('the link', async () => (await hash()).includes('m=VNNI'));
      await page.run('location.reload()');
      await page.says('#why-said', /^VNNI: 32767/);
    });

    test('what is corrected by hand stays when the report goes on', async () => {
      await fresh();
      await page.enter('#report-text', 'x=[100,100] u8, w=[127,127] s8, observed 25400');
      await page.says('#why-said', /exact result/);
      await page.choose('#entry-at', 's8');
      await page.enter('#entry-az', '3');
      await page.enter('#report-text', 'x=[100,100] u8, w=[127,127] s8, observed 24638');
      await page.until('the number', async () => (await value('#entry-seen')) === '24638');
      assert.deepEqual(await Promise.all(['#entry-at', '#entry-az'].map(value)), ['s8', '3']);
      // What stands behind the disclosure stays open once it was shown.
      await page.enter('#report-text', 'x=[100,100] u8, w=[127,127] s8, y_scale=2, observed 24638');
      await page.until('open', "return document.querySelector('.more-fields').open");
      await page.enter('#entry-ys', '');
      await page.frame();
      assert.equal(await page.run("return document.querySelector('.more-fields').open"), true);
    });

    test('heads of a table say which rows and outputs they are', async () => {
      await fresh('#/check?ask=numbers&entry=a%3D1,%202%5Cn3,%204%3Bb%3D5,%206%5Cn7,%208%3Bof%3Dcolumns%3Bseen%3D43,%2051');
      await page.says('#why-said', /\S/);
      assert.deepEqual(await page.texts('.cells :is(thead td, th)'), ['row \\ output', '0', '1', '1']);
    });

    test('what no word names is asked, and its exact sums are shown', async () => {
      await fresh();
      await page.enter('#report-text', '[[1, 2], [3, 4]] times [[5, 6], [7, 8]]');
      await page.says('.report', /2 found\. Say what 2 of them are/);
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
      await page.says('#why', /Exact sums/);
      await page.choose('#entry-of', 'columns');
      await page.until('the sums', async () => (await page.texts('.cells tbody td')).join() === '19,22,43,50');
    });

    test('a number that is none is named at its field, and stays there', async () => {
      await fresh();
      await page.enter('#entry-a', '255, 2x');
      await page.enter('#entry-b', '1, 2');
      await page.says('.entry-field .field-problem', /^A, or x: .*2x/);
      assert.equal(await value('#entry-a'), '255, 2x');
      assert.equal(await page.run("return document.querySelector('#entry-a').getAttribute('aria-invalid')"), 'true');
      await page.enter('#entry-a', '255, 2, 3');
      await page.says('#entry-fault', /\S/);
      await page.enter('#entry-a', '255, 2');
      await page.says('#why', /Exact sums/);
    });

    test('without a number the six questions lead to an answer', async () => {
      await fresh();
      await page.choose('#entry-who', 'withVnni');
      await page.says('#verdict', /^No\..*never pair saturation/);
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
      await page.catchFiles();
      await page.enter('#report-text', report('onednn-518'));
      await page.says('#why-said', /64770/);
      await page.click('#save-entry');
      const saved = (await page.saved()).text;
      assert.deepEqual(JSON.parse(saved).a, [255, 255]);
      await page.click('#clear-entry');
      await page.until('nothing', async () => (await value('#entry-a')) === '');
      await give(made('none.json', '{"a": '));
      await page.says('.take .field-problem', /no JSON/);
      await give(made('other.json', '{"weights": []}'));
      await page.says('.take .field-problem', /no saved entry/);
      const more = { ...JSON.parse(saved), seen: [1, 2, 3, 4].map((values) => ({ label: `${values}`, values })) };
      await give(made('more.json', JSON.stringify(more)));
      await page.says('.take [role="status"]', /no field here: 1 further result\./);
      await give(made('saved.json', saved));
      await page.says('#why-said', /64770/);
      assert.equal(await page.count('.take .field-problem'), 0);
      // Where the browser does not let the page copy, the text is selected.
      await page.run("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
      await page.click('#copy-why');
      await page.says('.take .copy', /The text is selected/);
      assert.equal(await page.run("const { selectionStart, selectionEnd, value } = document.querySelector('#why-markdown'); return selectionEnd - selectionStart === value.length"), true);
    });

    test('what is too long for a link is explained all the same, and said', async () => {
      await fresh();
      const many = Array.from({ length: 2000 }, () => 200).join(', ');
      await page.enter('#entry-a', many);
      await page.enter('#entry-b', Array.from({ length: 2000 }, () => 1).join(', '));
      await page.enter('#entry-seen', '400000');
      await page.says('#too-long', /too long for a link/);
      await page.says('#why-said', /400000 is the exact result/);
      assert.ok((await hash()).length < 100, await hash());
      // Another view and back: it is still there.
      await page.run("location.hash = '#/lab'");
      await page.until('the lab', "return document.querySelector('canvas.ramp') !== null");
      await page.run("location.hash = '#/check?ask=numbers'");
      await page.says('#why-said', /400000 is the exact result/);
      assert.equal(await value('#entry-a'), many);
    });

    test('every report is answered as it stands', async () => {
      for (const { name, text, fields, says, verdict } of TEXTS) {
        await page.run("document.querySelector('#clear-entry')?.click()");
        await page.enter('#report-text', text);
        for (const [key, written] of Object.entries(fields)) {
          const id = `#entry-${key}`;
          const isList = await page.run('return document.querySelector(arguments[0]).localName === "select"', id);
          await (isList ? page.choose(id, written) : page.enter(id, written));
        }
        const said = async () => (await page.texts('#why-said, #verdict')).map((one) => one.replace(/\s+/g, ' '));
        const isThere = async () => {
          const [sentence, is] = await said();
          return (await page.attribute('#why', 'aria-busy')) === 'false' && sentence?.includes(says) && is?.startsWith(IS[verdict]);
        };
        await page.until(`${name}: ${says}`, isThere).catch(async (error) => assert.fail(`${error.message} ${await said()}`));
      }
    });

    test('a product opens in the Lab, a row of it, and its picture goes along', async () => {
      await fresh();
      await page.enter('#report-text', report('onnxruntime-7524'));
      await page.says('.to-lab', /a part: row 1, of 3 rows/);
      await page.catchFiles();
      await page.click('#save-picture');
      assert.equal((await page.saved()).name, 'rampscope-output-2.png');
      await page.click('#why-lab');
      await page.until('the lab', "return document.querySelector('canvas.ramp') !== null");
      await page.says('.pipeline', /35057/);
      await page.run('history.back()');
      await page.says('#why-said', /35057/);
      // What adds no products is no layer.
      await page.enter('#report-text', TEXTS.find(({ name }) => name === 'onnxruntime-25512').text);
      await page.says('#why-said', /−112/);
      assert.equal(await page.count('#why-lab'), 0);
    });

    test('at 320 px nothing leaves the page, and nothing went wrong', async () => {
      await page.resize({ width: 320, height: 800 });
      await fresh();
      await page.enter('#report-text', report('onnxruntime-7524'));
      await page.says('#why-said', /3 of 9/);
      const wide = await page.run('return document.documentElement.scrollWidth - innerWidth');
      assert.ok(wide <= 0, `${wide} px too wide`);
      await page.resize({ width: 1280, height: 900 });
      assert.deepEqual(await page.problems(), []);
      assert.deepEqual(server.violations, []);
    });
  });
}
