// Reads a WebAssembly module as far as the build needs it: sections, imports, bodies of functions and
// their names.

/** Sections by their number (core specification, 5.5.2). */
export const SECTION = { custom: 0, import: 2, code: 10, data: 11 };

const HEAD = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
/** Kinds of imports. */
const [FUNCTION, TABLE, MEMORY, GLOBAL] = [0, 1, 2, 3];

/** A number below 2³², as unsigned LEB128. */
function unsigned(number) {
  const bytes = [];
  do {
    const rest = Math.floor(number / 128);
    bytes.push((number % 128) | (rest ? 0x80 : 0));
    number = rest;
  } while (number);
  return Buffer.from(bytes);
}

/** Bytes behind their length. */
const sized = (bytes) => Buffer.concat([unsigned(bytes.length), bytes]);
const text = (string) => sized(Buffer.from(string));

class Reader {
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

  take(length) {
    if (this.at + length > this.bytes.length) throw new Error('the module ends too early');
    const begin = this.at;
    this.at += length;
    return this.bytes.subarray(begin, this.at);
  }

  text() { return this.take(this.number()).toString(); }

  list(read) { return Array.from({ length: this.number() }, () => read()); }

  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }

  /** The bytes of an import's kind and type. */
  kind() {
    const from = this.at;
    const kind = this.byte();
    if (kind === FUNCTION) this.number();
    else if (kind === TABLE) this.byte() && this.limits();
    else if (kind === MEMORY) this.limits();
    else if (kind === GLOBAL) this.take(2);
    else throw new Error(`an import of kind ${kind}`);
    return this.bytes.subarray(from, this.at);
  }
}

/**
 * @param {Buffer} bytes
 * @returns what the module holds. `sections`: `{ id, body }` in their order; `imports`: `{ module, name,
 *   kind }`, the last as bytes; `bodies` of functions; `names`: of functions by number, imports first,
 *   where the module has any
 */
export function read(bytes) {
  if (!bytes.subarray(0, HEAD.length).equals(HEAD)) throw new Error('this is no WebAssembly module');
  const all = new Reader(bytes.subarray(HEAD.length));
  const sections = [];
  while (!all.done) sections.push({ id: all.byte(), body: all.take(all.number()) });
  const reader = (id) => new Reader(sections.find((section) => section.id === id)?.body ?? Buffer.from([0]));
  const given = reader(SECTION.import);
  const imports = given.list(() => ({ module: given.text(), name: given.text(), kind: given.kind() }));
  const code = reader(SECTION.code);
  const bodies = code.list(() => code.take(code.number()));
  return { sections, imports, bodies, names: names(sections) };
}

function names(sections) {
  const found = new Map();
  for (const { id, body } of sections) {
    const reader = new Reader(body);
    if (id !== SECTION.custom || reader.text() !== 'name') continue;
    while (!reader.done) {
      const [kind, size] = [reader.byte(), reader.number()];
      if (kind !== 1) reader.take(size);
      else for (let count = reader.number(); count--; ) found.set(reader.number(), reader.text());
    }
  }
  return found;
}

/** The bytes of a module. */
export function write({ sections }) {
  return Buffer.concat([HEAD, ...sections.flatMap(({ id, body }) => [Buffer.from([id]), sized(body)])]);
}

/** The module as a browser needs it: without names and what the linker left. */
export const bare = (module) => ({ ...module, sections: module.sections.filter(({ id }) => id !== SECTION.custom) });

/** The module with its imports as `change` makes them of `{ module, name }`. */
export function withImports(module, change) {
  const imports = module.imports.map((one) => ({ ...one, ...change(one) }));
  const entries = imports.map((one) => Buffer.concat([text(one.module), text(one.name), one.kind]));
  const body = Buffer.concat([unsigned(entries.length), ...entries]);
  const sections = module.sections.map((section) => (section.id === SECTION.import ? { id: section.id, body } : section));
  return { ...module, imports, sections };
}

/** A function's name without what differs from one compiler to the next. */
export const plain = (name = '') => name.replaceAll(/\[[0-9a-f]{8,}\]/g, '').replaceAll(/\.(?:llvm\.)?\d+$/g, '');
