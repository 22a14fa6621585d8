// The kernel's product in a browser, beside onnxruntime-web's MatMulInteger of the same numbers, as ratios of
// one run: `./dev bench` runs it. On x86 also as if the processor had no VNNI, where relaxed dot products
// saturate.
//
//   node tests/e2e/bench-kernel.mjs KERNEL_WASM KERNEL_RELAXED ORT_DIST
//
// The first two are examples/kernel_wasm.rs and kernel_relaxed.rs, the third the package's folder dist.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from './lib/browsers.mjs';
import { serve } from './lib/server.mjs';

const [kernel, relaxed, dist] = process.argv.slice(2);
if (!dist) throw new Error('usage: bench-kernel.mjs KERNEL_WASM KERNEL_RELAXED ORT_DIST');
const RACE = `const done = arguments[0];
  import('/contenders.mjs').then((contenders) => contenders.race()).then(done, (error) => done(String(error)));`;

const page = fileURLToPath(new URL('./lib/blank.html', import.meta.url));
const files = {
  'index.html': page,
  'contenders.mjs': fileURLToPath(new URL('./lib/contenders.mjs', import.meta.url)),
  'kernel_wasm.wasm': kernel,
  'kernel_relaxed.wasm': relaxed,
  ...Object.fromEntries(readdirSync(dist).map((name) => [`ort/${name}`, join(dist, name)])),
};

const server = await serve({ headers: {}, files });
try {
  for (const [name, flags] of /** @type {const} */ ([
    ['as it is', []],
    ['without AVX-VNNI', ['--js-flags=--no-enable-avx-vnni']],
  ])) {
    const page = await open({ browser: 'chromium', url: server.url, flags: [...flags] });
    try {
      await page.driver.manage().setTimeouts({ script: 600_000 });
      const raced = /** @type {any} */ (await page.driver.executeAsyncScript(RACE));
      if (typeof raced === 'string') throw new Error(raced);
      const probed = raced.probed === undefined ? 'no relaxed SIMD' : `relaxed SIMD probed in ${raced.probed.toFixed(1)} ms`;
      console.log(`u8 [64, 1024] × s8 [1024, 256], one thread, ${name}; ${probed}`);
      console.log(`${'GMAC/s, median'.padStart(50)} ${'ratio'.padStart(7)} ${'9th decile'.padStart(11)} ${'ratio'.padStart(7)}`);
      for (const { name, speed, best, ratio, bestRatio } of raced.contenders) {
        const columns = [speed.toFixed(1).padStart(12), ratio.toFixed(2).padStart(7), best.toFixed(1).padStart(11), bestRatio.toFixed(2).padStart(7)];
        console.log(name.padEnd(38) + columns.join(' '));
      }
    } finally {
      await page.close();
    }
  }
} finally {
  await server.close();
}
