// The package in Node: the arithmetic without the figures.

import { readFile } from 'node:fs/promises';

import { fault } from './fault.js';
import init from './rampscope.js';

export * from './calls.js';

/** Node's fetch knows no files: what names one is read. */
async function read(source = new URL('./rampscope_bg.wasm', import.meta.url)) {
  if (typeof source !== 'string' && !(source instanceof URL)) return source;
  const address = String(source);
  if (/^(https?|data|blob):/i.test(address)) return source;
  return readFile(/^file:/i.test(address) ? new URL(address) : address);
}

let starting;
/**
 * Loads the WebAssembly module; everything else needs it. `source`: its address, path or bytes,
 * where it does not lie beside this file.
 */
export default function start(source) {
  starting ??= read(source)
    .then((module) => init({ module_or_path: module }))
    .then(() => {}, (error) => {
      starting = undefined;
      throw fault('start', `Rampscope could not start: ${error.message}`, error);
    });
  return starting;
}

export async function mount() {
  throw fault('browser', 'A figure needs a browser.');
}
