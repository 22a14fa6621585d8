// Modules and their glue as the page and the package want them, and the programs that make them. For
// assemble.mjs, split.mjs and audit.mjs.

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bare, read, withImports, write } from './wasm.mjs';

export const TARGET = 'wasm32-unknown-unknown';

/** Runs a program and waits for it. */
export const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

/** As `run`, beside others. */
export const running = (program, ...args) => new Promise((/** @type {(value?: undefined) => void} */ resolve, reject) => {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  child.once('error', reject);
  child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
});

/** wasm-opt's arguments for the whole module, but for those that keep names. */
export function optimizations() {
  const link = readFileSync('index.html', 'utf8').match(/data-wasm-opt="(\w+)" data-wasm-opt-params="([^"]*)"/);
  if (!link) throw new Error('index.html has no arguments for wasm-opt');
  return [`-O${link[1]}`, ...link[2].split(' ').filter((one) => one !== '--debuginfo')];
}

/** A name that only these contents have. */
export const nameOf = (...contents) => contents.reduce((hash, one) => hash.update(one), createHash('sha256')).digest('hex').slice(0, 12);

/** `text` with `from` replaced, which stands in it. */
export function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`the glue has another form than expected: no ${from}`);
  return text.replaceAll(from, to);
}

/**
 * A module and its glue without what only their generator needs: comments, indents, and the hash in
 * each import's name, which packs badly in both. They know each other by a name of their own, so that
 * those of two builds, from caches, do not meet.
 *
 * @param {Buffer} wasm
 * @param {string} glue
 * @param {string} from how the generator calls the glue in both
 * @returns {{glue: string, module: object}} the module as wasm.mjs reads it, its functions' names still there
 * @throws where two imports would have one name, or the glue has another form than expected
 */
export function trimmed(wasm, glue, from) {
  const generated = read(wasm);
  const names = new Map();
  const taken = new Map();
  for (const { name } of generated.imports) {
    const short = name.replace(/_[0-9a-f]{16}$/, '');
    const count = taken.get(short) ?? 0;
    taken.set(short, count + 1);
    names.set(name, count ? `${short}_${count}` : short);
  }
  if (new Set(names.values()).size < names.size) throw new Error('two imports have one name without their hashes');
  const lean = glue
    .replaceAll(/\/\*\*[\s\S]*?\*\/\n?/g, '')
    .replaceAll(/^ +/gm, '')
    .replaceAll(/\b__wb\w+/g, (name) => names.get(name) ?? name);
  const own = `./${nameOf(lean, write(bare(generated)))}`;
  return {
    glue: replaced(lean, `"${from}"`, `"${own}"`),
    module: withImports(generated, ({ module, name }) => ({ module: module === from ? own : module, name: names.get(name) })),
  };
}
