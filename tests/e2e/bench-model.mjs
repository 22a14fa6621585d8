// From the drop of a file to its sentence, in the built page: `./dev bench` runs it. A file as large as
// MiniLM-L6 with int8 weights, and 1 GB; how long the page's thread was busy at once meanwhile.

import { browsers, open } from './lib/browsers.mjs';
import { serve } from './lib/server.mjs';

/** Shapes of the tensors: an embedding, and of six layers four square ones and two of the feed-forward. */
const MINILM = [[30522, 384], ...Array.from({ length: 6 }, () => [[384, 384], [384, 384], [384, 384], [384, 384], [1536, 384], [384, 1536]]).flat()];
const GIGABYTE = Array.from({ length: 64 }, () => [4096, 4096]);

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

for (const browser of browsers()) {
  const server = await serve({});
  const page = await open({ browser, url: `${server.url}#/model` });
  await page.driver.manage().setTimeouts({ script: 120_000 });
  for (const { name, shapes, times } of [{ name: '22 MB, as MiniLM-L6', shapes: MINILM, times: 5 }, { name: '1 GB', shapes: GIGABYTE, times: 2 }]) {
    for (let time = 0; time < times; time += 1) {
      await page.until('the view', "return document.querySelector('#drop-model') !== null");
      const [took, longest, sentence] = await page.driver.executeAsyncScript(DROP, shapes);
      console.log(`${browser}, ${name}: ${took.toFixed(0)} ms from drop to sentence, longest task ${longest.toFixed(0)} ms (${sentence.slice(0, 60)} …)`);
    }
  }
  await page.close();
  await server.close();
}
