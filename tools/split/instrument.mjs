// A module that marks which of its functions have run: a byte for each in a memory of its own,
// which it exports as `ran`. For recording what the first picture needs; never shipped.

import { KIND, Reader, SECTION, bare, constant, sized, text, unsigned, vector, write } from './module.mjs';

/** Number of the added memory. */
const RAN = 1;
const STORE_BYTE = [0x3a, 0x40, RAN, 0];

/**
 * @param module as `read` gives it
 * @returns {Buffer}
 */
export function instrument(module) {
  const bodies = module.bodies.map((body, index) => {
    const reader = new Reader(body);
    reader.list(() => { reader.number(); reader.byte(); });
    const mark = Buffer.concat([constant(index), constant(1), Buffer.from(STORE_BYTE)]);
    return sized(Buffer.concat([body.subarray(0, reader.at), mark, body.subarray(reader.at)]));
  });
  const pages = Math.ceil(bodies.length / 65536);
  const memories = vector([...module.memories, Buffer.concat([Buffer.from([0]), unsigned(pages)])]);
  const entries = module.exports.map(({ name, kind, index }) => Buffer.concat([text(name), Buffer.from([kind]), unsigned(index)]));
  const exports = vector([...entries, Buffer.concat([text('ran'), Buffer.from([KIND.memory, RAN])])]);
  const changed = new Map([[SECTION.code, vector(bodies)], [SECTION.memory, memories], [SECTION.export, exports]]);
  return write(bare(module.sections).map(({ id, body }) => ({ id, body: changed.get(id) ?? body })));
}
