// The Model view as a person uses it: a file of weights dropped, its sentence, its products, one output, the Lab.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { AXE, findings } from './lib/axe.mjs';
import { browsers } from './lib/browsers.mjs';
import { leavers } from './lib/layout.mjs';
import { opened } from './lib/opened.mjs';
import { Key } from './lib/page.mjs';
import { ROOT, serve } from './lib/server.mjs';

const LAYERS = join(ROOT, 'tests/layers');
const MLP = 'files/onnx_qdq_mlp_u8s8_per_channel.onnx';
const SENTENCE = /^13 of 24 outputs in 2 of 2 products can saturate on x86 without VNNI; the worst loses at most 19\.1 % of its full scale\.$/;
/** What the audit may weigh with brotli, all of it. */
const MOST_DESK = 186_000;
const SCRIPT = 'audit-desk.js';

/** Files as a page takes them. */
const contents = (names) => names.map((name) => [basename(name), readFileSync(join(LAYERS, name)).toString('base64')]);
const FILES = `const files = arguments[0].map(([name, text]) => new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);`;

test('the audit is one file, and weighs little', () => {
  const bytes = brotliCompressSync(readFileSync(join(ROOT, 'dist', SCRIPT))).length;
  console.log(`${SCRIPT}: ${bytes} bytes with brotli`);
  assert.ok(bytes <= MOST_DESK, `${bytes} bytes`);
});

for (const browser of browsers()) {
  describe(`a file of weights in ${browser}`, () => {
    const { server, page } = opened({ browser });

    const there = () => page.until('the view', "return document.querySelector('#drop-model') !== null");
    const fresh = async (link = '#/model') => {
      await page.goto('about:blank');
      await page.goto(server.url + link);
      await there();
    };
    const drop = (names) => page.run(`${FILES} document.querySelector('.model').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));`, contents(names));
    const choose = (selector, names) => page.run(`${FILES} const input = document.querySelector(arguments[1]); input.files = transfer.files; input.dispatchEvent(new Event('change', { bubbles: true }));`, contents(names), selector);
    const sentences = () => page.run("return [...document.querySelectorAll('.file-verdict')].map((one) => [one.querySelector('.file-name').textContent, one.querySelector('.sentence:not(.happens)').textContent])");
    const said = (count) => page.until(`${count} verdicts`, async () => (await sentences()).length === count);
    const rows = () => page.run("return [...document.querySelectorAll('.product-table > tbody > .product')].map((row) => [row.querySelector('.disclose, .plain').textContent, row.children[1].innerText.trim().slice(2), row.children[3].innerText])");
    const path = ({ path }) => path;

    test('dropped anywhere: a sentence first; one request for the audit, then none', async () => {
      await fresh();
      await page.until('an idle page', async () => server.requests.some(({ path }) => path.endsWith('_rest.wasm')));
      const before = server.requests.length;
      await drop([MLP]);
      await said(1);
      const [[name, sentence]] = await sentences();
      assert.equal(name, basename(MLP));
      assert.match(sentence, SENTENCE);
      assert.match(await page.text('.cure'), /^In ONNX Runtime it is exact with AVX-VNNI or AVX512-VNNI, or with the session option/);
      const asked = server.requests.slice(before);
      assert.deepEqual(asked.map(path), [`/${SCRIPT}`]);
      assert.ok(asked.every(({ method }) => (method ?? 'GET') === 'GET'));
      // From here on nothing leaves the tab.
      await drop(['files/npy_v1_i8.npy']);
      await page.until('the other file', async () => (await sentences())[0]?.[0] === 'npy_v1_i8.npy');
      await page.click('.product .disclose');
      await page.until('its outputs', async () => (await page.count('.worst-pairs tbody tr')) > 0);
      assert.equal(server.requests.length, before + 1);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });

    test('products are sorted, found, folded away and out', async () => {
      await fresh();
      await choose('#model-file', ['files/onnx_matmulinteger_per_channel.onnx', 'files/onnx_matmulinteger_reduce_range.onnx']);
      await said(2);
      await fresh();
      await drop([MLP]);
      await said(1);
      assert.deepEqual((await rows()).map(([, fate]) => fate), ['can', 'can']);
      const [first, second] = (await rows()).map(([name]) => name);
      await page.click('[name=sort-name]');
      assert.equal(await page.run("return document.querySelector('[name=sort-name]').closest('th').ariaSort"), 'ascending');
      await page.until('by name', async () => (await rows())[0][0] === [first, second].sort()[0]);
      await page.click('[name=sort-name]');
      await page.until('backwards', async () => (await rows())[0][0] === [first, second].sort()[1]);
      await page.fill('.find-product', 'fc2');
      await page.until('one', async () => (await rows()).length === 1);
      await page.run("const field = document.querySelector('.find-product'); field.value = ''; field.dispatchEvent(new InputEvent('input', { bubbles: true }));");
      await page.until('both', async () => (await rows()).length === 2);
    });

    test('an output: its pairs, its first code, and the Lab with its weights', async () => {
      await fresh();
      await drop([MLP]);
      await said(1);
      await page.click('.product .disclose');
      await page.until('its outputs', async () => (await page.count('.worst-pairs tbody tr')) > 0);
      const [k, weights, , lost, first] = await page.run("return [...document.querySelectorAll('.worst-pairs tbody tr:first-child > *')].map((cell) => cell.innerText)");
      const [w0, w1] = weights.split(', ').map((text) => Number(text.replace('−', '-')));
      const rail = w0 + w1 > 0 ? 32767 : 32768;
      assert.equal(Number(lost.replaceAll(',', '')), Math.abs(255 * (w0 + w1)) - rail);
      assert.equal(Number(first), Math.floor(rail / Math.abs(w0 + w1)) + 1);
      await page.click('.open-in-lab');
      await page.until('the Lab', "return document.querySelector('canvas.ramp')?.width > 0");
      assert.match(await page.text('#part-of'), /^A part of a larger layer: output \d+ of |^A part of a larger layer: inputs \d+ to \d+ of /);
      assert.equal(Number((await page.value(`input[name="w-0-${k.split(',')[0]}"]`)).replace('−', '-')), w0);
      await page.back();
      await said(1);
    });

    test('a broken file among good ones hides none, and says what is wrong with it', async () => {
      await fresh();
      await drop([MLP, 'files/broken_st_seven_bytes.safetensors', 'files/npy_v1_i8.npy']);
      await page.until('three verdicts', async () => (await page.count('.file-verdict')) === 3);
      const broken = await page.text('.file-verdict[data-outcome=error] .sentence');
      assert.ok(broken.length > 20 && broken.endsWith('.'), broken);
      assert.equal(await page.count('.file-verdict[data-outcome=read]'), 2);
    });

    test('samples tell what really happens', async () => {
      await fresh();
      await drop(['files/npy_v1_i8.npy']);
      await said(1);
      await choose('#samples-file', ['samples/npy_v1_i8__extreme.npy']);
      await page.until('what happens', async () => (await page.count('.happens')) === 1);
      assert.match(await page.text('.happens'), /^For the given samples 1 of 1 product does saturate: \d+ signs? flips?, /);
      assert.equal((await rows())[0][1], 'does');
    });

    test('pasted weights', async () => {
      await fresh();
      await page.click('.give .paste summary');
      await page.fill('#model-paste', '[[127, 127], [1, -1]]');
      await page.click('#model-paste-use');
      await said(1);
      assert.match((await sentences())[0][1], /^1 of 2 outputs in 1 of 1 product can saturate on x86 without VNNI, if its weights meet unsigned codes; it loses at most /);
      // Of an output with more inputs than the Lab has, those around the worst pair.
      await page.run("document.querySelector('#model-paste').value = JSON.stringify([Array.from({ length: 100 }, (_, k) => (k === 70 || k === 71 ? -127 : 1))])");
      await page.click('#model-paste-use');
      await page.until('the other verdict', async () => (await sentences())[0]?.[1].startsWith('1 of 1 output in'));
      await page.click('.product .disclose');
      await page.until('the way to the Lab', async () => (await page.count('.open-in-lab')) === 1);
      assert.equal(await page.text('.open-in-lab'), 'Open 64 inputs around the worst pair in the Lab');
      await page.click('.open-in-lab');
      await page.until('the part', async () => (await page.count('#part-of')) === 1);
      assert.match(await page.text('#part-of'), /^A part of a larger layer: inputs 36 to 99 of 100 of output 0 of pasted\.txt in pasted\.txt\./);
      assert.equal((await page.value('input[name="w-0-34"]')).replace('−', '-'), '-127');
    });

    test('a long audit is cancelled, and the next one is whole', async () => {
      await fresh();
      await page.run(`const header = JSON.stringify({ w: { dtype: 'F32', shape: [16384, 16384], data_offsets: [0, 2 ** 30] } });
        const start = new Uint8Array(8 + header.length);
        new DataView(start.buffer).setBigUint64(0, BigInt(header.length), true);
        start.set(new TextEncoder().encode(header), 8);
        const piece = new Blob([new Uint8Array(2 ** 24)]);
        const transfer = new DataTransfer();
        transfer.items.add(new File([start, ...Array.from({ length: 64 }, () => piece)], 'large.safetensors'));
        document.querySelector('.model').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));`);
      await page.until('the way out', "return document.querySelector('#cancel-audit') !== null");
      await page.click('#cancel-audit');
      await page.until('an end', async () => (await page.text('#audit-state')).startsWith('Cancelled.'));
      await drop([MLP]);
      await said(1);
      assert.match((await sentences())[0][1], SENTENCE);
    });

    // What the window hears of a drop that no view takes; whether the browser would have left the page.
    const dropAt = (selector, names) => page.run(`${FILES}
      const event = new DragEvent('drop', { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer });
      const over = new DragEvent('dragover', { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer });
      const target = document.querySelector(arguments[1]);
      return [target.dispatchEvent(over), target.dispatchEvent(event)];`, contents(names), selector);

    test('a file that misses the view is caught: beside it, in the head, and on any other view', async () => {
      await fresh();
      assert.deepEqual(await dropAt('body', [MLP]), [false, false], 'nothing leaves the page');
      await said(1);
      assert.match((await sentences())[0][1], SENTENCE);
      for (const view of ['story', 'lab', 'check', 'embed']) {
        await page.goto('about:blank');
        await page.goto(`${server.url}#/${view}`);
        await page.until('the app', "return document.querySelector('#live') !== null");
        assert.deepEqual(await dropAt('h1, main, body', [MLP]), [false, false], view);
        await there();
        await said(1);
        assert.match((await sentences())[0][1], SENTENCE);
        assert.match(await page.run('return location.hash'), /^#\/model/, view);
      }
      // A view with a field for recordings shows that, if it may be one.
      await page.goto('about:blank');
      await page.goto(`${server.url}#/check`);
      await page.until('its field', "return document.querySelector('#drop input[type=file]') !== null");
      assert.deepEqual(await dropAt('body', ['files/text_codes.json']), [false, false], 'a recording, or weights');
      assert.equal(await page.run('return document.activeElement.id'), 'recording-file');
      // A text goes where texts go.
      assert.equal(await page.run("const transfer = new DataTransfer(); transfer.setData('text/plain', 'x'); return document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }))"), true);
      assert.deepEqual(await dropAt('body', [MLP]), [false, false], 'a recording, or weights');
      await there();
      await said(1);
    });

    test('nothing dropped yet: what to drop, an example to try at once, and what it will say', async () => {
      await fresh();
      assert.match(await page.text('.give'), /\.onnx, \.safetensors, \.pt, \.npy, \.npz, JSON or CSV/);
      assert.match(await page.text('.before'), /quantize_static.*What it will say.*One sentence/s);
      const before = server.requests.length;
      await page.click('#try-example');
      await said(1);
      assert.deepEqual(await sentences().then(([one]) => one[0]), 'example-mlp.onnx');
      assert.match((await sentences())[0][1], SENTENCE);
      assert.ok(server.requests.slice(before).every(({ path }) => path === `/${SCRIPT}`), 'the file is in the page');
      assert.equal(await page.count('.before'), 0);
    });

    test('what is taken along is what was said', async () => {
      await fresh();
      await drop([MLP]);
      await said(1);
      const [[, sentence]] = await sentences();
      await page.catchFiles();
      const taken = async (form) => {
        await page.click(`[name=take-${form}]`);
        return page.saved();
      };
      const json = await taken('json');
      assert.deepEqual([json.name, json.type], ['rampscope-audit.json', 'application/json']);
      const [report] = JSON.parse(json.text);
      const program = JSON.parse(execFileSync(process.execPath, [join(ROOT, 'pkg/program.js'), 'audit', '--json', MLP], { cwd: LAYERS, encoding: 'utf8' }))[0];
      // The program has the values' hashes, too.
      for (const tensor of program.tensors) delete tensor.sha256_values;
      assert.deepEqual(report, program);
      const csv = await taken('csv');
      assert.deepEqual([csv.name, csv.type], ['rampscope-audit.csv', 'text/csv']);
      const lines = csv.text.trim().split('\n');
      assert.deepEqual([lines.length, lines[0].split(',').length], [3, 14]);
      for (const tensor of report.tensors) {
        const line = lines.find((one) => one.includes(`,${tensor.node},`)).split(',');
        assert.deepEqual(line.slice(-8), ['rows', 'rows_hit', 'pairs', 'unsafe_pairs', 'first_code', 'worst_row', 'worst_loss', 'worst_share'].map((key) => String(tensor.audit[key])));
      }
      const html = await taken('html');
      assert.deepEqual([html.name, html.type], ['rampscope-audit.html', 'text/html']);
      assert.ok(html.bytes.length < 200_000 && html.text.includes(`<span>${sentence}</span>`) && !/<script|src=|href=/.test(html.text));
      // Where nothing can be copied it is saved.
      await page.run("Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } })");
      await page.click('[name=take-markdown]');
      const markdown = await page.until('Markdown', 'return window.copied');
      assert.ok(markdown.trimEnd().split('\n').length <= 12, markdown);
      assert.ok(markdown.startsWith(`- **${basename(MLP).replaceAll('_', '\\_')}**: ${sentence}`), markdown);
      const link = await page.value('#verdict-link');
      assert.ok(markdown.includes(`](${link})`), markdown);
      assert.match(link, /#\/model\?v=1&verdict=13\/24~2\/2~0~0\.\d+~ort~onnx_qdq/);
    });

    test('the pairs of a product stand on the map: as many as it has', async () => {
      await fresh();
      await drop([MLP]);
      await said(1);
      await page.click('.product .disclose');
      await page.until('the map', async () => (await page.count('.product-details .pair-map canvas')) === 1);
      // 16 outputs of 12 pairs, 14 of which can saturate (tests/layers/expected.json).
      assert.match(await page.text('.product-details .pair-map'), /192 pairs/);
      assert.match(await page.text('.product-details .pair-map'), /\b14\b/);
    });

    test('where no worker starts it runs in slices on the page’s thread: progress, a way out, and an answer', async () => {
      // A page's own policy may forbid workers.
      const bare = await serve({ headers: { 'Content-Security-Policy': "worker-src 'none'" } });
      try {
        await page.goto('about:blank');
        await page.goto(`${bare.url}#/model`);
        await there();
        await drop([MLP]);
        await said(1);
        assert.match((await sentences())[0][1], SENTENCE);
        const many = (count) => `const count = ${count}, side = 512;
          const header = Object.fromEntries(Array.from({ length: count }, (_, at) => ['t' + at, { dtype: 'I8', shape: [side, side], data_offsets: [at * side * side, (at + 1) * side * side] }]));
          const text = new TextEncoder().encode(JSON.stringify(header));
          const start = new Uint8Array(8 + text.length);
          new DataView(start.buffer).setBigUint64(0, BigInt(text.length), true);
          start.set(text, 8);
          const transfer = new DataTransfer();
          transfer.items.add(new File([start, ...Array(count).fill(new Int8Array(side * side).fill(100))], 'many.safetensors'));
          window.turns = 0;
          const count_ = () => { window.turns += 1; requestAnimationFrame(count_); };
          requestAnimationFrame(count_);
          window.told = [];
          new MutationObserver(() => { const words = document.querySelector('.progress span')?.textContent; if (words && words !== window.told.at(-1)) window.told.push(words); }).observe(document.body, { childList: true, subtree: true, characterData: true });
          document.querySelector('.model').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));`;
        await page.run(many(200));
        await page.until('all of it', async () => (await sentences())[0]?.[0] === 'many.safetensors', 60_000);
        assert.match((await sentences())[0][1], /^102,400 of 102,400 outputs in 200 of 200 products/);
        // The page had its turn, and said how far it was.
        const [turns, told] = await page.run('return [window.turns, window.told]');
        assert.ok(turns >= 3, `${turns} frames`);
        assert.ok(told.some((words) => /, \d+ of 200 tensors, /.test(words)), told.join('\n'));
        // Pressed as soon as a slice has said how far it is.
        await page.run(`new MutationObserver((_, observer) => {
            if (!/, [1-9]\\d* of 1500 tensors, /.test(document.querySelector('.progress span')?.textContent ?? '')) return;
            observer.disconnect();
            document.querySelector('#cancel-audit').click();
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
          ${many(1500)}`);
        await page.until('an end', async () => (await page.text('#audit-state')).startsWith('Cancelled.'));
        await drop([MLP]);
        await said(1);
        assert.match((await sentences())[0][1], SENTENCE);
      } finally {
        await bare.close();
      }
    });

    test('a folder dropped by mistake: weights in it are found, what is none is counted', async () => {
      await fresh();
      await page.run(`${FILES}
        const entry = (file) => ({ isDirectory: false, name: file.name, fullPath: '/model/' + file.name, file: (take) => take(file) });
        const entries = [...files, new File(['x'], 'readme.md'), new File(['x'], 'a.jpg')].map(entry);
        const folder = { isDirectory: true, name: 'model', createReader: () => ({ readEntries: (take) => take(entries.splice(0)) }) };
        const event = new DragEvent('drop', { bubbles: true, cancelable: true });
        Object.defineProperty(event, 'dataTransfer', { value: { items: [{ webkitGetAsEntry: () => folder }] } });
        document.querySelector('.model').dispatchEvent(event);`, contents([MLP]));
      await said(1);
      assert.match(await page.text('#audit-state'), /^2 files in folders left out/);
    });

    test('a link has the numbers, and says that the file is not in it', async () => {
      await fresh('#/model?verdict=707/33792~47/56~0~0.0137~ort~model.onnx');
      assert.match(await page.text('#linked-verdict'), /707 of 33,792 outputs in 47 of 56 products can saturate .* at most 1\.4 % .*the file is not in it/s);
      await fresh('#/model?verdict=nonsense');
      assert.match(await page.text('.model .unavailable'), /cannot be read/);
      await fresh();
      await drop([MLP]);
      await said(1);
      const link = await page.value('#verdict-link');
      await page.goto('about:blank');
      await page.goto(link);
      await page.until('the verdict', async () => (await page.count('#linked-verdict')) === 1);
      assert.match(await page.text('#linked-verdict .sentence'), SENTENCE);
    });

    test('the machine of Check is told', async () => {
      await fresh('#/model?machine=cpu=zen3');
      await drop([MLP]);
      await page.until('the machine', async () => (await page.count('.on-machine')) === 1);
      assert.match(await page.text('.on-machine'), /^It can happen on your machine: AMD/);
      await fresh('#/model?machine=cpu=zen5');
      await drop([MLP]);
      await page.until('the machine', async () => (await page.count('.on-machine')) === 1);
      assert.match(await page.text('.on-machine'), /^It does not happen on your machine: AMD/);
    });

    test('a verdict is accessible in every theme, and nothing leaves a page of any width', async () => {
      const opened = async (theme) => {
        await fresh(`#/model?theme=${theme}&machine=cpu=zen3`);
        await drop([MLP, 'files/broken_st_seven_bytes.safetensors']);
        await said(2);
        await page.click('.product .disclose');
        await page.until('its outputs', async () => (await page.count('.worst-pairs tbody tr')) > 0);
        await page.until('the map', async () => (await page.count('.product-details .pair-map canvas')) > 0);
      };
      for (const theme of ['light', 'dark', 'contrast', 'projector']) {
        await opened(theme);
        await page.run(AXE);
        await page.until('everything at rest', "return document.getAnimations().length === 0");
        assert.deepEqual(await findings(page), [], theme);
      }
      try {
        for (const width of [320, 360, 640, 1280]) {
          await page.resize({ width, height: 900 });
          await page.frame();
          assert.deepEqual(await leavers(page), [], `${width} px`);
        }
      } finally {
        await page.resize({ width: 1280, height: 900 });
      }
    });

    test('by keys alone: files, a product, an output, the Lab', async () => {
      await fresh();
      await drop([MLP]);
      await said(1);
      const tabs = async (selector) => {
        for (let step = 0; step < 60; step += 1) {
          if (await page.run('return document.activeElement?.matches(arguments[0]) ?? false', selector)) return;
          await page.press(Key.TAB);
        }
        assert.fail(`no way to ${selector}`);
      };
      await tabs('#model-file');
      await tabs('.product .disclose');
      await page.press(Key.ENTER);
      await page.until('its outputs', async () => (await page.count('.worst-pairs tbody tr')) > 0);
      await tabs('.open-output[aria-pressed="false"]');
      await page.press(Key.ENTER);
      await page.until('another output', async () => !(await page.text('.output-details h4')).startsWith('Output 1:'));
      await tabs('.open-in-lab');
      await page.press(Key.ENTER);
      await page.until('the part', async () => (await page.count('#part-of')) === 1);
    });

    test('the page says of every fixture what the package’s program says', async () => {
      const names = readdirSync(join(LAYERS, 'files')).filter((name) => statSync(join(LAYERS, 'files', name)).isFile()).sort();
      await fresh();
      await drop(names.map((name) => `files/${name}`));
      await page.until('all', async () => (await page.count('.file-verdict')) === names.length, 30_000);
      const shown = new Map(await page.run("return [...document.querySelectorAll('.file-verdict')].map((one) => [one.querySelector('.file-name').textContent, [...one.querySelectorAll('.sentence')].map((two) => two.textContent).join(' ')])"));
      let text;
      try {
        text = execFileSync(process.execPath, [join(ROOT, 'pkg/program.js'), 'audit', ...names], { cwd: join(LAYERS, 'files'), encoding: 'utf8', maxBuffer: 2 ** 26 });
      } catch (error) {
        text = error.stdout;
      }
      let held = 0;
      for (const name of names) {
        const line = text.split('\n').find((one) => one.startsWith(`${name}: `));
        assert.ok(line?.startsWith(`${name}: ${shown.get(name)}`), `${name}\n${shown.get(name)}\n${line}`);
        held += 1;
      }
      assert.ok(held > 200);
    });

    test('in a single file, and in a sandboxed frame', async () => {
      await page.goto('about:blank');
      // Its own policy is the one that counts.
      const bare = await serve({ headers: {} });
      try {
        const tries = async () => {
          await there();
          await drop([MLP]);
          await said(1);
          assert.match((await sentences())[0][1], SENTENCE);
        };
        await page.goto(`${bare.url}rampscope.html#/model`);
        await tries();
        await page.goto(`${bare.url}embed.html#/lab`);
        await page.run(`document.body.innerHTML = '<iframe sandbox="allow-scripts" src="${bare.url}embed.html#/model?embed=1" width="640" height="700"></iframe>'`);
        await page.driver.switchTo().frame(0);
        await tries();
        await page.driver.switchTo().defaultContent();
      } finally {
        await bare.close();
      }
      if (browser === 'chromium') {
        await page.goto(`${pathToFileURL(join(ROOT, 'dist/rampscope.html'))}#/model`);
        await there();
        await drop([MLP]);
        await said(1);
        assert.match((await sentences())[0][1], SENTENCE);
      }
    });
  });
}
