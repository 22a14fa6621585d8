// The kernel's speed in WebAssembly, beside the plain loop, as ratios of one run.
//
//   node benches/kernel.mjs [MODULE [MODULE_WITHOUT_SIMD]]
//
// MODULE is examples/kernel_wasm.rs built for wasm32 (see its head). The second one, if given, is
// the same built with `-C target-feature=-simd128`: its plain loop is scalar for certain.

import { existsSync, readFileSync } from 'node:fs';

const VARIANTS = { plainExact: 0, plainPairs: 1, exact: 2, pairs: 3, plainTrained: 10, trained: 12 };
/** Groups other than neighbours: the kernel's variant, and after it the oracle's loop. */
const GROUPS = { 'k and k + 8, wrapping': 4, 'taps in columns': 6, 'blocks of 511': 8 };
const ROUNDS = 9;
const ROUND_MS = 120;

const folder = `${process.env.CARGO_TARGET_DIR ?? 'target'}/wasm32-unknown-unknown/page/examples`;
const [modulePath = `${folder}/kernel_wasm.wasm`, scalarPath = `${folder}/kernel_wasm_scalar.wasm`] =
  process.argv.slice(2);

/**
 * @typedef {{ run: (which: number, times: number) => number, vectors: () => number, macs: () => number }} Kernel
 * what examples/kernel_wasm.rs exports
 * @typedef {{ name: string, exports: Kernel, which: number, times: number, speeds: number[] }} Contender
 */

/**
 * @param {string} path
 * @returns {Kernel}
 */
function load(path) {
  return /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {}).exports);
}

function milliseconds(exports, which, times) {
  const start = performance.now();
  exports.run(which, times);
  return performance.now() - start;
}

/**
 * A contender: warmed up, with the number of products that fills a round.
 *
 * @returns {Contender}
 */
function contender(name, exports, which) {
  exports.run(which, 1);
  const once = Math.min(...[1, 2, 3].map(() => milliseconds(exports, which, 1)));
  const times = Math.max(1, Math.round(ROUND_MS / once));
  milliseconds(exports, which, times);
  return { name, exports, which, times, speeds: [] };
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

if (!existsSync(modulePath)) {
  console.error(`${modulePath} is missing: build it as the head of examples/kernel_wasm.rs says`);
  process.exit(1);
}
const simd = load(modulePath);
if (simd.vectors() !== 1) {
  console.error(`${modulePath} was built without simd128: it has no kernel to measure`);
  process.exit(1);
}
const sums = Object.fromEntries(
  Object.entries(VARIANTS).map(([name, which]) => [name, simd.run(which, 1)]),
);
if (sums.plainExact !== sums.exact || sums.plainPairs !== sums.pairs || sums.exact === sums.pairs || sums.plainTrained !== sums.trained) {
  console.error('the kernel and the plain loop disagree', sums);
  process.exit(1);
}
for (const [name, which] of Object.entries(GROUPS)) {
  if (simd.run(which, 1) !== simd.run(which + 1, 1)) {
    console.error(`the kernel and the oracle disagree: ${name}`);
    process.exit(1);
  }
}

const contenders = [];
if (existsSync(scalarPath)) {
  const scalar = load(scalarPath);
  contenders.push(contender('scalar', scalar, VARIANTS.plainExact));
  contenders.push(contender('scalar, saturating', scalar, VARIANTS.plainPairs));
}
contenders.push(contender('plain loop', simd, VARIANTS.plainExact));
contenders.push(contender('plain loop, saturating', simd, VARIANTS.plainPairs));
contenders.push(contender('kernel, saturating', simd, VARIANTS.pairs));
contenders.push(contender('  weights as if trained', simd, VARIANTS.trained));
contenders.push(contender('kernel, exact', simd, VARIANTS.exact));
const groups = Object.entries(GROUPS).map(([name, which]) => [
  contender(`  ${name}`, simd, which),
  contender('    the oracle', simd, which + 1),
]);

// Interleaved, so that a busy moment of the machine does not fall on one contender alone.
for (let round = 0; round < ROUNDS; round += 1) {
  for (const one of [...contenders, ...groups.flat()]) {
    const ms = milliseconds(one.exports, one.which, one.times);
    one.speeds.push((simd.macs() * one.times) / ms / 1e6);
  }
}

const base = median(contenders[0].speeds);
console.log(`kernel in WebAssembly, Node ${process.versions.node}, one core, M=64 N=256 K=1024`);
console.log(`${'GMAC/s'.padStart(33)} ${'best'.padStart(8)} ${'ratio'.padStart(8)}`);
function print({ name, speeds }, against) {
  const [middle, best] = [median(speeds), Math.max(...speeds)];
  const columns = [middle.toFixed(2), best.toFixed(2), `${(middle / against).toFixed(1)}×`];
  console.log(name.padEnd(24) + columns.map((text) => text.padStart(9)).join(''));
}
for (const one of contenders) {
  print(one, base);
}
console.log('other groups, weights packed each time, against the oracle’s loop over groups');
for (const pair of groups) {
  for (const one of pair) {
    print(one, median(pair[1].speeds));
  }
}
console.log(
  'The plain loop is compiled with simd128 as well, so the compiler may vectorise it' +
    (existsSync(scalarPath) ? '; "scalar" is the same loop without.' : '.'),
);
