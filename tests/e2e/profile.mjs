// Records which functions of the module the first picture needs, for tools/split: run by
// `./dev profile`, in a browser, with a module that marks what has run.
//
//   node tests/e2e/profile.mjs MODULE GLUE
//
// MODULE has the names of its functions. Recorded is the page's beginning, with what the story's
// first step asks a reader to do: drag in a figure, move the slider, switch reduce_range.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from './lib/browsers.mjs';
import { ROOT, serve } from './lib/server.mjs';
import { instrument } from '../../tools/split/instrument.mjs';
import { compiler, plain, read } from '../../tools/split/module.mjs';

const [, , named, glue] = process.argv;
const module = read(readFileSync(named));
const folder = mkdtempSync(join(tmpdir(), 'rampscope-profile-'));
cpSync(join(ROOT, 'dist'), folder, { recursive: true });
writeFileSync(join(folder, 'rampscope_bg.wasm'), instrument(module));
const start = '; const load = __wbg_init; __wbg_init = async (...given) => (globalThis.rampscopeModule = await load(...given));';
writeFileSync(join(folder, 'rampscope.js'), `${readFileSync(glue, 'utf8').replace('async function __wbg_init(', 'let __wbg_init = async function(').replace(/^export \{ initSync/m, `${start}\n$&`)}
export async function whole() {}\n`);

const app = await serve({ folder });
const page = await open({ url: app.url });
const ran = () => page.run(`
  const marks = new Uint8Array(rampscopeModule.ran.buffer);
  return [...marks.keys()].filter((index) => marks[index] === 1);`);
let found;
try {
  await page.until('the first picture', "return document.querySelectorAll('canvas.trio-plot').length === 3");
  await page.frame();
  await page.slide('input[name=at-slider]', 1);
  for (const _ of [1, 2]) await page.click('input[name=reduce_range]');
  await page.drag('canvas.trio-plot', [0.3, 0.5], [0.7, 0.5]);
  await page.frame();
  await page.until('the address', "return /at=/.test(location.hash)");
  found = await ran();

  const problems = (await page.problems()).filter((one) => !one.includes('favicon.ico'));
  if (problems.length > 0) throw new Error(problems.join('\n'));
} finally {
  await page.close();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}
const names = found.map((index) => plain(module.names.get(module.imports.length + index)));
const head = `# rustc ${compiler(module)}: the functions that run up to the first picture, written by ./dev profile.\n`;
writeFileSync(join(ROOT, 'tools/split/first.txt'), `${head}${[...new Set(names)].sort().join('\n')}\n`);
console.log(`${found.length} of ${module.functions.length} functions`);
process.exit();
