// The page's module in two parts, divided where the source says so (src/view/rest.rs): a build of its
// own with the feature `split`, for a release. For assemble.mjs, which Trunk runs after its build of the
// whole module.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf, optimizations, replaced, run, running, TARGET, trimmed } from './module.mjs';
import { bare, read, withImports, write } from './wasm.mjs';

/** That of Cargo.toml which index.html names, too. */
const PROFILE = 'page';
/** What wasm-split-cli calls its script, and what the rest takes from the first part. */
const [SCRIPT, SHARED] = ['./__wasm_split.js', '__wasm_split'];

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
  run('cargo', 'build', '--profile', PROFILE, '--locked', '--offline', '--target', TARGET, '--bin', 'page', '--no-default-features', '--features', 'split');
  run('wasm-split-cli', join(target, TARGET, PROFILE, 'page.wasm'), work, '--out-name', 'page');
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
