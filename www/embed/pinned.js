// What the element of one version is made of (v/VERSION/): the module's glue is within the script, so that
// the hash in somebody's page holds for both, and the script knows those of what it fetches.

import * as api from './rampscope.js';
import INTEGRITY from './integrity.js';

/** The folder of the element's own files. */
export const FILES = new URL('.', import.meta.url).href;
/** The folder of the app. */
export const APP = new URL('../../', FILES).href;

/** @param {keyof typeof INTEGRITY} name */
const verified = (name) => fetch(new URL(name, FILES), { integrity: INTEGRITY[name] });

/** The module, started. */
export async function start() {
  await api.default({ module_or_path: await verified('rampscope_bg.wasm') });
  return api;
}

/** The style sheet's text, as the server answers. */
export const style = () => verified('figure.css');
