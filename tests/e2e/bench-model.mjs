// From the drop of a file to its sentence, in the built page: `./dev bench` runs it. A file as large as
// MiniLM-L6 with int8 weights, and one of 1 GB from the disk; how long the page's thread was busy at once meanwhile.

import { mkdtemp, open as openFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browsers, open } from './lib/browsers.mjs';
import { serve } from './lib/server.mjs';

/** Shapes of the tensors: an embedding, and of six layers four square ones and two of the feed-forward. */
const MINILM = [[30522, 384], ...Array.from({ length: 6 }, () => [[384, 384], [384, 384], [384, 384], [384, 384], [1536, 384], [384, 1536]]).flat()];
/** Drops a safetensors of int8 tensors, and gives milliseconds to the sentence and of the longest task. */
const DROP = `const [shapes, done] = arguments;
  const header = {};
  let at = 0;
  shapes.forEach((shape, index) => { const size = shape[0] * shape[1]; header['t' + index] = { dtype: 'I8', shape, data_offsets: [at, at + size] }; at += size; });
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(8 + text.length);
  new DataView(start.buffer).setBigUint64(0, BigInt(text.length), true);
  start.set(text, 8);
  // Nearly normal, as weights are.
  const piece = new Int8Array(2 ** 24);
  let seed = 1;
  for (let i = 0; i < piece.length; i += 1) {
    let sum = 0;
    for (let j = 0; j < 4; j += 1) { seed = (Math.imul(seed, 1664525) + 1013904223) | 0; sum += seed >> 25; }
    piece[i] = Math.max(-127, Math.min(127, sum * 0.8));
  }
  const pieces = [start];
  for (let left = at; left > 0; left -= piece.length) pieces.push(left < piece.length ? piece.slice(0, left) : piece);
  const transfer = new DataTransfer();
  transfer.items.add(new File(pieces, 'bench.safetensors'));
  let longest = 0;
  const observer = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); });
  try { observer.observe({ entryTypes: ['longtask'] }); } catch {}
  setTimeout(() => {
    const began = performance.now();
    const seen = new MutationObserver(() => {
      const sentence = document.querySelector('.file-verdict .sentence');
      if (!sentence || document.querySelector('.progress')) return;
      seen.disconnect();
      const took = performance.now() - began;
      setTimeout(() => done([took, longest, sentence.textContent]), 100);
    });
    seen.observe(document.querySelector('.model'), { childList: true, subtree: true, characterData: true });
    document.querySelector('.model').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, 500);`;

/** Waits for the next sentence, as DROP does. */
const WATCH = `let longest = 0;
  try { new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); }).observe({ entryTypes: ['longtask'] }); } catch {}
  const input = document.querySelector('#model-file');
  input.addEventListener('change', () => {
    const began = performance.now();
    const seen = new MutationObserver(() => {
      const sentence = document.querySelector('.file-verdict .sentence');
      if (!sentence || document.querySelector('.progress')) return;
      seen.disconnect();
      window.benched = [performance.now() - began, longest, sentence.textContent];
    });
    seen.observe(document.querySelector('.model'), { childList: true, subtree: true, characterData: true });
  }, { capture: true, once: true });`;

/** A safetensors of 64 tensors of 4096 × 4096 bytes. */
async function gigabyte(file) {
  const side = 4096;
  const header = Buffer.from(JSON.stringify(Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`t${at}`, { dtype: 'I8', shape: [side, side], data_offsets: [at * side * side, (at + 1) * side * side] }]))));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const piece = Buffer.from(Int8Array.from({ length: side * side }, (_, at) => ((at * 48271) % 131) - 65).buffer);
  const out = await openFile(file, 'w');
  await out.write(Buffer.concat([length, header]));
  for (let at = 0; at < 64; at += 1) await out.write(piece);
  await out.close();
}

const say = (browser, name, [took, longest, sentence]) =>
  console.log(`${browser}, ${name}: ${took.toFixed(0)} ms from drop to sentence, longest task ${longest.toFixed(0)} ms (${sentence.slice(0, 60)} …)`);

for (const browser of browsers()) {
  const server = await serve({});
  const page = await open({ browser, url: `${server.url}#/model` });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  await page.driver.manage().setTimeouts({ script: 120_000 });
  await page.until('the view', "return document.querySelector('#drop-model') !== null");
  for (let time = 0; time < 5; time += 1) say(browser, time ? '22 MB, as MiniLM-L6' : 'the same, with the fetch of the audit', await page.driver.executeAsyncScript(DROP, MINILM));
  const file = join(folder, 'large.safetensors');
  await gigabyte(file);
  await page.run(WATCH);
  await (await page.find('#model-file')).sendKeys(file);
  await page.until('the sentence', 'return Boolean(window.benched)', 120_000);
  say(browser, '1 GB from the disk', await page.run('return window.benched'));
  await page.close();
  await server.close();
  await rm(folder, { recursive: true });
}
