// The package in Node: the arithmetic without the figures.

import { readFile } from 'node:fs/promises';

import init from './rampscope.js';

export * from './calls.js';

let starting;
/** Loads the WebAssembly module; everything else needs it. */
export default function start(source) {
  starting ??= Promise.resolve(source ?? readFile(new URL('./rampscope_bg.wasm', import.meta.url)))
    .then((bytes) => init({ module_or_path: bytes }))
    .then(() => {}, (error) => {
      starting = undefined;
      throw Object.assign(new Error(`Rampscope could not start: ${error.message}`, { cause: error }), { code: 'start' });
    });
  return starting;
}

export async function mount() {
  throw Object.assign(new Error('A figure needs a browser.'), { code: 'browser' });
}
