// The calls that need no page.

import * as api from './rampscope.js';

export { dequantize, engines, minMaxQParams, parameters, presets, quantize, ramp } from './rampscope.js';

/** A quantized linear layer on an engine, bit for bit. */
export function linear({ x, weights, bias, ...options }) {
  const codes = bytes(x, Uint8Array, 'x: an input code');
  return api.linear(codes, bytes(weights, Int8Array, 'weights: a weight'), bias && Float32Array.from(bias), options);
}

/** Where a row of weights bends when all inputs are equal. */
export function kinks(weights, { weightZeroPoint = 0 } = {}) {
  const [zeroPoint] = bytes([weightZeroPoint], Int8Array, 'weightZeroPoint: a zero point');
  return api.kinks(bytes(weights, Int8Array, 'weights: a weight'), zeroPoint);
}

/** A list as bytes; what would not fit is told, not wrapped around. */
function bytes(list, Type, what) {
  if (list instanceof Type) return list;
  const typed = Type.from(list);
  const at = typed.findIndex((byte, index) => byte !== list[index]);
  if (at >= 0) {
    const [low, high] = Type === Int8Array ? [-128, 127] : [0, 255];
    throw Object.assign(new Error(`${what} is a whole number from ${low} to ${high}; ${list[at]} at ${at} is not.`), { code: 'arguments' });
  }
  return typed;
}
