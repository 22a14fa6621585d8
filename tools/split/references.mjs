// Which functions and addresses a body names: its instructions are walked over, since a call's
// number can only be told from other bytes by knowing what stands before it.

import { Reader } from './module.mjs';
import { BULK, CALL, I32_CONST, I64_CONST, REF_FUNC, RETURN_CALL, VECTOR } from './opcodes.mjs';

const CALLS = new Set([CALL, RETURN_CALL, REF_FUNC]);

/** How to pass over what follows an instruction (core specification, 5.4). */
const PASS = {
  number: (reader) => reader.number(),
  two: (reader) => { reader.number(); reader.number(); },
  nothing: () => {},
  block: (reader) => reader.number(),
  table: (reader) => { reader.list(() => reader.number()); reader.number(); },
  types: (reader) => reader.list(() => reader.number()),
  bytes: (count) => (reader) => { reader.take(count); },
};

const OPERANDS = new Map();
const named = (pass, ...codes) => codes.forEach((code) => OPERANDS.set(code, pass));
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
named(PASS.block, 0x02, 0x03, 0x04);
named(PASS.number, 0x0c, 0x0d, 0xd0, 0x3f, 0x40, ...range(0x20, 0x26));
named(PASS.table, 0x0e);
named(PASS.two, 0x11, 0x13);
named(PASS.types, 0x1c);
named(PASS.bytes(4), 0x43);
named(PASS.bytes(8), 0x44);
named(PASS.nothing, 0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1, ...range(0x45, 0xc4));

/** After 0xfc: truncations, then bulk memory and tables. */
function bulk(reader) {
  const code = reader.number();
  if (code <= 7) return;
  // memory.init and data.drop name a segment of data, and those are divided anew.
  if (code > 17 || code === 8 || code === 9) throw new Error(`instruction 0xfc ${code} is not known here`);
  const numbers = [10, 12, 14].includes(code) ? 2 : 1;
  for (let count = numbers; count--; ) reader.number();
}

/** The offset of an access to memory, which may be an address. */
function offset(reader) {
  // An alignment above 63 says that the number of a memory follows.
  if (reader.number() & 0x40) reader.number();
  return reader.number();
}

/** Signed LEB128 of at most 64 bits, as bytes. */
function long(reader) {
  let number = 0n;
  for (let shift = 0n; ; ) {
    const byte = reader.byte();
    number |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte & 0x80) continue;
    if (byte & 0x40) number |= -1n << shift;
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt.asIntN(64, number));
    return bytes;
  }
}

/** A longer constant may hold an address and what stands beside it, such as a text's length. */
function halves(numbers, bytes) {
  for (let at = 0; at < bytes.length; at += 4) numbers.add(bytes.readUInt32LE(at));
}

/** After 0xfd: vectors. */
function vector(reader, numbers) {
  const code = reader.number();
  if (code <= 11 || (code >= 84 && code <= 93)) numbers.add(offset(reader));
  if (code === 12) halves(numbers, reader.take(16));
  else if (code === 13) reader.take(16);
  else if ((code >= 21 && code <= 34) || (code >= 84 && code <= 91)) reader.take(1);
}

/**
 * @param {Buffer} body a function's, without its length
 * @returns {{functions: Set<number>, numbers: Set<number>}} the functions that it calls or takes a
 *   reference of, and the whole numbers that may be addresses
 * @throws on an instruction that is not known here
 */
export function references(body) {
  const reader = new Reader(body);
  reader.list(() => { reader.number(); reader.byte(); });
  const [functions, numbers] = [new Set(), new Set()];
  while (!reader.done) {
    const code = reader.byte();
    if (code === BULK) bulk(reader);
    else if (code === VECTOR) vector(reader, numbers);
    else if (CALLS.has(code)) functions.add(reader.number());
    else if (code === I32_CONST) numbers.add(reader.signed());
    else if (code === I64_CONST) halves(numbers, long(reader));
    else if (code >= 0x28 && code <= 0x3e) numbers.add(offset(reader));
    else if (OPERANDS.has(code)) OPERANDS.get(code)(reader);
    else throw new Error(`instruction 0x${code.toString(16)} is not known here`);
  }
  return { functions, numbers };
}
