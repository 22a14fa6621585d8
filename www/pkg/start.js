// Loading the module, once.

import init from './rampscope.js';
import { fault } from './guard.js';

/** @type {Promise<void> | undefined} */
let starting;
/** @typedef {NonNullable<Parameters<typeof import('./index.js').default>[0]>} Source */

export let isStarted = false;

/**
 * Loads what `read` gives; a failure can be tried again.
 *
 * @param {() => Source | Promise<Source>} read
 */
export function startWith(read) {
  starting ??= (async () => {
    try {
      await init({ module_or_path: await read() });
      isStarted = true;
    } catch (error) {
      starting = undefined;
      throw fault('start', `Rampscope could not start: ${error.message}`, error);
    }
  })();
  return starting;
}
