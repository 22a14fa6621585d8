#!/usr/bin/env node
// `rampscope audit FILE…` in Node: the questions and, to the byte, the answers of the command line that
// cargo builds. What is not about arguments and files is in the module.

import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { Audit, initSync } from './audit.js';

/** @param {string} name */
const own = (name) => readFileSync(new URL(name, import.meta.url));

/** @type {import('node:util').ParseArgsConfig['options']} */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  tensor: { type: 'string', multiple: true, default: [] },
  activations: { type: 'string', multiple: true, default: [] },
  layout: { type: 'string' },
  cpu: { type: 'string', default: 'no-vnni' },
  deny: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'V', default: false },
};

/** What the module calls the system's reasons. */
const REASONS = new Map([['ENOENT', 'absent'], ['EACCES', 'forbidden'], ['EPERM', 'forbidden'], ['EISDIR', 'folder']]);

/**
 * An open file.
 *
 * @param {string} path
 * @throws if it cannot be opened
 */
function opened(path) {
  const file = openSync(path, 'r');
  const stat = fstatSync(file);
  if (stat.isDirectory()) {
    closeSync(file);
    throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  }
  /** @type {(offset: number, length: number) => Uint8Array} */
  const read = (offset, length) => {
    const bytes = Buffer.allocUnsafe(length);
    let had = 0;
    while (had < length) {
      const more = readSync(file, bytes, had, length - had, offset + had);
      if (more === 0) break;
      had += more;
    }
    return bytes.subarray(0, had);
  };
  return { size: stat.size, read };
}

/**
 * The file of a model's folder with that name, if it is one.
 *
 * @param {string} folder
 */
const besides = (folder) => (/** @type {string} */ name) => {
  const isName = name === basename(name) && !['', '.', '..'].includes(name);
  try {
    const path = join(folder, name);
    return isName && statSync(path).isFile() ? opened(path) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Hands a file to whom it may concern.
 *
 * @param {string} path
 * @param {(name: string, file: ReturnType<typeof opened>) => void} add
 * @param {(name: string, why: string) => void} fail
 */
function hand(path, add, fail) {
  const name = basename(path) || path;
  try {
    add(name, opened(path));
  } catch (error) {
    fail(name, REASONS.get(error.code) ?? error.message);
  }
}

/**
 * What the program prints, and its status.
 *
 * @param {string[]} args
 * @returns {{ text: string, complaint?: string, status: number }}
 */
function run(args) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const { json, tensor, layout, activations, cpu, deny, help, version } = /** @type {any} */ (values);
  const [command, ...files] = positionals;
  if (version) return { text: `rampscope ${JSON.parse(own('package.json').toString()).version}\n`, status: 0 };
  if (help) return { text: own('audit-help.txt').toString(), status: 0 };
  if (command !== 'audit') throw new Error('there is one command: rampscope audit FILE…');
  if (files.length === 0) throw new Error('which file? rampscope audit FILE…');
  initSync({ module: own('audit_bg.wasm') });
  const audit = new Audit();
  for (const path of files) {
    const folder = dirname(path);
    hand(path, (name, { size, read }) => audit.file(name, size, read, folder, besides(folder)), (name, why) => audit.unopened(name, why));
  }
  for (const path of activations) {
    hand(path, (name, { size, read }) => audit.samples(name, size, read), (name, why) => audit.samplesUnopened(name, why));
  }
  const { text, complaint, status } = audit.print(json, tensor, layout, cpu, deny);
  return { text, complaint, status };
}

/** Whoever reads has read enough. */
process.stdout.on('error', (error) => {
  if (/** @type {any} */ (error).code !== 'EPIPE') throw error;
});

try {
  const { text, complaint, status } = run(process.argv.slice(2));
  process.exitCode = status;
  process.stdout.write(text);
  if (complaint) process.stderr.write(`${complaint}\n`);
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(`error: ${error.message}\n\nFor more, rampscope audit --help.\n`);
}
