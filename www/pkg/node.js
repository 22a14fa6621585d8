// The package in Node: the arithmetic without the figures.

import { readFile } from 'node:fs/promises';

import { fault } from './guard.js';
import { startWith } from './start.js';

export * from './calls.js';

/**
 * Node's fetch knows no files: what names one is read.
 *
 * @param {import('./start.js').Source} source
 */
async function read(source) {
  if (typeof source !== 'string' && !(source instanceof URL)) return source;
  const address = String(source);
  if (/^(https?|data|blob):/i.test(address)) return source;
  return readFile(/^file:/i.test(address) ? new URL(address) : address);
}

/**
 * Loads the WebAssembly module; everything else needs it. `source`: its address, path or bytes,
 * where it does not lie beside this file.
 *
 * @param {import('./start.js').Source} [source]
 */
export default function start(source = new URL('./rampscope_bg.wasm', import.meta.url)) {
  return startWith(() => read(source));
}

export async function mount() {
  throw fault('browser', 'A figure needs a browser.');
}
