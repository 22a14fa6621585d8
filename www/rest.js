// The second part of the module. The build splits it (tools/split): what the first picture runs is
// in rampscope_bg.wasm, and the rest follows by itself. A function that is called before it is
// there is waited for, as any call is.

const at = (name) => new URL(name, import.meta.url);
const ADDRESS = at('rampscope_rest.wasm');
/** What belongs together: the parts know each other, and the glue, by a name of their build. */
const FILES = ['rampscope.js', 'rampscope_bg.wasm', 'rampscope_rest.wasm', 'rest.js'];

/** A module that passes a function of JavaScript on, since a table takes WebAssembly's only. */
const PASS_ON = Uint8Array.of(
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 4, 1, 0x60, 0, 0, // a type: nothing to nothing
  2, 5, 1, 0, 0, 0, 0, // imports "" "", a function of it
  7, 4, 1, 0, 0, 0, // exports it as ""
);

let first;
let joined;
const ready = new Promise((resolve) => { joined = resolve; });
let isWhole = false;
let coming;
/** Stops the try that is under way. */
let background;

/** Makes the first part, whose exports these are, ask for the rest: when it is needed, or soon. */
export function join(exports) {
  if (first) return;
  first = exports;
  joined();
  const passed = new WebAssembly.Instance(new WebAssembly.Module(PASS_ON), { '': { '': needed } });
  const tables = Object.keys(first).filter((name) => /^[0-9a-f]{12}t\d+$/.test(name));
  first[tables.at(-1)].set(0, passed.exports['']);
  // After what the first picture asks for.
  const soon = globalThis.requestIdleCallback ?? ((start) => setTimeout(start, 200));
  soon(() => whole().catch(() => {}), { timeout: 2000 });
}

/** Resolves when all of the module is there. One that fails can be tried again. */
export function whole() {
  if (coming) return coming;
  background = new AbortController();
  coming = fetched('default').catch((error) => {
    if (isWhole) return;
    coming = undefined;
    throw error;
  });
  return coming;
}

async function fetched(cache) {
  const response = await fetch(ADDRESS, { cache, signal: background.signal });
  if (!response.ok) throw failed(`the server answered ${response.status}`);
  const compiled = await WebAssembly.compile(await response.arrayBuffer());
  await ready;
  // It may have been needed meanwhile.
  if (isWhole) return;
  try {
    await WebAssembly.instantiate(compiled, { '': first });
  } catch (error) {
    if (cache === 'reload') outdated(error);
    else await fetched('reload');
  }
  isWhole = true;
}

/** The rest, now: a function of it has been called, and its caller waits. */
function needed() {
  performance.mark('rampscope:waited-for-rest');
  // The same file on its way in the background would be waited for, and this page reads it no further.
  background?.abort();
  const bytes = requested(false);
  try {
    put(bytes);
  } catch {
    try {
      put(requested(true));
    } catch (error) {
      outdated(error);
    }
  }
  isWhole = true;
}

function requested(isFresh) {
  const request = new XMLHttpRequest();
  request.open('GET', ADDRESS, false);
  if (isFresh) request.setRequestHeader('Cache-Control', 'no-cache');
  // One that is waited for gives text only; with these letters each is a byte.
  request.overrideMimeType('text/plain; charset=x-user-defined');
  try {
    request.send();
  } catch {
    throw failed('the network or the server did not answer');
  }
  if (request.status !== 200) throw failed(`the server answered ${request.status}`);
  return Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 0xff);
}

const put = (bytes) => new WebAssembly.Instance(new WebAssembly.Module(bytes), { '': first });

const failed = (reason) => new Error(`a part of the page could not be fetched: ${reason}`);

/**
 * Parts of two builds, from caches, do not fit each other: fetches all anew, for the next load.
 *
 * @throws always
 */
export function outdated(error) {
  if (!(error instanceof WebAssembly.LinkError)) throw error;
  for (const name of FILES) fetch(at(name), { cache: 'reload' }).catch(() => {});
  throw failed('it is of another version than the rest; load the page again');
}
