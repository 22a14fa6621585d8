// A picture of the built page.
//
//   node tests/e2e/shot.mjs HASH OUT.png [--width 1280] [--height 900] [--dpr 1] [--dark] [--full]
//        [--open] [--touch] [--wait SELECTOR] [--browser NAME]
//
// HASH is the fragment, such as '#/lab?seed=100'; '' for the first view. --open unfolds all that is
// folded, --touch makes the pointer a finger (Chromium). Problems are printed.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { open } from './lib/browsers.mjs';
import { touch, unfold } from './lib/layout.mjs';
import { serve } from './lib/server.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '900' },
    dpr: { type: 'string', default: '1' },
    dark: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    open: { type: 'boolean', default: false },
    touch: { type: 'boolean', default: false },
    wait: { type: 'string', default: 'canvas' },
    browser: { type: 'string', default: 'chromium' },
  },
});
if (positionals.length !== 2) {
  console.error('usage: node tests/e2e/shot.mjs HASH OUT.png [--width N] [--height N] [--dpr N] [--dark] [--full]');
  process.exit(2);
}
const [hash, file] = positionals;

const server = await serve();
let page;
try {
  page = await open({
    browser: /** @type {import('./lib/browsers.mjs').Browser} */ (values.browser),
    url: server.url + (hash && !hash.startsWith('#') ? `#${hash}` : hash),
    width: Number(values.width),
    height: Number(values.height),
    deviceScaleFactor: Number(values.dpr),
    dark: values.dark,
  });
  // A page that failed is worth a picture too.
  await page.find(values.wait).catch((error) => console.error(error.message));
  if (values.touch) await touch(page, true);
  if (values.open) await unfold(page);
  await page.frame();
  console.log(await page.screenshot('shot', { file: resolve(file), full: values.full }));
  for (const problem of await page.problems()) console.error(problem);
} finally {
  await page?.close();
  await server.close();
}
