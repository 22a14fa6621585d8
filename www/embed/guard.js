// Between JavaScript and the module: every fault has a code, and the module reads plain data only.

/** @typedef {import('./index.js').RampscopeError} RampscopeError */

/**
 * What is thrown.
 *
 * @param {RampscopeError['code']} code
 * @param {string} message
 * @param {unknown} [cause]
 */
export function fault(code, message, cause) {
  return Object.assign(new Error(message, { cause }), { name: 'RampscopeError', code });
}

/**
 * Anything that was thrown, with a code.
 *
 * @param {any} error
 * @returns {RampscopeError}
 */
function told(error) {
  if (error?.name === 'RampscopeError') return error;
  const message = String(error?.message ?? error);
  // A trap: the module's memory may be anything now.
  if (error?.name === 'RuntimeError') return fault('internal', `Rampscope has failed and has to be loaded again, as with the page: ${message}`, error);
  return fault('arguments', message, error);
}

/**
 * The same function, sync or async, each of whose faults has a code.
 *
 * @template {any[]} Given
 * @template Result
 * @param {(...given: Given) => Result} call
 * @returns {(...given: Given) => Result}
 */
export const coded = (call) => (...given) => {
  try {
    const result = call(...given);
    return result instanceof Promise ? /** @type {Result} */ (result.catch((error) => { throw told(error); })) : result;
  } catch (error) {
    throw told(error);
  }
};

/**
 * A state as somebody gives it, as data: a copy of an object, or a link's text. What throws when it is
 * read, or has no end, does so here: an exception on its way through the module would harm it.
 *
 * @param {any} given
 * @returns {import('./index.js').StateOptions | string | null | undefined}
 */
export function stateOf(given) {
  if (given === null || typeof given !== 'object') return given;
  if (given instanceof URL) return given.href;
  if (Object.prototype.toString.call(given) !== '[object Object]') {
    throw fault('arguments', 'A state is an object of parameters, a link or nothing.');
  }
  const copy = { ...given };
  JSON.stringify(copy);
  return copy;
}
