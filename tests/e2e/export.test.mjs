// What can be taken along carries the link that recreates it, and a JSON comes back.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeLab } from './lib/lab.mjs';

const PLACE = '#/lab?v=1&inputs=2&outputs=1&output=0&x_scale=1&x_zp=144&w_scale=1&y_scale=1&y_zp=0&w=0.0:113_113&from=0&to=111&at=111';

describeLab('exports', (lab) => {
  /** Presses a button and gives the file that it makes: name, type and bytes. */
  const saved = async (id) => {
    await lab.page.run(
      `window.file = null;
       window.makeURL ??= URL.createObjectURL;
       URL.createObjectURL = (blob) => {
         blob.arrayBuffer().then((buffer) => { window.file = { type: blob.type, bytes: Array.from(new Uint8Array(buffer)), name: window.fileName }; });
         return window.makeURL.call(URL, blob);
       };
       HTMLAnchorElement.prototype.click = function () { window.fileName = this.download; };
       document.querySelector('.export').open = true;`,
    );
    await lab.page.click(`#save-${id}`);
    const file = await lab.page.until(`a file of ${id}`, 'return window.file');
    await lab.reads('#export-said', /is saved\.$/);
    return { ...file, bytes: Buffer.from(file.bytes) };
  };
  const link = () => lab.page.run('return location.href');

  test('PNG: twice as sharp, opaque, with the link inside', async () => {
    await lab.fresh(PLACE);
    const { type, bytes, name } = await saved('png');
    assert.equal(type, 'image/png');
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1720, 1240]);
    assert.ok(bytes.includes(`Description\0${await link()}`), 'the link stands in a text chunk');
    // The browser reads it, chunk and all, and its corner is the background.
    const corner = await lab.page.driver.executeAsyncScript(
      `const done = arguments[0];
       createImageBitmap(new Blob([new Uint8Array(window.file.bytes)], { type: 'image/png' })).then((image) => {
         const canvas = document.createElement('canvas');
         canvas.width = image.width; canvas.height = image.height;
         const context = canvas.getContext('2d');
         context.drawImage(image, 0, 0);
         done([...context.getImageData(0, 0, 1, 1).data]);
       }, (error) => done(String(error)));`,
    );
    assert.equal(corner[3], 255);
    assert.match(name ?? 'rampscope-output-0.png', /^rampscope-output-0\.png$/);
  });

  test('SVG: lines, text as text, and the link', async () => {
    const { type, bytes } = await saved('svg');
    assert.equal(type, 'image/svg+xml');
    const text = bytes.toString();
    const parsed = await lab.page.run(
      `const tree = new DOMParser().parseFromString(arguments[0], 'image/svg+xml');
       return { error: tree.querySelector('parsererror')?.textContent, link: tree.querySelector('desc')?.textContent,
                title: tree.querySelector('title')?.textContent, words: [...tree.querySelectorAll('text')].map((one) => one.textContent.trim()), lines: tree.querySelectorAll('polyline').length };`,
      text,
    );
    assert.equal(parsed.error, null);
    assert.equal(parsed.link, await link());
    assert.match(parsed.title, /Output 0/);
    assert.ok(parsed.words.length > 10 && parsed.lines > 3, `${parsed.words} texts, ${parsed.lines} lines`);
    // What is read in the picture, where nothing shows its description: title, legend, link.
    const all = parsed.words.join(' ');
    assert.ok(all.includes('Output 0 with FBGEMM (AVX2) bends once.'), all);
    for (const entry of ['FBGEMM (AVX2); second colour: a pair is saturated', 'exact sum']) assert.ok(parsed.words.includes(entry), all);
    assert.ok(parsed.words.join('').includes(await link()), all);
  });

  test('PNG: title, legend and link are drawn above and below the figure', async () => {
    await lab.fresh(PLACE);
    await saved('png');
    // Signs of ink in the strips that hold them, and none beside a short line.
    const inks = await lab.page.driver.executeAsyncScript(
      `const done = arguments[0];
       createImageBitmap(new Blob([new Uint8Array(window.file.bytes)], { type: 'image/png' })).then((image) => {
         const canvas = document.createElement('canvas');
         [canvas.width, canvas.height] = [image.width, image.height];
         const context = canvas.getContext('2d', { willReadFrequently: true });
         context.drawImage(image, 0, 0);
         const ink = (x, y, width, height) => {
           const { data } = context.getImageData(x, y, width, height);
           let count = 0;
           for (let at = 0; at < data.length; at += 4) count += data[at] + data[at + 1] + data[at + 2] < 500 ? 1 : 0;
           return count;
         };
         const { width, height } = image;
         done([ink(0, 20, width / 2, 44), ink(0, height - 56, width / 2, 44), ink(0, 0, width, 16)]);
       }, (error) => done(String(error)));`,
    );
    assert.ok(inks[0] > 500 && inks[1] > 500, String(inks));
    assert.equal(inks[2], 0, 'the edge is free');
  });

  test('Markdown for an issue: the layer, the kinks and the link', async () => {
    await lab.fresh(PLACE);
    await lab.page.run("document.querySelector('.export').open = true; document.querySelector('.export-issue').open = true");
    const text = await lab.page.text('#issue');
    for (const line of ['| arithmetic | FBGEMM (AVX2) |', '| 1 | 1.000 | 145 | 0, 1 | 113, 113 | 226 → 0 | flat |', `[The same, to move and check](<${await link()}>)`]) {
      assert.ok(text.split('\n').includes(line), `${line}\n${text}`);
    }
    assert.equal(await lab.page.count('#copy-issue'), 1);
  });

  test('CSV: a row for every code, the numbers of the page', async () => {
    const { type, bytes } = await saved('csv');
    assert.equal(type, 'text/csv');
    const lines = bytes.toString().trimEnd().split('\n');
    assert.equal(lines[0], `# ${await link()}`);
    assert.equal(lines[1], 'output,x,input_code,accumulator,exact_accumulator,code,exact_code,y');
    assert.equal(lines.at(-1), '0,111,255,223,25086,223,255,223');
    assert.equal(lines.length, 2 + 112);
  });

  test('JSON comes back as the same state; another JSON is refused in words', async () => {
    const { type, bytes } = await saved('json');
    assert.equal(type, 'application/json');
    const value = JSON.parse(bytes.toString());
    assert.deepEqual([value.format, value.link, value.state.x_zp, value.ramps[0].code[255]], ['rampscope', await link(), 144, 223]);
    const before = await lab.page.hash();
    const folder = await mkdtemp(join(tmpdir(), 'export-'));
    try {
      await writeFile(join(folder, 'saved.json'), bytes);
      await writeFile(join(folder, 'other.json'), '{"name": "something"}');
      await lab.fresh('#/lab');
      await lab.page.run("document.querySelector('.export').open = true");
      await (await lab.page.find('#open-json')).sendKeys(join(folder, 'other.json'));
      await lab.reads('#export-said', /other\.json: this JSON was not saved here/);
      await (await lab.page.find('#open-json')).sendKeys(join(folder, 'saved.json'));
      await lab.reads('#export-said', 'saved.json is open.');
      await lab.reads('.cursor', /code 255, 1 pair is saturated, output code 223/);
      const now = await lab.evaluate(before);
      assert.equal(now.state.x_zp, 144);
      // The address says it at once: a reload keeps it, and Back leaves it.
      assert.equal(await lab.page.hash(), before);
      await lab.page.reload();
      await lab.reads('.cursor', /code 255, 1 pair is saturated, output code 223/);
      // WebKit's own Back skips what came without a gesture, which a driver's file is.
      await lab.page.run('history.back()');
      await lab.reads('.cursor', /x = 2: code 207/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
