// Products in a browser, beside each other: our kernel, its relaxed module, and onnxruntime-web. For
// ../bench-kernel.mjs, which serves this file and what it fetches.

/** M, N, K of examples/kernel_wasm.rs. */
const [ROWS, OUTPUTS, INPUTS] = [64, 256, 1024];
const ROUNDS = 120;
/** Products of a round: clocks of browsers tick at 0.1 ms. */
const TIMES = 8;

const at = (list, share) => list.toSorted((a, b) => a - b)[Math.floor(list.length * share)];
const median = (list) => at(list, 0.5);
/** The ninth decile: on a busy machine, what is least disturbed. */
const ninth = (list) => at(list, 0.9);

async function instance(path, imports = {}) {
  const { instance } = await WebAssembly.instantiate(await (await fetch(path)).arrayBuffer(), imports);
  return /** @type {any} */ (instance.exports);
}

// A model in ONNX's protobuf, written field by field.
const varint = (value) => {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
};
const number = (field, value) => [...varint(field * 8), ...varint(value)];
const bytes = (field, value) => [...varint(field * 8 + 2), ...varint(value.length), ...value];
const text = (field, value) => bytes(field, new TextEncoder().encode(value));
const of = (name, type, columns) =>
  [...text(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, [...bytes(1, text(2, 'm')), ...bytes(1, number(1, columns))])]))];

/**
 * `y = MatMulInteger(a, b)`, u8 by s8.
 *
 * @param {Int8Array} weights `[N][K]`
 * @returns {Uint8Array}
 */
function model(weights) {
  const b = new Uint8Array(INPUTS * OUTPUTS);
  for (let n = 0; n < OUTPUTS; n += 1) for (let k = 0; k < INPUTS; k += 1) b[k * OUTPUTS + n] = weights[n * INPUTS + k];
  const [uint8, int8, int32] = [2, 3, 6];
  const node = [...text(1, 'a'), ...text(1, 'b'), ...text(2, 'y'), ...text(4, 'MatMulInteger')];
  const tensor = [...number(1, INPUTS), ...number(1, OUTPUTS), ...number(2, int8), ...text(8, 'b'), ...bytes(9, b)];
  const graph = [...bytes(1, node), ...text(2, 'g'), ...bytes(5, tensor), ...bytes(11, of('a', uint8, INPUTS)), ...bytes(12, of('y', int32, OUTPUTS))];
  return new Uint8Array([...number(1, 8), ...bytes(8, [...text(1, ''), ...number(2, 13)]), ...bytes(7, graph)]);
}

/**
 * The sums of the definition, `[rows][outputs]`.
 *
 * @param {Uint8Array} codes `[rows][inputs]`
 * @param {Int8Array} weights `[outputs][inputs]`
 * @param {boolean} isClamped whether pairs saturate
 * @param {number} inputs even
 */
function sums(codes, weights, isClamped, inputs = INPUTS) {
  const [rows, outputs] = [codes.length / inputs, weights.length / inputs];
  const all = new Int32Array(rows * outputs);
  for (let m = 0; m < rows; m += 1) {
    for (let n = 0; n < outputs; n += 1) {
      let sum = 0;
      for (let k = 0; k < inputs; k += 2) {
        const [x, w] = [m * inputs + k, n * inputs + k];
        const pair = codes[x] * weights[w] + codes[x + 1] * weights[w + 1];
        sum += isClamped ? Math.max(-32768, Math.min(32767, pair)) : pair;
      }
      all[m * outputs + n] = sum;
    }
  }
  return all;
}

/** The checksum that the module's `run` gives. */
const checksum = (all) => all.reduce((sum, one) => (((sum << 5) | (sum >>> 27)) + one) >>> 0, 0);

/**
 * The relaxed module over a memory of its own: what it can do here, and its products for a layer.
 *
 * @returns {Promise<{ probed: number, of: (codes: Uint8Array, weights: Int8Array, inputs?: number) =>
 *   { exact?: () => Int32Array, clamped?: () => Int32Array } }>} the probe's milliseconds, and products that pack
 *   the codes each time
 */
async function relaxed() {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const module = await instance('/kernel_relaxed.wasm', { env: { memory } });
  const began = performance.now();
  const can = module.probe();
  const probed = performance.now() - began;
  // Above what the module calls its own.
  const base = 1 << 21;
  const [x, w, packedX, packedW, out] = [0, 1 << 16, 3 << 18, 1 << 20, 3 << 19].map((at) => base + at);
  const of = (codes, weights, inputs = INPUTS) => {
    const [rows, outputs] = [codes.length / inputs, weights.length / inputs];
    new Uint8Array(memory.buffer).set(codes, x);
    new Int8Array(memory.buffer).set(weights, w);
    module.pack(w, outputs, inputs, packedW);
    const run = (product) => () => {
      module.pack(x, rows, inputs, packedX);
      module[product](packedX, packedW, rows, outputs, inputs, out);
      return new Int32Array(memory.buffer, out, rows * outputs);
    };
    return { exact: can & 1 ? run('exact') : undefined, clamped: can & 2 ? run('clamped') : undefined };
  };
  return { probed, of };
}

function same(name, found, expected) {
  if (found.length !== expected.length || found.some((one, at) => one !== expected[at])) throw new Error(`${name} is not the definition's`);
}

const PRODUCTS = /** @type {const} */ (['exact', 'clamped']);

/** Every length that the relaxed products take, of bytes that are often at an end. */
function checkLengths(of) {
  let state = 1;
  const byte = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const one = state >>> 24;
    return one & 1 ? one : [0, 255, 128, 127][(one >> 1) & 3];
  };
  for (let inputs = 4; inputs <= 132; inputs += 4) {
    const codes = Uint8Array.from({ length: 8 * inputs }, byte);
    const weights = Int8Array.from({ length: 16 * inputs }, byte);
    const products = of(codes, weights, inputs);
    for (const product of PRODUCTS) {
      if (products[product]) same(`${product}, K = ${inputs},`, products[product](), sums(codes, weights, product === 'clamped', inputs));
    }
  }
}

/**
 * Runs all contenders in turns, so that a busy moment does not fall on one alone.
 *
 * @returns {Promise<{ probed: number | undefined, contenders: { name: string, speed: number, best: number, ratio: number, bestRatio: number }[] }>}
 *   GMAC/s, median and ninth decile, and of each the ratio to the first of them
 * @throws where a product is not that of the definition
 */
export async function race() {
  const kernel = await instance('/kernel_wasm.wasm');
  const layers = [0, 1].map((which) => {
    // Made when first asked for, which may move the memory.
    const [x, w] = [kernel.codes(which), kernel.weights(which)];
    return { codes: new Uint8Array(kernel.memory.buffer, x, ROWS * INPUTS).slice(), weights: new Int8Array(kernel.memory.buffer, w, OUTPUTS * INPUTS).slice() };
  });
  const [uniform, trained] = layers;
  /** @type {{ name: string, run: (times: number) => any, speeds: number[] }[]} */
  const contenders = [];
  const add = (name, run) => contenders.push({ name, run, speeds: [] });

  const path = '/ort/ort.wasm.min.mjs';
  const ort = await import(path);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/ort/';
  const session = await ort.InferenceSession.create(model(uniform.weights), { executionProviders: ['wasm'] });
  const a = new ort.Tensor('uint8', uniform.codes, [ROWS, INPUTS]);
  same('onnxruntime-web', (await session.run({ a })).y.data, sums(uniform.codes, uniform.weights, false));
  add('onnxruntime-web, MatMulInteger', async (times) => { for (let time = 0; time < times; time += 1) await session.run({ a }); });

  for (const [name, which, layer, isClamped] of /** @type {const} */ ([
    ['exact', 2, uniform, false],
    ['saturating, weights as if trained', 12, trained, true],
    ['saturating, uniform weights', 3, uniform, true],
  ])) {
    if (kernel.run(which, 1) >>> 0 !== checksum(sums(layer.codes, layer.weights, isClamped))) throw new Error(`${name} is not the definition's`);
    add(name, (times) => kernel.run(which, times));
  }
  let probed;
  try {
    const { probed: took, of } = await relaxed();
    probed = took;
    checkLengths(of);
    const products = of(uniform.codes, uniform.weights);
    for (const product of PRODUCTS) {
      const run = products[product];
      if (!run) continue;
      same(product, run(), sums(uniform.codes, uniform.weights, product === 'clamped'));
      add(`relaxed, ${product === 'exact' ? 'exact' : 'saturating'}`, (times) => { for (let time = 0; time < times; time += 1) run(); });
    }
  } catch (error) {
    // A browser without relaxed SIMD does not compile it.
    if (!(error instanceof WebAssembly.CompileError)) throw error;
  }

  for (const { run } of contenders) for (let time = 0; time < 5; time += 1) await run(TIMES);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { run, speeds } of contenders) {
      const began = performance.now();
      await run(TIMES);
      speeds.push((ROWS * OUTPUTS * INPUTS * TIMES) / (performance.now() - began) / 1e6);
    }
  }
  const all = contenders.map(({ name, speeds }) => ({ name, speed: median(speeds), best: ninth(speeds) }));
  const [first] = all;
  return { probed, contenders: all.map((one) => ({ ...one, ratio: one.speed / first.speed, bestRatio: one.best / first.best })) };
}
