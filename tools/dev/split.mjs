// The page's module in two parts, divided where the source says so (src/view/rest.rs): a build of its
// own with the feature `split`, for a release. For assemble.mjs, which Trunk runs after its build of the
// whole module.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf, replaced, trimmed } from './module.mjs';
import { bare, read, withImports, write } from './wasm.mjs';

const TARGET = 'wasm32-unknown-unknown';
/** What wasm-split-cli calls its script, and what the rest takes from the first part. */
const [SCRIPT, SHARED] = ['./__wasm_split.js', '__wasm_split'];

const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

/** As `run`, beside others. */
const running = (program, ...args) => new Promise((/** @type {(value?: undefined) => void} */ resolve, reject) => {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  child.once('error', reject);
  child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
});

/** wasm-opt's arguments for the whole module, but for those that keep names. */
function optimizations() {
  const link = readFileSync('index.html', 'utf8').match(/data-wasm-opt="(\w+)" data-wasm-opt-params="([^"]*)"/);
  if (!link) throw new Error('index.html has no arguments for wasm-opt');
  return [`-O${link[1]}`, ...link[2].split(' ').filter((one) => one !== '--debuginfo')];
}

/**
 * Builds the parts.
 *
 * @param {string} target cargo's folder
 * @returns {Promise<Record<string, string | Buffer>>} the page's files by name
 * @throws where a tool fails, or makes something else than expected
 */
export async function pageParts(target) {
  const work = join(target, 'parts');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  run('cargo', 'build', '--release', '--locked', '--offline', '--target', TARGET, '--bin', 'page', '--no-default-features', '--features', 'split');
  run('wasm-split-cli', join(target, TARGET, 'release/page.wasm'), work, '--out-name', 'page');
  const script = readFileSync(join(work, SCRIPT), 'utf8');
  const made = [...script.matchAll(/^export const (\w+)|"(\.\/\w+\.wasm)"/gm)].map(([, loader, file]) => loader ?? file);
  if (made.sort().join() !== './split_rest.wasm,__wasm_split_load_rest') throw new Error(`wasm-split-cli made ${made}`);
  run('wasm-bindgen', join(work, 'page.wasm'), '--out-dir', join(work, 'page'), '--out-name', 'page', '--target', 'web', '--no-typescript', '--keep-lld-exports');
  const options = optimizations();
  const optimized = async (name) => {
    const smaller = join(work, `${name}.smaller`);
    await running('wasm-opt', ...options, join(work, name), '-o', smaller);
    return readFileSync(smaller);
  };
  const [first, rest] = await Promise.all(['page/page_bg.wasm', 'split_rest.wasm'].map(optimized));
  return marked(trimmed(first, readFileSync(join(work, 'page/page.js'), 'utf8'), './page_bg.js'), read(rest));
}

/** The parts; the rest, too, is known by a name of this build. */
function marked({ module, glue }, rest) {
  const first = write(bare(module));
  const build = nameOf(glue, first, write(bare(rest)));
  const second = withImports(rest, (one) => {
    if (one.module !== SHARED) throw new Error(`the rest imports ${one.module}`);
    return { module: build };
  });
  return {
    'page.js': `${replaced(glue, `from "${SCRIPT}"`, 'from "./rest.js"')}\nexport const BUILD = '${build}';\n`,
    'page_bg.wasm': first,
    'page_rest.wasm': write(bare(second)),
  };
}

/** The page's files where its module stays whole, as in a debug build. */
export function pageWhole(glue, wasm) {
  const page = replaced(glue, 'rampscope_bg.wasm', 'page_bg.wasm');
  return {
    'page.js': `${page}\nexport const BUILD = '';\nexport const fetchRest = () => {};\nexport const restFailed = fetchRest;\n`,
    'page_bg.wasm': wasm,
  };
}
