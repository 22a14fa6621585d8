// Between JavaScript and the module: every fault has a code, and the module reads plain data only.

/** What is thrown; `code` is one of `RampscopeError`'s in pkg/index.d.ts. */
export function fault(code, message, cause) {
  return Object.assign(new Error(message, { cause }), { name: 'RampscopeError', code });
}

/** Anything that was thrown, with a code. */
function told(error) {
  if (error?.name === 'RampscopeError') return error;
  const message = String(error?.message ?? error);
  // A trap: the module's memory may be anything now.
  if (error?.name === 'RuntimeError') return fault('internal', `Rampscope has failed and has to be loaded again, as with the page: ${message}`, error);
  return fault('arguments', message, error);
}

/** The same function, sync or async, each of whose faults has a code. */
export const coded = (call) => (...given) => {
  try {
    const result = call(...given);
    return result instanceof Promise ? result.catch((error) => { throw told(error); }) : result;
  } catch (error) {
    throw told(error);
  }
};

/**
 * A state as somebody gives it, as data: a copy of an object, or a link's text. What throws when it is
 * read, or has no end, does so here: an exception on its way through the module would harm it.
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
