// The package in browsers and bundlers.

import { checked } from './check.js';
import css from './figure.css.js';
import { figures } from './figure.js';
import { fault } from './guard.js';
import { startWith } from './start.js';

export * from './calls.js';

/**
 * Loads the WebAssembly module; everything else needs it. `source`: its address or bytes, where it
 * does not lie beside this file.
 *
 * @param {import('./start.js').Source} [source]
 */
export default function start(source = new URL('./rampscope_bg.wasm', import.meta.url)) {
  return startWith(() => source);
}

/** @type {CSSStyleSheet | undefined} */
let sheet;
async function load() {
  await start();
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
  } catch (error) {
    throw fault('browser', `A figure needs a browser with constructable style sheets: ${error.message}`, error);
  }
  return { api: await import('./rampscope.js'), sheet };
}

/** The folder of a hosted build, as the last figure was told of it. */
let folder = '';

/**
 * Puts a live figure into an element; `base` is the address of a hosted build, if there is one.
 *
 * @type {typeof import('./index.js').mount}
 */
export const mount = async (element, options, more) => {
  const { base } = checked(more ?? {}, { base: 'address?' }, 'mount');
  if (base !== undefined) folder = folderOf(base);
  return figures(load, folder)(element, options);
};

/** @param {string | URL} base */
function folderOf(base) {
  try {
    const { protocol, href } = new URL(base, document.baseURI);
    if (/^https?:$/.test(protocol)) return href.replace(/[?#].*$/, '').replace(/\/[^/]*\.html$/, '/').replace(/\/?$/, '/');
  } catch {
    // No address at all.
  }
  throw fault('arguments', `base is the address of a folder, as in https://example.org/rampscope/; “${base}” is not.`);
}
