// A module that marks which of its functions have run: a global for each, exported under the
// function's place as `ran:0` and so on. For recording what the first picture needs; never shipped.

import { KIND, Reader, SECTION, appended, bare, constant, sized, text, unsigned, vector, write } from './module.mjs';
import { END, GLOBAL_SET, I32 } from './opcodes.mjs';

/** What the names of the marks begin with. */
export const RAN = 'ran:';
const MUTABLE = 1;

/**
 * @param module as `read` gives it
 * @returns {Buffer}
 */
export function instrument(module) {
  const mark = (index) => module.globals.length + index;
  const bodies = module.bodies.map((body, index) => {
    const reader = new Reader(body);
    reader.list(() => { reader.number(); reader.byte(); });
    const set = Buffer.concat([constant(1), Buffer.from([GLOBAL_SET]), unsigned(mark(index))]);
    return sized(Buffer.concat([body.subarray(0, reader.at), set, body.subarray(reader.at)]));
  });
  const unset = Buffer.concat([Buffer.from([I32, MUTABLE]), constant(0), Buffer.from([END])]);
  const named = bodies.map((_, index) => Buffer.concat([text(`${RAN}${index}`), Buffer.from([KIND.global]), unsigned(mark(index))]));
  const changed = new Map([
    [SECTION.code, vector(bodies)],
    [SECTION.global, appended(module, SECTION.global, bodies.map(() => unset))],
    [SECTION.export, appended(module, SECTION.export, named)],
  ]);
  return write(bare(module.sections).map(({ id, body }) => ({ id, body: changed.get(id) ?? body })));
}
