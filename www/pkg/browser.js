// The package in browsers and bundlers.

import init from './rampscope.js';
import css from './figure.css.js';
import { figures } from './figure.js';

export * from './calls.js';

let starting;
/**
 * Loads the WebAssembly module; everything else needs it. `source`: its address or bytes, where it
 * does not lie beside this file.
 */
export default function start(source = new URL('./rampscope_bg.wasm', import.meta.url)) {
  starting ??= init({ module_or_path: source }).then(() => {}, (error) => {
    starting = undefined;
    throw Object.assign(new Error(`Rampscope could not start: ${error.message}`, { cause: error }), { code: 'start' });
  });
  return starting;
}

let sheet;
async function load() {
  await start();
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return { api: await import('./rampscope.js'), sheet };
}

export const mount = figures(load, '');
