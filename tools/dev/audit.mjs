// The audit's module (src/api/audit/): a build of its own, for a worker of the page and for the package's
// program. For assemble.mjs.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { optimizations, run, running, TARGET, trimmed } from './module.mjs';
import { bare, write } from './wasm.mjs';

/**
 * Builds it.
 *
 * @param {string} target cargo's folder
 * @param {boolean} isDebug whether quickly instead of well
 * @returns {Promise<Record<string, string | Buffer>>} its files by name
 * @throws where a tool fails, or makes something else than expected
 */
export async function auditModule(target, isDebug) {
  const work = join(target, 'audit-module');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  // Those of Cargo.toml; cargo calls the folder of `dev` otherwise.
  const [profile, folder] = isDebug ? ['dev', 'debug'] : ['audit', 'audit'];
  run('cargo', 'build', '--profile', profile, '--locked', '--offline', '--target', TARGET, '--bin', 'audit', '--no-default-features', '--features', 'audit-api');
  run('wasm-bindgen', join(target, TARGET, folder, 'audit.wasm'), '--out-dir', work, '--out-name', 'audit', '--target', 'web', '--no-typescript');
  const made = join(work, 'audit_bg.wasm');
  const smaller = join(work, 'smaller.wasm');
  if (!isDebug) await running('wasm-opt', ...optimizations(), made, '-o', smaller);
  const { glue, module } = trimmed(readFileSync(isDebug ? made : smaller), readFileSync(join(work, 'audit.js'), 'utf8'), './audit_bg.js');
  return { 'audit.js': glue, 'audit_bg.wasm': write(bare(module)) };
}
