// Which bytes of a module's constant data the first part needs.
//
// The linker leaves in the module (`--emit-relocs`) what every address in code and data stands for.
// An address may lie outside of what it is meant for: a compiler folds an index into it. So an
// address in the code is looked up by what the linker says of that number, and by what it points
// into as well; what either names is kept.

import { Reader, SECTION, custom } from './module.mjs';
import { I32_CONST } from './opcodes.mjs';

/** Relocations of addresses, which have an addend, and of indices (tool-conventions, Linking.md). */
const ADDRESSES = new Set([3, 4, 5]);
const INDICES = new Set([0, 1, 2, 6, 7, 10, 13, 20]);
const SEGMENTS = 5;
const SYMBOL_TABLE = 8;
const DATA_SYMBOL = 1;
const UNDEFINED = 0x10;
const EXPLICIT_NAME = 0x40;

/** A gap up to this is cheaper than another segment. */
const GAP = 12;

/** What the optimizer made of an address lies at most so far from what it is meant for. */
const NEAR = 16;

/**
 * The data as a whole: `{ start, bytes }`, `start` its first address.
 *
 * @throws where a segment is not put at a fixed address
 */
export function image(module) {
  const reader = new Reader(module.sections.find(({ id }) => id === SECTION.data).body);
  const segments = reader.list(() => {
    if (reader.number() !== 0) throw new Error('data without a fixed address');
    const at = reader.constant([I32_CONST]);
    return { at, bytes: reader.take(reader.number()) };
  });
  const start = segments[0].at;
  const last = segments.at(-1);
  const bytes = Buffer.alloc(last.at + last.bytes.length - start);
  for (const segment of segments) segment.bytes.copy(bytes, segment.at - start);
  return { start, bytes };
}

/** The constants, `{ from, to }` in addresses, by the number of their symbol. */
function constants(module, start) {
  const reader = custom(module, 'linking');
  if (!reader) throw new Error('the module has no linking section: it is linked without --emit-relocs');
  reader.number();
  const found = new Map();
  while (!reader.done) {
    const kind = reader.byte();
    const end = reader.number() + reader.at;
    // The first segment, at the first address of all data, is the one that nobody writes to.
    if (kind === SEGMENTS && reader.number() > 0 && !reader.text().startsWith('.rodata')) throw new Error('the data does not begin with constants');
    for (let id = 0, count = kind === SYMBOL_TABLE ? reader.number() : 0; id < count; id++) {
      const [type, flags] = [reader.byte(), reader.number()];
      if (type === DATA_SYMBOL) {
        reader.text();
        if (flags & UNDEFINED) continue;
        const [segment, offset, size] = [reader.number(), reader.number(), reader.number()];
        if (segment === 0) found.set(id, { from: start + offset, to: start + offset + size });
      } else {
        reader.number();
        const isNamed = type !== 3 && (!(flags & UNDEFINED) || flags & EXPLICIT_NAME);
        if (isNamed) reader.text();
      }
    }
    reader.at = end;
  }
  return found;
}

/** Addresses in a section: `{ offset, symbol, addend }`. */
function relocations(module, name) {
  const reader = custom(module, name);
  if (!reader) throw new Error(`the module has no section ${name}: it is linked without --emit-relocs`);
  reader.number();
  const all = reader.list(() => {
    const [type, offset, symbol] = [reader.byte(), reader.number(), reader.number()];
    if (!ADDRESSES.has(type) && !INDICES.has(type)) throw new Error(`a relocation of kind ${type} is not known here`);
    return { type, offset, symbol, addend: ADDRESSES.has(type) ? reader.signed() : 0 };
  });
  return all.filter(({ type }) => ADDRESSES.has(type));
}

/**
 * Divides the data.
 *
 * @param module as `read` gives it
 * @param {Iterable<number>} numbers every whole number in the first part's code
 * @returns {{first: {at: number, bytes: Buffer}[], rest: {at: number, bytes: Buffer}[]}} segments
 */
export function divide(module, numbers) {
  const { start, bytes } = image(module);
  const symbols = constants(module, start);
  const owners = Array.from({ length: bytes.length }, () => []);
  for (const [id, { from, to }] of symbols) for (let at = from; at < to; at++) owners[at - start].push(id);

  const meant = new Map();
  for (const { symbol, addend } of relocations(module, 'reloc.CODE')) {
    if (!symbols.has(symbol)) continue;
    const address = symbols.get(symbol).from + addend;
    meant.set(address, [...(meant.get(address) ?? []), symbol]);
  }
  const { head, links } = pointers(module, symbols, { start, bytes });
  const pointed = new Map();
  const always = [];
  for (const { offset, symbol } of links) {
    const from = owners[offset - head] ?? [];
    // A pointer in what belongs to nobody, or is no constant, is followed.
    if (from.length === 0) always.push(symbol);
    for (const id of from) pointed.set(id, [...(pointed.get(id) ?? []), symbol]);
  }

  const needed = new Set();
  const waiting = [...always];
  for (const number of numbers) {
    waiting.push(...(meant.get(number) ?? []), ...(owners[number - start] ?? []));
    // One that the linker does not know was computed of one that it does.
    for (let at = number - NEAR; !meant.has(number) && at <= number + NEAR; at++) waiting.push(...(owners[at - start] ?? []));
  }
  while (waiting.length > 0) {
    const id = waiting.pop();
    if (needed.has(id)) continue;
    needed.add(id);
    waiting.push(...(pointed.get(id) ?? []));
  }

  const isFirst = owners.map((ids) => ids.length === 0 || ids.some((id) => needed.has(id)));
  return {
    first: segments(start, bytes, (at) => isFirst[at]),
    rest: segments(start, bytes, (at) => !isFirst[at]),
  };
}

/**
 * The pointers in the data. Their offsets count from the linker's section, whose head is found by
 * holding pointers against what is there.
 */
function pointers(module, symbols, { start, bytes }) {
  const links = relocations(module, 'reloc.DATA').filter(({ symbol }) => symbols.has(symbol));
  const fits = (head) => links.every(({ offset, symbol, addend }) => {
    const at = offset - head;
    return at + 4 > bytes.length || (at >= 0 && bytes.readUInt32LE(at) === symbols.get(symbol).from + addend);
  });
  for (let head = 1; head < 32; head++) if (fits(head)) return { head, links };
  throw new Error('the data is not what the linker wrote');
}

/** Runs of bytes, without zeros at their ends: memory begins as zeros. Short gaps are bridged. */
function segments(start, bytes, belongs) {
  const found = [];
  let open;
  for (let at = 0; at < bytes.length; at++) {
    if (!belongs(at) || bytes[at] === 0) continue;
    // Bridging writes what the other part has as well: the same bytes.
    if (open && at - open.to <= GAP) open.to = at + 1;
    else found.push((open = { from: at, to: at + 1 }));
  }
  return found.map(({ from, to }) => ({ at: start + from, bytes: bytes.subarray(from, to) }));
}
