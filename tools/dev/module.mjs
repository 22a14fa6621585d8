// The module and its glue as the page and the package want them. For assemble.mjs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bare, compiler, plain, read, renamed, write } from '../split/module.mjs';
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
  if (new Set(names.values()).size < names.size) throw new Error('two imports have one name without their hashes');
  const module = renamed(generated, (name) => names.get(name));
  const glue = readFileSync(join(folder, 'rampscope.js'), 'utf8')
    .replaceAll(/\/\*\*[\s\S]*?\*\/\n?/g, '')
    .replaceAll(/^ +/gm, '')
    .replaceAll(/\b__wb\w+/g, (name) => names.get(name) ?? name);
  if (!glue.includes(EXPORTS)) throw new Error('rampscope.js has another end than expected');
  return { glue, module, wasm: write(bare(module.sections)) };
}

/** What was recorded: the compiler's version, and names of functions. */
function recorded() {
  const lines = readFileSync('tools/split/first.txt', 'utf8').split('\n');
  return { version: lines[0].match(/rustc ([\d.]+)/)?.[1], names: new Set(lines) };
}

/**
 * The page's files: the module in two parts, divided by what was recorded (tools/split/first.txt).
 * In one where that does not fit: another compiler makes other functions, and so does a debug build.
 *
 * @param built as `trimmed` gives it
 * @param {boolean} isDebug
 * @returns {Record<string, string | Buffer>} by name
 */
export function pageParts({ glue, module, wasm }, isDebug) {
  const { version, names } = recorded();
  if (isDebug || compiler(module) !== version) {
    if (!isDebug) console.warn(`the module stays whole: its parts were recorded with rustc ${version}, this is ${compiler(module)} (./dev profile)`);
    return { 'rampscope.js': `${glue}export async function whole() {}\n`, 'rampscope_bg.wasm': wasm };
  }
  const name = (index) => plain(module.names.get(module.imports.length + index));
  const { first, rest, build } = split(module, (index) => names.has(name(index)));
  const start = `import { join, outdated, whole } from './rest.js';
async function start(options) {
const exports = await __wbg_init(options).catch(outdated);
join(exports);
return exports;
}
export { start as default, whole };`;
  // Under the build's own name nothing else finds these functions.
  const own = glue.replaceAll('"./rampscope_bg.js"', `"./${build}"`);
  if (own === glue) throw new Error('rampscope.js names its imports in another way than expected');
  return { 'rampscope.js': own.replace(EXPORTS, () => start), 'rampscope_bg.wasm': first, 'rampscope_rest.wasm': rest };
}
