// Records which functions of the module the first picture needs, for tools/split: run by
// `./dev profile`, in each browser of the run, with a module that marks what has run. Browsers
// differ in a few functions; the list holds those of all.
//
//   node tests/e2e/profile.mjs MODULE GLUE
//
// MODULE has the names of its functions. Recorded is the page's beginning, with what the story's
// first step asks a reader to do: drag in a figure, move the slider, switch reduce_range.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browsers, open } from './lib/browsers.mjs';
import { ROOT, serve } from './lib/server.mjs';
import { RAN, instrument } from '../../tools/split/instrument.mjs';
import { compiler, plain, read } from '../../tools/split/module.mjs';

/** Runs in each browser: a function that drops something may run in some only. */
const RUNS = 3;

const [, , named, glue] = process.argv;
const module = read(readFileSync(named));
const folder = mkdtempSync(join(tmpdir(), 'rampscope-profile-'));
cpSync(join(ROOT, 'dist'), folder, { recursive: true });
writeFileSync(join(folder, 'rampscope_bg.wasm'), instrument(module));
const start = '; const load = __wbg_init; __wbg_init = async (...given) => (globalThis.rampscopeModule = await load(...given));';
writeFileSync(join(folder, 'rampscope.js'), `${readFileSync(glue, 'utf8').replace('async function __wbg_init(', 'let __wbg_init = async function(').replace(/^export \{ initSync/m, `${start}\n$&`)}
export async function whole() {}\n`);

/** The functions that run in a browser, by their places. */
async function record(browser, url) {
  const page = await open({ browser, url });
  try {
    await page.until('the first picture', "return document.querySelectorAll('canvas.trio-plot').length === 3");
    await page.frame();
    await page.slide('input[name=at-slider]', 1);
    for (const _ of [1, 2]) await page.click('input[name=reduce_range]');
    await page.drag('canvas.trio-plot', [0.3, 0.5], [0.7, 0.5]);
    await page.frame();
    await page.until('the address', "return /at=/.test(location.hash)");
    const problems = (await page.problems()).filter((one) => !one.includes('favicon.ico'));
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return await page.run(`
      return Object.entries(rampscopeModule)
        .filter(([name, mark]) => name.startsWith('${RAN}') && mark.value === 1)
        .map(([name]) => Number(name.slice('${RAN}'.length)));`);
  } finally {
    await page.close();
  }
}

const app = await serve({ folder });
const ran = new Set();
try {
  for (const browser of browsers()) {
    for (let run = 1; run <= RUNS; run += 1) {
      const found = await record(browser, app.url);
      const further = found.filter((index) => !ran.has(index));
      for (const index of further) ran.add(index);
      console.log(`${browser}, run ${run}: ${found.length} of ${module.functions.length} functions, ${further.length} not seen before`);
    }
  }
} finally {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}
const names = [...ran].map((index) => plain(module.names.get(module.imports.length + index)));
const head = `# rustc ${compiler(module)}: the functions that run up to the first picture, written by ./dev profile.\n`;
writeFileSync(join(ROOT, 'tools/split/first.txt'), `${head}${[...new Set(names)].sort().join('\n')}\n`);
process.exit();
