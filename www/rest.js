// The second part of the page's module (src/view/rest.rs), which the first one asks for when something
// of it is to be shown. The build makes page.js and both parts (tools/dev/split.mjs).

import { BUILD, initSync, restFailed } from './page.js';

/** @param {string} name */
const at = (name) => new URL(name, import.meta.url);
const REST = 'page_rest.wasm';
/** What belongs together: the parts and their glue know each other by the name of their build. */
const FILES = ['page.js', 'page_bg.wasm', REST, 'rest.js'];

/** @type {Promise<WebAssembly.Module> | undefined} */
let coming;
/** @type {Promise<void> | undefined} */
let styled;

/**
 * Fetches the styles of what comes later, which the first picture does not wait for. Without them the
 * part is shown all the same.
 */
export function styles() {
  styled ??= new Promise((done) => {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = at('later.css').href;
    sheet.onload = sheet.onerror = () => done();
    // What is for paper stays the last.
    document.head.insertBefore(sheet, document.getElementById('print-sheet'));
  });
  return styled;
}

/** Begins to fetch the part before the first one is there to ask for it. */
export function ahead() {
  styles();
  if (!BUILD) return;
  coming ??= fetched('default');
  // Whoever waits for it hears of it.
  coming.catch(() => {});
}

/**
 * The part, compiled.
 *
 * @param {RequestCache} cache
 */
async function fetched(cache) {
  let response;
  let bytes;
  try {
    response = await fetch(at(REST), { cache });
    bytes = await response.arrayBuffer();
  } catch {
    // What a browser says of it differs from one to the next, and helps nobody.
    throw new Error('the network or the server did not answer');
  }
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new Error(`what came is damaged (${error.message})`);
  }
}

/**
 * Whether a part is of this build.
 *
 * @param {WebAssembly.Module} part
 */
const fits = (part) => WebAssembly.Module.imports(part).every(({ module }) => module === BUILD);

/** @param {WebAssembly.ModuleImports} first */
async function load(first) {
  const begun = coming ?? fetched('default');
  // A failure can be tried again.
  coming = undefined;
  let part = await begun;
  // An old one may have been kept.
  if (!fits(part)) part = await fetched('reload');
  if (!fits(part)) throw misfit();
  await Promise.all([WebAssembly.instantiate(part, { [BUILD]: first }), styles()]);
}

/**
 * Called by the first part, which waits for `callback`.
 *
 * @param {number} callback its place in the table
 * @param {number} data
 */
export async function __wasm_split_load_rest(callback, data) {
  const first = initSync();
  let isThere = true;
  try {
    await load(first);
  } catch (error) {
    restFailed(error.message);
    isThere = false;
  }
  first.__indirect_function_table.get(callback)(data, isThere);
}

/** Fetches all anew, for the next load. */
function misfit() {
  for (const name of FILES) fetch(at(name), { cache: 'reload' }).catch(() => {});
  return new Error('it is of another version than the page; load the page again');
}

/**
 * What the first part did not start for: the same where its glue is of another build.
 *
 * @param {Error} error
 * @returns {never}
 * @throws always
 */
export function notFirst(error) {
  const isMisfit = error instanceof WebAssembly.LinkError || (error instanceof TypeError && /import/i.test(error.message));
  throw isMisfit ? misfit() : error;
}
