// The calls that need no page.

import * as api from './rampscope.js';
import { fault } from './fault.js';

/** Real values as codes. */
export const quantize = coded((values, params) => api.quantize(numbers(values, Float32Array, 'values'), params));

/** Codes as real values. */
export const dequantize = coded((codes, params) => api.dequantize(numbers(codes, Int32Array, 'codes'), params));

/** What a min-max observer makes of a range. */
export const minMaxQParams = coded((min, max, options) => {
  const isRange = [min, max].every((end) => typeof end === 'number');
  if (!isRange) throw fault('arguments', `min and max are numbers; ${min} and ${max} are not.`);
  return api.minMaxQParams(min, max, options);
});

/** A quantized linear layer on an engine, bit for bit. */
export const linear = coded(({ x, weights, bias, ...options } = {}) => api.linear(
  numbers(x, Uint8Array, 'x'),
  numbers(weights, Int8Array, 'weights'),
  bias && numbers(bias, Float32Array, 'bias'),
  options,
));

/** Where a row of weights bends when all inputs are equal. */
export const kinks = coded((weights, { weightZeroPoint = 0 } = {}) => {
  const [zeroPoint] = numbers([weightZeroPoint], Int8Array, 'weightZeroPoint');
  return api.kinks(numbers(weights, Int8Array, 'weights'), zeroPoint);
});

/** Everything that the page shows of a state. */
export const ramp = coded((state) => api.ramp(state));

export const engines = coded(() => api.engines());
export const presets = coded(() => api.presets());
export const parameters = coded(() => api.parameters());

/** What whole numbers an array holds. */
const WHOLE = new Map([
  [Uint8Array, 'a whole number from 0 to 255'],
  [Int8Array, 'a whole number from -128 to 127'],
  [Int32Array, 'a whole number of 32 bits'],
]);

/** A list as an array of its type; what would not fit is told, not wrapped around. */
function numbers(list, Type, what) {
  if (list instanceof Type) return list;
  // Lists and typed arrays have it.
  if (typeof list?.findIndex !== 'function') {
    const given = list === undefined ? 'it is missing' : `${list} is neither`;
    throw fault('arguments', `${what} is a list of numbers or a ${Type.name}; ${given}.`);
  }
  const typed = Type.from(list);
  const kind = WHOLE.get(Type);
  const at = list.findIndex((one, index) => typeof one !== 'number' || (kind && typed[index] !== one));
  if (at >= 0) throw fault('arguments', `${what}[${at}] is ${list[at]}, and has to be ${kind ?? 'a number'}.`);
  return typed;
}

function isStarted() {
  try {
    api.engines();
    return true;
  } catch {
    return false;
  }
}

/** The same call, each of whose faults has a code. */
function coded(call) {
  return (...given) => {
    try {
      return call(...given);
    } catch (error) {
      if (typeof error?.code === 'string') throw error;
      if (!isStarted()) throw fault('start', 'Rampscope has not started yet: `await start()` first; it is what the package exports as default.', error);
      if (error instanceof WebAssembly.RuntimeError) throw fault('internal', `Rampscope has a fault of its own: ${error.message}`, error);
      throw fault('arguments', error.message, error);
    }
  };
}
