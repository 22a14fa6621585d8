// What calls are given, checked before the module sees it: names, kinds and ranges.

import { fault } from './guard.js';

/** More numbers than this at once would not fit the module's memory beside what is made of them. */
const MOST = 2 ** 26;

/** @typedef {(one: any) => boolean} Is */

/**
 * @param {number} low
 * @param {number} high
 * @returns {Is}
 */
const isWhole = (low, high) => (one) => Number.isInteger(one) && one >= low && one <= high;
/** @type {Is} */
const isReal = (one) => Number.isFinite(one) && Number.isFinite(Math.fround(one));
const INT32 = isWhole(-(2 ** 31), 2 ** 31 - 1);

/**
 * Kinds of values: how they are called, and what is one.
 *
 * @type {Record<string, [words: string, is: Is]>}
 */
const KINDS = {
  scale: ['a number above 0', (one) => isReal(one) && Math.fround(one) > 0],
  real: ['a number', isReal],
  anyReal: ['a number', (one) => typeof one === 'number'],
  int32: ['a whole number of 32 bits', INT32],
  uint8: ['a whole number from 0 to 255', isWhole(0, 255)],
  int8: ['a whole number from -128 to 127', isWhole(-128, 127)],
  count: ['a whole number from 1', isWhole(1, 2 ** 31 - 1)],
  size: ['a whole number from 0', isWhole(0, 2 ** 31 - 1)],
  flag: ['true or false', (one) => typeof one === 'boolean'],
  text: ['a text', (one) => typeof one === 'string'],
  address: ['an address', (one) => typeof one === 'string' || one instanceof URL],
};

/**
 * What a value has to be, or why float32 has no number like it.
 *
 * @param {any} value
 * @param {string} kind
 */
function wanted(value, kind) {
  if (Number.isFinite(value) && (kind === 'real' || (kind === 'scale' && value > 0))) {
    return `too ${Math.fround(value) === 0 ? 'small' : 'large'} for float32`;
  }
  return `and has to be ${KINDS[kind][0]}`;
}

/**
 * Lists and typed arrays have it.
 *
 * @param {any} value
 */
const isList = (value) => typeof value?.findIndex === 'function';

/**
 * What was given, in a sentence.
 *
 * @param {unknown} value
 */
function word(value) {
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value === 'bigint') return `${value}n`;
  if (isList(value)) return 'a list';
  return Object(value) === value ? 'an object' : String(value);
}

/**
 * A value of a kind.
 *
 * @param {any} value
 * @param {string} kind
 * @param {string} name
 */
export function one(value, kind, name) {
  const [words, is] = KINDS[kind];
  if (value === undefined) throw fault('arguments', `${name} is missing: it has to be ${words}.`);
  if (!is(value)) throw fault('arguments', `${name} is ${word(value)}, ${wanted(value, kind)}.`);
  return value;
}

/**
 * A list of values of a kind, as an array of that type.
 *
 * @template {Float32Array | Int32Array | Uint8Array | Int8Array} Numbers
 * @param {any} values
 * @param {string} kind
 * @param {{ name: string, new (): Numbers, from(values: Iterable<number>): Numbers }} Type
 * @param {string} name
 * @returns {Numbers}
 */
export function list(values, kind, Type, name) {
  const [, is] = KINDS[kind];
  if (!isList(values)) {
    const given = values === undefined ? 'is missing' : `is ${word(values)}`;
    throw fault('arguments', `${name} ${given}: it has to be a list of numbers or a ${Type.name}.`);
  }
  if (values.length > MOST) throw fault('arguments', `${name} has ${values.length} numbers: give at most ${MOST} at once.`);
  // Every number of such an array is one, unless reals have to be finite.
  if (values instanceof Type && kind !== 'real') return values;
  const at = values.findIndex((/** @type {unknown} */ value) => !is(value));
  if (at >= 0) throw fault('arguments', `${name}[${at}] is ${word(values[at])}, ${wanted(values[at], kind)}.`);
  return values instanceof Type ? values : Type.from(values);
}

/**
 * An object of options, each of its kind: `int8`; with `?` one that may be missing, with `[]` one that
 * may be a list. A wrong name is refused, as it would be as good as missing; `others` are read elsewhere.
 *
 * @param {any} given
 * @param {Record<string, string>} fields
 * @param {string} call
 * @param {string[]} [others]
 */
export function checked(given, fields, call, others = []) {
  const names = [...others, ...Object.keys(fields)];
  if (given === null || typeof given !== 'object' || isList(given)) {
    throw fault('arguments', `${call} takes an object of options: ${names.join(', ')}.`);
  }
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw fault('arguments', `“${name}” is no option of ${call}: there are ${names.join(', ')}.`);
  }
  /** @type {any} */
  const options = {};
  for (const [name, kind] of Object.entries(fields)) {
    const value = given[name];
    const isOptional = kind.includes('?');
    if (isOptional && (value === undefined || value === null)) continue;
    const plain = kind.replace(/[?[\]]/g, '');
    options[name] = kind.includes('[]') && isList(value) ? Array.from(value, (item, at) => one(item, plain, `${name}[${at}]`)) : one(value, plain, name);
  }
  return options;
}
