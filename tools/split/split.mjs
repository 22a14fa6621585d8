// Splits a module in two: what the first picture runs, and the rest, which is fetched later.
//
// Both parts have all functions of the whole, under the same numbers, so that bodies are copied as
// they are. A function that belongs to the other part is a stub here, which calls it through a
// table. Before the rest is there, the table has no entry for its functions; a stub of the first
// part then calls a function that its loader has put into the table, and that fetches the rest at
// once (www/rest.js). The rest imports memory, tables and globals from the first part and nothing
// else: the functions of JavaScript, too, are called through the table.

import { createHash } from 'node:crypto';

import { divide } from './data.mjs';
import { KIND, SECTION, appended, bare, constant, sized, text, unsigned, vector, write } from './module.mjs';
import { CALL, CALL_INDIRECT, END, FUNCREF, FUNCTION_TYPE, IF, LOCAL_GET, NOTHING, REF_IS_NULL, TABLE_GET, UNREACHABLE } from './opcodes.mjs';
import { references } from './references.mjs';

/** A segment of elements with a table's number, and one that is a segment of data. */
const TABLE_SEGMENT = 2;
const DATA_SEGMENT = 0;

const body = (...parts) => sized(Buffer.concat([Buffer.from([0]), ...parts.map((part) => Buffer.from(part)), Buffer.from([END])]));

/**
 * @param module as `read` gives it
 * @param {(index: number) => boolean} isFirst whether a defined function belongs to the first part
 * @returns {{first: Buffer, rest: Buffer, build: string}} `build`: what both parts, and the module
 *   name of the first part's imports, know each other by
 * @throws on a module with something that cannot be split
 */
export function split(module, isFirst) {
  if (module.sections.some(({ id }) => id === SECTION.start)) throw new Error('the module has a function that starts it');
  const plan = planned(module, isFirst);
  const unnamed = partsOf(module, plan, '');
  const build = createHash('sha256').update(unnamed.first).update(unnamed.rest).digest('hex').slice(0, 12);
  return { ...partsOf(module, plan, build), build };
}

/** Who is where, and which functions the parts call of each other. */
function planned(module, isFirst) {
  const { imports, functions, bodies } = module;
  const all = Array.from({ length: imports.length + functions.length }, (_, index) => index);
  const isRest = (index) => index >= imports.length && !isFirst(index - imports.length);
  // A place in a table, or an export, is named by the first part.
  const named = { first: new Set(module.elements), rest: new Set() };
  for (const { kind, index } of module.exports) if (kind === KIND.function) named.first.add(index);
  const numbers = new Set();
  for (const index of all.slice(imports.length)) {
    const found = references(bodies[index - imports.length]);
    const names = isRest(index) ? named.rest : named.first;
    for (const one of found.functions) names.add(one);
    if (!isRest(index)) for (const number of found.numbers) numbers.add(number);
  }
  const later = all.filter((index) => isRest(index) && named.first.has(index));
  const earlier = all.filter((index) => !isRest(index) && named.rest.has(index));
  // Places in the table: the loader's, then those of the rest, then those of the first part.
  const place = new Map([...later, ...earlier].map((index, at) => [index, at + 1]));
  return { all, isRest, later, earlier, place, data: divide(module, numbers) };
}

function partsOf(module, plan, build) {
  const { types, imports, functions, tables, bodies } = module;
  const { all, isRest, later, earlier, place, data } = plan;
  const nothing = types.length;
  const table = tables.length;
  const check = all.length;
  const typeOf = (index) => (index < imports.length ? imports[index].type : functions[index - imports.length]);
  // A stub that nobody names needs only be there.
  const stubType = (index) => (place.has(index) ? typeOf(index) : nothing);
  const stub = (index, before) => {
    if (!place.has(index)) return body([UNREACHABLE]);
    const parameters = types[typeOf(index)].parameters.flatMap((_, at) => [LOCAL_GET, ...unsigned(at)]);
    return body(before, parameters, constant(place.get(index)), [CALL_INDIRECT, ...unsigned(typeOf(index)), ...unsigned(table)]);
  };
  const whenMissing = [TABLE_GET, ...unsigned(table), REF_IS_NULL, IF, NOTHING];
  const load = [CALL_INDIRECT, ...unsigned(nothing), ...unsigned(table), END];
  const checkBody = body(constant(1), whenMissing, constant(0), load);

  const limits = Buffer.concat([Buffer.from([FUNCREF, 1]), unsigned(place.size + 1), unsigned(place.size + 1)]);
  const shared = sharedBy(module, limits, build);
  const typeSection = vector([...types.map(typed), typed({ parameters: [], results: [] })]);
  const elements = (offset, indices) =>
    Buffer.concat([Buffer.from([TABLE_SEGMENT]), unsigned(table), constant(offset), Buffer.from([END, 0]), vector(indices.map(unsigned))]);
  const placed = (segments) =>
    vector(segments.map(({ at, bytes }) => Buffer.concat([Buffer.from([DATA_SEGMENT]), constant(at), Buffer.from([END]), sized(bytes)])));

  const defined = all.slice(imports.length);
  const changed = new Map([
    [SECTION.type, typeSection],
    [SECTION.import, vector(imports.map((one) => Buffer.concat([text(`./${build}`), text(one.name), Buffer.from([KIND.function]), unsigned(one.type)])))],
    [SECTION.function, vector([...defined.map((index) => unsigned(isRest(index) ? stubType(index) : typeOf(index))), unsigned(nothing)])],
    [SECTION.table, appended(module, SECTION.table, [limits])],
    [SECTION.export, appended(module, SECTION.export, shared.map(({ name, kind, index }) => Buffer.concat([text(name), Buffer.from([kind]), unsigned(index)])))],
    [SECTION.element, appended(module, SECTION.element, [elements(later.length + 1, earlier)])],
    [SECTION.code, vector([...defined.map((index) => (isRest(index) ? stub(index, [CALL, ...unsigned(check)]) : sized(bodies[index - imports.length]))), checkBody])],
    [SECTION.data, placed(data.first)],
  ]);
  // The count of data segments is only for instructions that name one, of which there are none.
  const kept = bare(module.sections).filter(({ id }) => id !== SECTION.dataCount);
  for (const id of changed.keys()) if (!kept.some((section) => section.id === id)) throw new Error(`the module has no section ${id}`);
  const first = kept.map((section) => ({ id: section.id, body: changed.get(section.id) ?? section.body }));

  const rest = [
    [SECTION.type, typeSection],
    [SECTION.import, vector(shared.map(({ name, kind, type }) => Buffer.concat([text(''), text(name), Buffer.from([kind]), type])))],
    [SECTION.function, vector(all.map((index) => unsigned(isRest(index) ? typeOf(index) : stubType(index))))],
    [SECTION.element, vector([elements(1, later)])],
    [SECTION.code, vector(all.map((index) => (isRest(index) ? sized(bodies[index - imports.length]) : stub(index, []))))],
    [SECTION.data, placed(data.rest)],
  ];
  return { first: write(first), rest: write(rest.map(([id, content]) => ({ id, body: content }))) };
}

/** What both parts have in common, with names of their build: parts of two builds must not meet. */
function sharedBy({ tables, memories, globals }, limits, build) {
  const named = (letter, kind) => (type, index) => ({ name: `${build}${letter}${index}`, kind, index, type });
  return [
    ...[...tables, limits].map(named('t', KIND.table)),
    ...memories.map(named('m', KIND.memory)),
    ...globals.map(named('g', KIND.global)),
  ];
}

const typed = ({ parameters, results }) =>
  Buffer.from([FUNCTION_TYPE, ...unsigned(parameters.length), ...parameters, ...unsigned(results.length), ...results]);
