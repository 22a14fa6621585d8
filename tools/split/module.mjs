// Reads a WebAssembly module as far as splitting needs it: sections, types, imports, functions and
// their names. Bodies stay bytes.

import { END, FUNCTION_TYPE, I32_CONST, I64_CONST } from './opcodes.mjs';

/** Sections by their number (core specification, 5.5.2). */
export const SECTION = { type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, export: 7, start: 8, element: 9, code: 10, data: 11, dataCount: 12 };

/** What is imported and exported, by its number. */
export const KIND = { function: 0, table: 1, memory: 2, global: 3 };

const HEAD = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** A number below 2³², as unsigned LEB128. */
export function unsigned(number) {
  const bytes = [];
  do {
    const rest = Math.floor(number / 128);
    bytes.push((number % 128) | (rest ? 0x80 : 0));
    number = rest;
  } while (number);
  return Buffer.from(bytes);
}

/** `i32.const number`, for a number from 0 to 2³¹ - 1. */
export function constant(number) {
  const bytes = [I32_CONST];
  for (;;) {
    const byte = number & 0x7f;
    number >>= 7;
    // The next bit of the last byte is the sign.
    if (number === 0 && !(byte & 0x40)) return Buffer.from([...bytes, byte]);
    bytes.push(byte | 0x80);
  }
}

/** Bytes behind their length. */
export const sized = (bytes) => Buffer.concat([unsigned(bytes.length), bytes]);
export const text = (string) => sized(Buffer.from(string));
/** Items behind their count. */
export const vector = (items) => Buffer.concat([unsigned(items.length), ...items]);

export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() { return this.at >= this.bytes.length; }

  byte() {
    if (this.done) throw new Error('the module ends too early');
    return this.bytes[this.at++];
  }

  number() {
    let number = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      number += (byte & 0x7f) * factor;
      if (!(byte & 0x80)) return number;
    }
  }

  /** Signed LEB128 of at most 32 bits. */
  signed() {
    let number = 0;
    for (let shift = 0; ; ) {
      const byte = this.byte();
      number |= (byte & 0x7f) << shift;
      shift += 7;
      if (!(byte & 0x80)) return shift < 32 && byte & 0x40 ? number | (-1 << shift) : number;
    }
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw new Error('the module ends too early');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  text() { return this.take(this.number()).toString(); }

  /** The bytes of what `read` reads. */
  span(read) {
    const from = this.at;
    read();
    return this.bytes.subarray(from, this.at);
  }

  /** A constant expression that is a number; gives it where it is one of 32 bits. */
  constant(instructions) {
    if (!instructions.includes(this.byte())) throw new Error('a constant that is no whole number');
    const number = this.signed();
    if (this.byte() !== END) throw new Error('a constant that is not one number');
    return number;
  }

  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }

  list(read) { return Array.from({ length: this.number() }, () => read()); }
}

/**
 * @param {Buffer} bytes
 * @returns what the module holds. `sections`: `{ id, body }` in their order; `imports`: of functions,
 *   the only ones that a module of wasm-bindgen has; `functions`: type numbers of those that are
 *   defined; `bodies`: theirs; `names`: by function number, where the module has any
 */
export function read(bytes) {
  if (!bytes.subarray(0, HEAD.length).equals(HEAD)) throw new Error('this is no WebAssembly module');
  const all = new Reader(bytes.subarray(HEAD.length));
  const sections = [];
  while (!all.done) sections.push({ id: all.byte(), body: all.take(all.number()) });
  const reader = (id) => new Reader(sections.find((section) => section.id === id)?.body ?? Buffer.from([0]));

  const type = reader(SECTION.type);
  const types = type.list(() => {
    if (type.byte() !== FUNCTION_TYPE) throw new Error('a type that is no function’s');
    return { parameters: [...type.take(type.number())], results: [...type.take(type.number())] };
  });
  const given = reader(SECTION.import);
  const imports = given.list(() => {
    const [module, name, kind] = [given.text(), given.text(), given.byte()];
    if (kind !== KIND.function) throw new Error(`${name} is imported and no function`);
    return { module, name, type: given.number() };
  });
  const defined = reader(SECTION.function);
  const functions = defined.list(() => defined.number());
  const table = reader(SECTION.table);
  const tables = table.list(() => table.span(() => table.byte() && table.limits()));
  const memory = reader(SECTION.memory);
  const memories = memory.list(() => memory.span(() => memory.limits()));
  const code = reader(SECTION.code);
  const bodies = code.list(() => code.take(code.number()));
  const exported = reader(SECTION.export);
  const exports = exported.list(() => ({ name: exported.text(), kind: exported.byte(), index: exported.number() }));
  return {
    sections, types, imports, functions, tables, memories, globals: globals(reader(SECTION.global)), exports,
    elements: elements(reader(SECTION.element)), bodies, names: names(sections),
  };
}

/** The functions in the module's tables. */
function elements(reader) {
  const segments = reader.list(() => {
    const flags = reader.number();
    if (flags !== 0 && flags !== 2) throw new Error(`a segment of elements of kind ${flags}`);
    if (flags === 2) reader.number();
    reader.constant([I32_CONST]);
    if (flags === 2) reader.byte();
    return reader.list(() => reader.number());
  });
  return segments.flat();
}

/** The globals' types; their values are whole numbers. */
function globals(reader) {
  return reader.list(() => {
    const type = reader.take(2);
    reader.constant([I32_CONST, I64_CONST]);
    return type;
  });
}

/** A custom section's content, or nothing. */
export function custom({ sections }, name) {
  const section = sections.find(({ id, body }) => id === 0 && new Reader(body).text() === name);
  if (!section) return undefined;
  const reader = new Reader(section.body);
  reader.text();
  return reader;
}

function names(sections) {
  const found = new Map();
  const reader = custom({ sections }, 'name');
  if (!reader) return found;
  while (!reader.done) {
    const [kind, size] = [reader.byte(), reader.number()];
    if (kind !== 1) reader.take(size);
    else for (let count = reader.number(); count--; ) found.set(reader.number(), reader.text());
  }
  return found;
}

/** A section's content with entries added at its end. */
export function appended(module, id, entries) {
  const reader = new Reader(module.sections.find((section) => section.id === id)?.body ?? Buffer.from([0]));
  const count = reader.number() + entries.length;
  return Buffer.concat([unsigned(count), reader.bytes.subarray(reader.at), ...entries]);
}

/** A module of these sections. */
export function write(sections) {
  return Buffer.concat([HEAD, ...sections.flatMap(({ id, body }) => [Buffer.from([id]), sized(body)])]);
}

/** The sections that a browser needs: without names and what the linker left. */
export const bare = (sections) => sections.filter(({ id }) => id !== 0);

/** A function's name without what differs from one compiler to the next. */
export const plain = (name = '') => name.replaceAll(/\[[0-9a-f]{8,}\]/g, '').replaceAll(/\.(?:llvm\.)?\d+$/g, '');

/** The version of the compiler that made the module, such as `1.95.0`; empty where it does not say. */
export function compiler(module) {
  const reader = custom(module, 'producers');
  for (let fields = reader?.number() ?? 0; fields--; ) {
    const field = reader.text();
    const values = reader.list(() => [reader.text(), reader.text()]);
    const rust = values.find(([name]) => field === 'processed-by' && name === 'rustc');
    if (rust) return rust[1].split(' ')[0];
  }
  return '';
}

/** The module with its imports' names replaced. */
export function renamed(module, rename) {
  const imports = module.imports.map((one) => ({ ...one, name: rename(one.name) }));
  const entries = imports.map((one) => Buffer.concat([text(one.module), text(one.name), Buffer.from([KIND.function]), unsigned(one.type)]));
  const sections = module.sections.map((section) => (section.id === SECTION.import ? { id: section.id, body: vector(entries) } : section));
  return { ...module, imports, sections };
}
