// The module and its glue as the page and the package want them. For assemble.mjs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bare, plain, read, renamed, write } from '../split/module.mjs';
import { split } from '../split/split.mjs';

/** What wasm-bindgen's glue ends with. */
const EXPORTS = 'export { initSync, __wbg_init as default };';

/**
 * The module of a folder and its glue without what only their generator needs: comments, indents,
 * and the hash in each import's name, which packs badly in both.
 *
 * @returns {{glue: string, module: object, wasm: Buffer}} `module` with names, `wasm` without
 * @throws where the glue has another form than expected
 */
export function trimmed(folder) {
  const generated = read(readFileSync(join(folder, 'rampscope_bg.wasm')));
  const names = new Map();
  const taken = new Map();
  for (const { name } of generated.imports) {
    const short = name.replace(/_[0-9a-f]{16}$/, '');
    const count = taken.get(short) ?? 0;
    taken.set(short, count + 1);
    names.set(name, count ? `${short}_${count}` : short);
  }
  const module = renamed(generated, (name) => names.get(name));
  const glue = readFileSync(join(folder, 'rampscope.js'), 'utf8')
    .replaceAll(/\/\*\*[\s\S]*?\*\/\n?/g, '')
    .replaceAll(/^ +/gm, '')
    .replaceAll(/\b__wb\w+/g, (name) => names.get(name) ?? name);
  if (!glue.includes(EXPORTS)) throw new Error('rampscope.js has another end than expected');
  return { glue, module, wasm: write(bare(module.sections)) };
}

/**
 * The page's files of a module in two parts, divided by what was recorded (tools/split/first.txt).
 *
 * @returns {Record<string, string | Buffer>} by name
 */
export function inTwo({ glue, module }) {
  const recorded = new Set(readFileSync('tools/split/first.txt', 'utf8').split('\n'));
  const name = (index) => plain(module.names.get(module.imports.length + index));
  const { first, rest } = split(module, (index) => recorded.has(name(index)));
  const start = `import { join, whole } from './rest.js';
async function start(options) {
const exports = await __wbg_init(options);
join(exports);
return exports;
}
export { start as default, whole };`;
  return { 'rampscope.js': glue.replace(EXPORTS, () => start), 'rampscope_bg.wasm': first, 'rampscope_rest.wasm': rest };
}

/** The same of a debug build, whose functions are not those that were recorded: all in one. */
export function inOne({ glue, wasm }) {
  return { 'rampscope.js': `${glue}export async function whole() {}\n`, 'rampscope_bg.wasm': wasm };
}
