// The calls that need no page.

import * as api from './rampscope.js';
import { checked, list, one } from './check.js';
import { coded, fault, stateOf } from './guard.js';
import machines from './machines.js';
import { CONV, LAYER, OBSERVED, PARAMS } from './options.js';
import { isStarted } from './start.js';

/**
 * @template {any[]} Given
 * @template Result
 * @param {(...given: Given) => Result} body
 */
const call = (body) => coded((/** @type {Given} */ ...given) => {
  if (!isStarted) throw fault('start', 'Rampscope has not started yet: `await start()` first; it is what the package exports as default.');
  return body(...given);
});

/**
 * Real values as codes.
 *
 * @type {typeof import('./index.js').quantize}
 */
export const quantize = call((values, params) => api.quantize(list(values, 'anyReal', Float32Array, 'values'), checked(params, PARAMS, 'quantize')));

/**
 * Codes as real values.
 *
 * @type {typeof import('./index.js').dequantize}
 */
export const dequantize = call((codes, params) => {
  const { zeroPoint = 0, ...rest } = checked(params, PARAMS, 'dequantize');
  const whole = list(codes, 'int32', Int32Array, 'codes');
  const at = whole.findIndex((code) => Math.abs(code - zeroPoint) > 2 ** 31 - 1);
  if (at >= 0) throw fault('arguments', `codes[${at}] is ${whole[at]}: less the zero point ${zeroPoint} it does not fit 32 bits.`);
  return api.dequantize(whole, { zeroPoint, ...rest });
});

/**
 * What a min-max observer makes of a range.
 *
 * @type {typeof import('./index.js').minMaxQParams}
 */
export const minMaxQParams = call((min, max, options) => (
  api.minMaxQParams(one(min, 'real', 'min'), one(max, 'real', 'max'), checked(options ?? {}, OBSERVED, 'minMaxQParams'))
));

/**
 * A call of a layer: its lists, and its options.
 *
 * @template Result
 * @param {string} name
 * @param {Record<string, string>} fields
 * @param {(x: Uint8Array, weights: Int8Array, bias: Float32Array | undefined, options: object) => Result} run
 */
const layered = (name, fields, run) => call((/** @type {any} */ given) => {
  const { x, weights, bias, ...rest } = given ?? {};
  const options = checked(rest, fields, name, ['x', 'weights', 'bias']);
  return run(
    list(x, 'uint8', Uint8Array, 'x'),
    list(weights, 'int8', Int8Array, 'weights'),
    bias === undefined || bias === null ? undefined : list(bias, 'real', Float32Array, 'bias'),
    options,
  );
});

/**
 * A quantized linear layer on an engine, bit for bit.
 *
 * @type {typeof import('./index.js').linear}
 */
export const linear = layered('linear', LAYER, api.linear);

/**
 * A quantized convolution on an engine, bit for bit.
 *
 * @type {typeof import('./index.js').conv}
 */
export const conv = layered('conv', CONV, api.conv);

/**
 * Where a row of weights bends when all inputs are equal.
 *
 * @type {typeof import('./index.js').kinks}
 */
export const kinks = call((weights, options) => {
  const { weightZeroPoint = 0 } = checked(options ?? {}, { weightZeroPoint: 'int8?' }, 'kinks');
  return api.kinks(list(weights, 'int8', Int8Array, 'weights'), weightZeroPoint);
});

/**
 * Everything that the page shows of a state.
 *
 * @type {typeof import('./index.js').ramp}
 */
export const ramp = call((state) => api.ramp(stateOf(state)));

/**
 * Which arithmetic a machine gives in every library.
 *
 * @type {typeof import('./index.js').whichArithmetic}
 */
export const whichArithmetic = call((text) => {
  api.takeMachines(machines.libraries, machines.cpus);
  return api.whichArithmetic(one(text, 'text', 'text'));
});

/**
 * Why a product gives these numbers: which arithmetic gives each, and what makes the difference.
 *
 * @type {typeof import('./index.js').explain}
 */
export const explain = call((entry) => {
  if (typeof entry !== 'string' && (typeof entry !== 'object' || entry === null)) {
    throw fault('arguments', 'entry is missing: it has to be an object of operands and results, or the text of a report.');
  }
  return api.explain(entry);
});

export const engines = call(() => api.engines());
export const presets = call(() => api.presets());
export const parameters = call(() => api.parameters());
