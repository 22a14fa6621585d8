// The Check view as a person uses it: a machine pasted, typed or picked, two side by side; a recording of
// one's own machine, good and broken; and the browser's instruction.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browsers, open } from './lib/browsers.mjs';
import { opened } from './lib/opened.mjs';
import { ROOT, serve } from './lib/server.mjs';

const OWN = join(ROOT, 'tests/recordings/torch-2.15.0-avx2.json');
const EXAMPLES = JSON.parse(readFileSync(join(ROOT, 'tests/machines/examples.json'), 'utf8')).examples;
const LIBRARIES = JSON.parse(readFileSync(join(ROOT, 'www/machines/libraries.json'), 'utf8')).libraries;
/** What a class is called on the page. */
const NAMES = {
  exact: 'exact', exact_by_range: 'exact by range', pairs_saturate: 'pairs saturate', pairs_saturate_shift128: 'pairs saturate after +128',
  half_scale: 'weights are halved', acc16_saturating: '16-bit sum saturates', pairs_wrap: 'pairs wrap', not_available: 'not available', unknown: 'unknown',
};

for (const browser of browsers()) {
  describe(`the check in ${browser}`, () => {
    const { server, page } = opened({ browser });
    let folder;
    before(() => { folder = mkdtempSync(join(tmpdir(), 'rampscope-check-')); });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const fresh = async (hash = '#/check') => {
      await page.goto('about:blank');
      await page.goto(server.url + hash);
      await page.until('the field', "return document.querySelector('#machine-pick') !== null");
    };
    const give = async (file) => (await page.find('#recording-file')).sendKeys(file);
    const made = (name, text) => {
      const file = join(folder, name);
      writeFileSync(file, text);
      return file;
    };
    /** Every row of the table: its library, operator, and what it does on each machine. */
    const rows = () =>
      page.run(
        `let library = '';
         return [...document.querySelectorAll('#answers tbody tr:not(.about)')].flatMap((tr) => {
           if (tr.classList.contains('library')) { library = tr.textContent; return []; }
           return [{
             library, operator: tr.querySelector('.disclose').textContent, differs: tr.classList.contains('differs'),
             classes: [...tr.querySelectorAll('.class')].map((one) => one.textContent.slice(2)),
             because: tr.querySelector('.because').textContent,
           }];
         });`,
      );
    const row = async (library, operator) => {
      const all = await rows();
      return all.find((one) => one.library === library && one.operator === operator);
    };

    test('each of the examples, pasted, has every answer of its library', async () => {
      for (const { name, text, output } of EXAMPLES) {
        await fresh();
        await page.enter('#machine-field', text);
        await page.until(`an answer to ${name}`, async () => (await page.count('#answers')) === (output.by === null ? 0 : 1));
        if (output.by === null) continue;
        await page.click('#more-libraries');
        const shown = await rows();
        const wanted = LIBRARIES.flatMap((library) => library.variants.map((variant) => ({ library: library.name, operator: variant.name, key: variant.key })));
        assert.equal(shown.length, wanted.length, name);
        for (const [at, { library, operator, key }] of wanted.entries()) {
          const own = shown.filter((one) => one.library === library);
          const index = wanted.slice(0, at).filter((one) => one.library === library).length;
          assert.equal(own[index].operator, operator, `${name}: ${key}`);
          const answer = output.answers[key];
          assert.deepEqual(own[index].classes, [answer === null ? 'depends' : NAMES[answer.class]], `${name}: ${key}`);
          if (answer !== null) assert.ok(own[index].because.startsWith(answer.because), `${name}: ${key}: ${own[index].because}`);
        }
      }
    });

    test('on one laptop one library saturates and another is exact, with the reason', async () => {
      await fresh();
      await page.click('.examples button');
      await page.says('.headline', /Alder Lake/);
      const fbgemm = await row('PyTorch, engine fbgemm', 'Linear, static or dynamic');
      assert.deepEqual(fbgemm.classes, ['pairs saturate']);
      assert.match(fbgemm.because, /it never asks for AVX-VNNI/);
      assert.deepEqual((await row('oneDNN', 'inner product, matmul')).classes, ['exact']);
      // It is a link, and Undo takes it back.
      await page.until('the address', async () => /machine=Core%20i7-12700/.test(await page.hash()));
      await page.reload();
      await page.says('.headline', /Alder Lake/);
      assert.equal(await page.value('#machine-field'), 'Core i7-12700');
      await page.click('#clear-machine');
      await page.until('no table', async () => (await page.count('#answers')) === 0);
      await page.click('#undo');
      await page.says('.headline', /Alder Lake/);
    });

    test('a row opens on its sources and on what changes it, and leads to the Lab', async () => {
      await fresh('#/check?machine=cpu=zen3');
      await page.fill('#find-library', 'fbgemm linear');
      await page.until('few rows', async () => (await rows()).length === 1);
      await page.click('#answers .disclose');
      await page.says('.answer-details', /FBGEMM_ENABLE_INSTRUCTIONS/);
      const sources = await page.run("return [...document.querySelectorAll('.answer-details .sources a')].map((a) => a.href)");
      assert.ok(sources.length > 0 && sources.every((href) => href.startsWith('https://')), String(sources));
      await page.click('#answers .to-lab');
      await page.until('the Lab', "return document.querySelector('select[name=\"engine\"]')?.value === 'fbgemm_avx2'");
    });

    test('two machines side by side: what differs is marked, and can be shown alone', async () => {
      await fresh('#/check?machine=cpu=zen3');
      await page.click('#compare');
      await page.enter('#beside-field', 'AMD EPYC 9654 96-Core Processor');
      await page.until('two columns', async () => (await row('PyTorch, engine fbgemm', 'Linear, static or dynamic'))?.classes.length === 2);
      const fbgemm = await row('PyTorch, engine fbgemm', 'Linear, static or dynamic');
      assert.deepEqual([fbgemm.classes, fbgemm.differs], [['pairs saturate', 'exact'], true]);
      const depthwise = await row('PyTorch, engine fbgemm', 'Conv2d, depthwise 3×3, 5×5, 7×7');
      assert.deepEqual([depthwise.classes, depthwise.differs], [['pairs saturate', 'pairs saturate'], false]);
      await page.click('#only-differing');
      await page.until('those alone', async () => (await rows()).every((one) => one.differs));
      const said = await page.text('.answers-bar .tick');
      assert.match(said, new RegExp(`only the ${(await rows()).length} that may differ$`));
      await page.says('.agree dl', /PyTorch, engine fbgemm[\s\S]*different: pairs saturate on machine 1, exact on machine 2/);
      await page.click('#compare-no-more');
      await page.until('one column', "return document.querySelectorAll('#answers thead th').length === 3 && !document.querySelector('.agree')");
    });

    test('whether a laptop and a fleet give the same numbers depends on the CPU that one gets, and is said', async () => {
      await fresh('#/check?machine=i7-1260P&beside=m5.large');
      await page.says('.agree dl', /pairs saturate on machine 1, and the same on machine 2 if it is Intel Skylake.*; exact if it is Intel Cascade Lake/);
      await page.says('.agree', /run lscpu there/);
      await page.says('.answers-bar .tick', /that may differ$/);
    });

    test('a fleet says that two runs may differ, and what it depends on', async () => {
      await fresh('#/check?machine=m5.large');
      await page.says('.machine-said .note', /two runs of one program may differ/);
      const fbgemm = await row('PyTorch, engine fbgemm', 'Linear, static or dynamic');
      assert.deepEqual(fbgemm.classes, ['depends']);
      assert.match(fbgemm.because, /Pairs saturate on Intel Skylake.*Exact on Intel Cascade Lake/);
    });

    test('what is typed stays, of a long text the link has what matters, and nonsense says so', async () => {
      await fresh();
      const lscpu = EXAMPLES[0].text;
      const long = lscpu + Array.from({ length: 400 }, (_, at) => `Vulnerability ${at}:  Not affected\n`).join('');
      await page.enter('#machine-field', long);
      await page.says('.headline', /Ice Lake/);
      assert.equal((await page.value('#machine-field')).trim(), long.trim());
      await page.until('a short link', async () => /machine=/.test(await page.hash()) && (await page.hash()).length < 1200);
      await page.reload();
      await page.says('.headline', /Ice Lake/);
      await page.enter('#machine-field', 'a toaster');
      await page.says('.headline', /No CPU is recognised in the text/);
      assert.equal(await page.count('#answers'), 0);
    });

    test('it is picked from the list, and its system where that matters', async () => {
      await fresh();
      await page.click('#machine-pick option[value="cpu=icelake-sp"]');
      await page.says('.headline', /Ice Lake/);
      await page.click('.machine-ways .examples button');
      await page.says('.headline', /under Linux/);
      await page.until('its link', async () => /cpu=icelake-sp%20os=linux/.test(await page.hash()));
    });

    test('a real recording fits', async () => {
      await fresh();
      await give(OWN);
      await page.says('#fits', /FBGEMM \(avx2\): FBGEMM \(AVX2\) gets all 32000 points/);
      await page.says('#no-mismatch', /No mismatch/);
      await page.says('#machine', /PyTorch 2\.15\.0/);
    });

    test('a recording that differs is told point by point, and saved whole', async () => {
      await fresh();
      const file = JSON.parse(readFileSync(OWN, 'utf8'));
      const run = file.recordings[0].runs[0];
      const bytes = Buffer.from(run.y, 'base64');
      for (const at of [3, 1700]) bytes[at] ^= 1;
      run.y = bytes.toString('base64');
      // Dropped, as with a mouse.
      await page.run(
        `const [text] = arguments; const transfer = new DataTransfer();
         transfer.items.add(new File([text], 'differs.json', { type: 'application/json' }));
         document.querySelector('#drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));`,
        JSON.stringify(file),
      );
      await page.says('#fits', /FBGEMM \(avx2\): no model gets all 32000 points.*comes nearest: 2 wrong, up to 1 output code too (low|high)/);
      assert.equal(await page.count('#mismatches tbody tr'), 2);
      const probes = await page.texts('#mismatches tbody tr td:nth-child(4)');
      assert.deepEqual(probes, ['3', '100']);
      await page.catchFiles();
      await page.click('#mismatch-csv');
      const csv = (await page.saved()).text;
      assert.equal(csv.trim().split('\n').length, 3);
      assert.match(csv, /^k2,FBGEMM,avx2,fbgemm_avx2,2,100,/m);
    });

    test('every broken file gets its sentence, and the page stays usable', async () => {
      await fresh();
      const good = readFileSync(OWN, 'utf8');
      const broken = [
        ['photo.json', 'PK\u0003\u0004', /photo\.json: The file is not JSON/],
        ['cut.json', good.slice(0, 20_000), /cut off/],
        ['nan.json', good.replace(/"w_scale": [\d.e-]+/, '"w_scale": NaN'), /holds NaN/],
        ['other.json', '{"set": "thread", "cases": []}', /its set is “thread”/],
        ['fields.json', '{"set": "recordings", "schema": 1}', /not of the schema/],
        ['short.json', good.replace('"inputs": 2', '"inputs": 3'), /weights are needed/],
        ['zero.json', good.replace(/"in_scale": [\d.e-]+/, '"in_scale": 0'), /not a positive finite number/],
        ['empty.json', '', /empty/],
        ['huge.json', ' '.repeat(20_000_001), /The file has 21 MB/],
      ];
      for (const [name, text, wanted] of broken) {
        await give(made(name, text));
        await page.says('#machine', wanted);
        assert.equal(await page.count('#mismatches, #no-mismatch'), 0);
      }
      await give(OWN);
      await page.says('#fits', /gets all 32000 points/);
    });

    test('the instruction is run on a click only, and its answer is one of the legal ones', async () => {
      await fresh();
      assert.equal((await page.texts('#instruction')).join(''), '');
      await page.click('#ask');
      await page.until('an answer or a sentence', async () => (await page.count('.answers, #no-instruction')) > 0);
      if (await page.count('#no-instruction')) {
        assert.match(await page.text('#no-instruction'), /no relaxed SIMD|did not run it/);
        return;
      }
      const given = await page.run("return [...document.querySelectorAll('.answers')].map((t) => Number(t.dataset.answer))");
      assert.ok([32767, -766, -254].includes(given[0]), `dot gave ${given[0]}`);
      assert.ok([129540, 65534, -508].includes(given[1]), `dot_add gave ${given[1]}`);
      assert.equal(await page.count('.answers tr.chosen'), 2);
      await page.fill('input[name="dot-x0"]', '100');
      await page.fill('input[name="dot-x1"]', '27');
      await page.says('#instruction', /Ask again/);
      await page.click('#ask');
      await page.until('the sum that any CPU gives', "return document.querySelector('.answers').dataset.answer === '16129'");
      assert.deepEqual(await page.texts('.answers tbody th'), ['16129', '32258']);
    });

    test('all cases of a pair are compared with the model, can be stopped, and one that differs is named', async (t) => {
      await fresh();
      await page.click('#ask');
      await page.until('an answer or a sentence', async () => (await page.count('.answers, #no-instruction')) > 0);
      if (!(await page.count('#every-pair'))) return t.skip('pairs do not saturate here');
      await page.click('#every-pair-begin');
      await page.click('#every-pair-stop');
      await page.says('#every-pair-said', /^Stopped after [\d,]+ cases, in all of which the model is right/);
      await page.click('#every-pair-begin');
      await page.says('#every-pair-said', /^In all 4,294,967,296 cases this browser gives what the model gives/);
      // An instruction whose pairs wrap around.
      await page.run(
        `const Instance = WebAssembly.Instance;
         const product = (w, x, k) => ((w << (24 - 8 * k)) >> 24) * ((x >> (8 * k)) & 255);
         WebAssembly.Instance = function (...what) {
           const { check, dot } = new Instance(...what).exports;
           if (check) return { exports: { check: (w) => check(w, 0) } };
           return { exports: { dot: (w, x) => ((product(w, x, 0) + product(w, x, 1)) << 16) >> 16 } };
         };`,
      );
      await page.click('#every-pair-begin');
      await page.says('#every-pair-said', /^They differ: 127 · 254 \+ 2 · 255 is −32768 here and 32767 in the model/);
    });

    test('at 320 px nothing leaves the page, and nothing went wrong', async () => {
      await page.resize({ width: 320, height: 800 });
      await fresh('#/check?machine=m5.large&beside=cpu=zen4');
      await page.click('#answers .disclose');
      const wide = await page.run('return document.documentElement.scrollWidth - innerWidth');
      assert.ok(wide <= 0, `${wide} px too wide`);
      await page.resize({ width: 1280, height: 900 });
      assert.deepEqual(await page.problems(), []);
      assert.deepEqual(server.violations, []);
    });
  });
}

test('without the data of machines there is a sentence, a way to try again, and the rest of the page', async () => {
  const server = await serve({});
  const page = await open({ url: server.url });
  try {
    await page.goto('about:blank');
    await page.goto(`${server.url}#/lab`);
    await page.until('the lab', "return document.querySelector('canvas.ramp') !== null");
    await page.run(
      `const fetched = window.fetch; let first = true;
       window.fetch = (...what) => { if (first && String(what[0]).includes('cpus.json')) { first = false; return Promise.reject(new TypeError('off')); } return fetched(...what); };
       location.hash = '#/check?machine=cpu=zen3';`,
    );
    assert.match(await page.text('#no-machines'), /could not be fetched: the network or the server did not answer/);
    assert.equal(await page.count('#ask'), 1);
    await page.click('#retry');
    await page.until('the table', "return document.querySelector('#answers') !== null");
  } finally {
    await page.close();
    await server.close();
  }
});
