// Splits a module in two: what the first picture runs, and the rest, which is fetched later.
//
// Both parts have all functions of the whole, under the same numbers, so that bodies are copied as
// they are. A function that belongs to the other part is a stub here, which calls it through a
// table. Before the rest is there, the table has no entry for its functions; a
// stub of the first part then calls a function that its loader has put into the table, and that
// fetches the rest at once (www/rest.js). The rest imports memory, tables and globals from the
// first part and nothing else: the functions of JavaScript, too, are called through the table.

import { createHash } from 'node:crypto';

import { divide } from './data.mjs';
import { FUNCREF, KIND, Reader, SECTION, bare, constant, sized, text, unsigned, vector, write } from './module.mjs';
import { references } from './references.mjs';

const END = 0x0b;
const UNREACHABLE = 0x00;
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const LOCAL_GET = 0x20;
const TABLE_GET = 0x25;
const IF_NOTHING = [0x04, 0x40];
const REF_IS_NULL = 0xd1;

const body = (...parts) => sized(Buffer.concat([Buffer.from([0]), ...parts.map((part) => Buffer.from(part)), Buffer.from([END])]));

/**
 * @param module as `read` gives it
 * @param {(index: number) => boolean} isFirst whether a defined function belongs to the first part
 * @returns {{first: Buffer, rest: Buffer}}
 */
export function split(module, isFirst) {
  const { types, imports, functions, tables, memories, globals, bodies } = module;
  const typeOf = (index) => (index < imports.length ? imports[index].type : functions[index - imports.length]);
  const count = imports.length + functions.length;
  const all = Array.from({ length: count }, (_, index) => index);
  const isRest = (index) => index >= imports.length && !isFirst(index - imports.length);
  // What each part names of the other. A place in a table, or an export, is named by the first.
  const named = { first: new Set(module.elements), rest: new Set() };
  for (const { kind, index } of module.exports) if (kind === KIND.function) named.first.add(index);
  const numbers = new Set();
  for (const index of all.slice(imports.length)) {
    const found = references(bodies[index - imports.length]);
    const names = isRest(index) ? named.rest : named.first;
    for (const one of found.functions) names.add(one);
    if (!isRest(index)) for (const number of found.numbers) numbers.add(number);
  }
  const data = divide(module, numbers);
  const later = all.filter((index) => isRest(index) && named.first.has(index));
  const earlier = all.filter((index) => !isRest(index) && named.rest.has(index));
  // Places in the table: the loader's, then those of the rest, then those of the first part.
  const place = new Map([...later, ...earlier].map((index, at) => [index, at + 1]));

  const nothing = types.length;
  const table = tables.length;
  const checkIndex = count;
  const check = body(constant(1), [TABLE_GET, ...unsigned(table), REF_IS_NULL, ...IF_NOTHING], constant(0), [CALL_INDIRECT, ...unsigned(nothing), ...unsigned(table), END]);
  const stub = (index, before) => {
    // One that nobody names needs only be there.
    if (!place.has(index)) return body([UNREACHABLE]);
    const type = typeOf(index);
    const parameters = types[type].parameters.flatMap((_, at) => [LOCAL_GET, ...unsigned(at)]);
    return body(before, parameters, constant(place.get(index)), [CALL_INDIRECT, ...unsigned(type), ...unsigned(table)]);
  };

  // Where a function is only a stub.
  const typeHere = (index) => (place.has(index) ? typeOf(index) : nothing);

  const limits = Buffer.concat([Buffer.from([FUNCREF, 1]), unsigned(place.size + 1), unsigned(place.size + 1)]);
  const typeSection = vector([
    ...types.map(({ parameters, results }) => Buffer.from([0x60, ...unsigned(parameters.length), ...parameters, ...unsigned(results.length), ...results])),
    Buffer.from([0x60, 0, 0]),
  ]);
  // A segment with a table's number, an offset, and function references by number.
  const segment = (offset, indices) =>
    Buffer.concat([Buffer.from([2]), unsigned(table), constant(offset), Buffer.from([END, 0]), vector(indices.map(unsigned))]);
  const placed = (segments) => ({
    id: SECTION.data,
    body: vector(segments.map(({ at, bytes }) => Buffer.concat([Buffer.from([0]), constant(at), Buffer.from([END]), sized(bytes)]))),
  });
  // Parts of two builds must not meet: the names by which they know each other are a build's own.
  const build = createHash('sha256').update(write(bare(module.sections))).update(JSON.stringify(later)).digest('hex').slice(0, 12);
  const shared = [
    ...[...tables, limits].map((type, index) => ({ name: `${build}t${index}`, kind: KIND.table, index, type })),
    ...memories.map((type, index) => ({ name: `${build}m${index}`, kind: KIND.memory, index, type })),
    ...globals.map((type, index) => ({ name: `${build}g${index}`, kind: KIND.global, index, type })),
  ];

  const appended = (id, entries) => {
    const section = module.sections.find((one) => one.id === id);
    const reader = new Reader(section?.body ?? Buffer.from([0]));
    return { id, body: Buffer.concat([unsigned(reader.number() + entries.length), reader.bytes.subarray(reader.at), ...entries]) };
  };
  const replaced = new Map([
    [SECTION.type, { id: SECTION.type, body: typeSection }],
    [SECTION.function, { id: SECTION.function, body: vector([...all.slice(imports.length).map((index) => unsigned(isRest(index) ? typeHere(index) : typeOf(index))), unsigned(nothing)]) }],
    [SECTION.table, appended(SECTION.table, [limits])],
    [SECTION.export, appended(SECTION.export, shared.map(({ name, kind, index }) => Buffer.concat([text(name), Buffer.from([kind]), unsigned(index)])))],
    [SECTION.element, appended(SECTION.element, [segment(later.length + 1, earlier)])],
    [SECTION.data, placed(data.first)],
    [SECTION.code, {
      id: SECTION.code,
      body: vector([...bodies.map((bytes, at) => (isFirst(at) ? sized(bytes) : stub(at + imports.length, [CALL, ...unsigned(checkIndex)]))), check]),
    }],
  ]);
  // The count of data segments is only for instructions that name one, of which there are none.
  const first = bare(module.sections)
    .filter(({ id }) => id !== SECTION.dataCount)
    .map((section) => replaced.get(section.id) ?? section);

  const rest = [
    { id: SECTION.type, body: typeSection },
    { id: SECTION.import, body: vector(shared.map(({ name, kind, type }) => Buffer.concat([text(''), text(name), Buffer.from([kind]), type]))) },
    { id: SECTION.function, body: vector(all.map((index) => unsigned(isRest(index) ? typeOf(index) : typeHere(index)))) },
    { id: SECTION.element, body: vector([segment(1, later)]) },
    { id: SECTION.code, body: vector(all.map((index) => (isRest(index) ? sized(bodies[index - imports.length]) : stub(index, [])))) },
    placed(data.rest),
  ];
  return { first: write(first), rest: write(rest) };
}
