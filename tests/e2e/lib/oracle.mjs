// The arithmetic of docs/arithmetic.md once more, one product after the other: what the page says of a
// layer is held against this. Only output codes are not made here: `linear` of the package rescales,
// and is itself held to recordings of the libraries.

const EXACT = 'fbgemm_vnni';

/**
 * How products are added, which rule rescales (none: the integer is the result), whether only a weight
 * zero point of 0 is taken, whether the bytes are signed codes with 128 added, how far they are below the
 * codes, which products are together, and whose dynamic layer it is.
 */
const engine = (lane, rule, { symmetric = false, shifted = false, below = 0, group = 'neighbours', dynamic = '' } = {}) => ({ lane, rule, symmetric, shifted, below, group, dynamic });

/** Every engine by its key. */
export const ENGINES = {
  fbgemm_avx2: engine('saturate', 'fbgemm'),
  fbgemm_avx512: engine('saturate', 'fbgemm'),
  fbgemm_vnni: engine('exact', 'fbgemm'),
  fbgemm_dynamic: engine('saturate', null, { symmetric: true, dynamic: 'fbgemm' }),
  fbgemm_dynamic_vnni: engine('exact', null, { symmetric: true, dynamic: 'fbgemm' }),
  fbgemm_depthwise: engine('saturate', 'fbgemm'),
  fbgemm_acc16: engine('acc16', 'fbgemm'),
  qnnpack: engine('exact', 'qnnpack'),
  qnnpack_dynamic: engine('exact', null, { symmetric: true, dynamic: 'qnnpack' }),
  torch_onednn_avx2: engine('saturate', 'onednn', { symmetric: true }),
  torch_onednn_avx512: engine('saturate', 'onednn', { symmetric: true }),
  torch_onednn_vnni: engine('exact', 'onednn', { symmetric: true }),
  torch_onednn_conv: engine('saturate', 'onednn_conv', { symmetric: true, group: 'tap' }),
  torch_onednn_conv_vnni: engine('exact', 'onednn_conv', { symmetric: true }),
  torch_onednn_conv_brgemm: engine('saturate', 'onednn_conv', { symmetric: true, group: 'columns' }),
  torch_onednn_conv_gemm: engine('saturate', 'onednn_conv', { symmetric: true }),
  torch_int_mm: engine('saturate', null),
  torch_int_mm_vnni: engine('exact', null),
  onnx_runtime_avx2: engine('saturate', null),
  onnx_runtime_vnni: engine('exact', null),
  onnx_runtime_neon: engine('wrap', null, { below: 128, group: 'eight apart' }),
  onnx_qlinear_avx2: engine('saturate', 'onnx_runtime'),
  onnx_qlinear_vnni: engine('exact', 'onnx_runtime'),
  onnx_qlinear_neon: engine('wrap', 'onnx_runtime', { below: 128, group: 'eight apart' }),
  onnx_dynamic: engine('saturate', null, { dynamic: 'onnx' }),
  onnx_dynamic_vnni: engine('exact', null, { dynamic: 'onnx' }),
  onnx_qlinear_u8u8: engine('exact', 'onnx_runtime'),
  onnx_qlinear_s8s8: engine('exact', 'onnx_runtime'),
  onnx_qlinear_s8s8_neon: engine('wrap', 'onnx_runtime', { below: 128, group: 'eight apart' }),
  onnx_depthwise: engine('exact', 'onnx_runtime', { symmetric: true }),
  onnx_depthwise_arm: engine('wrap', 'onnx_runtime', { symmetric: true, below: 128, group: 'taps on arm' }),
  tflite_gemmlowp: engine('exact', 'gemmlowp', { symmetric: true }),
  tflite_ruy: engine('exact', 'ruy', { symmetric: true }),
  tflite_reference: engine('exact', 'double', { symmetric: true }),
  xnnpack: engine('exact', 'xnnpack', { symmetric: true }),
  onednn_s8s8: engine('saturate', 'onednn', { symmetric: true, shifted: true }),
  onednn_half_scale: engine('half', 'onednn', { symmetric: true }),
  power_of_two_shift: engine('exact', 'power_of_two'),
  pair_wraps: engine('wrap', 'fbgemm'),
  products_15_bit: engine('product15', 'fbgemm'),
  running_16_bit: engine('running16', 'fbgemm'),
};

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
export const saturate16 = (value) => clamp(value, -32768, 32767);
const wrap16 = (value) => (value << 16) >> 16;
const clamp15 = (value) => clamp(value, -16384, 16383);
export const total = (values) => values.reduce((sum, value) => sum + value, 0);
const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** Rounded to a whole number, halves to even. */
export const rint = (value) => {
  const floor = Math.floor(value);
  const part = value - floor;
  return part > 0.5 || (part === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
};

/** A value in float32. */
export const f32 = Math.fround;

/** What a weight counts for: with halved weights twice the half of it. */
const counted = (lane, w) => (lane === 'half' ? 2 * rint(w / 2) : w);

/** Largest distances below and above 0 of some differences. */
const extent = (values) => ({ below: Math.max(0, ...values.map((v) => -v)), above: Math.max(0, ...values) });

/** A list two by two; the last of an odd number is alone. */
const byTwo = (list) => list.filter((_, at) => at % 2 === 0).map((one, at) => [one, ...list.slice(2 * at + 1, 2 * at + 2)]);

/** Which k are together, of a row of so many under a kernel of rows and columns. */
const GROUPS = {
  neighbours: (count) => byTwo(repeat(count, (k) => k)),
  /** k and k + 8 of every sixteen. */
  'eight apart': (count) =>
    repeat(count, (k) => k).filter((k) => k % 16 < 8).map((k) => (k + 8 < count ? [k, k + 8] : [k])),
  /** Neighbours of one tap. */
  tap: (count, [rows, columns]) => {
    const channels = count / (rows * columns);
    return repeat(rows * columns, (tap) => byTwo(repeat(channels, (channel) => tap * channels + channel))).flat();
  },
  /** One channel: taps down the columns of the kernel. More: as within a tap. */
  columns: (count, [rows, columns]) =>
    rows * columns > 1 && count === rows * columns
      ? byTwo(repeat(columns, (column) => repeat(rows, (row) => row * columns + column)).flat())
      : GROUPS.tap(count, [rows, columns]),
  'taps on arm': (count) => (count === 9 ? [[0, 2], [1, 3], [4, 6], [5, 7], [8]] : GROUPS.neighbours(count)),
};

/**
 * A row of products, group after group: each one's exact sum, and what is added for it.
 *
 * @param {string} lane
 * @param {number[]} bytes
 * @param {number[]} row
 * @param {number[][]} groups
 */
function pairsOf(lane, bytes, row, groups = GROUPS.neighbours(row.length)) {
  const pairs = [];
  let running = 0;
  for (const ks of groups) {
    if (lane === 'acc16' && ks[0] % 256 === 0) running = 0;
    const products = ks.map((one) => bytes[one] * row[one]);
    const exact = total(products);
    let kept = exact;
    if (lane === 'saturate') kept = saturate16(exact);
    if (lane === 'wrap') kept = wrap16(exact);
    if (lane === 'product15') kept = total(products.map(clamp15));
    if (lane === 'half') kept = 2 * saturate16(total(ks.map((one) => bytes[one] * rint(row[one] / 2))));
    if (lane === 'acc16' || lane === 'running16') {
      const before = running;
      if (lane === 'acc16') running = saturate16(running + saturate16(exact));
      else for (const product of products) running = saturate16(running + product);
      kept = running - before;
    }
    pairs.push({ ks, bytes: ks.map((one) => bytes[one]), weights: ks.map((one) => row[one]), products, exact, kept });
  }
  return pairs;
}

/** How far, and to which side, a pair or its products are beyond their range; '' in it. */
function beyond(lane, pair) {
  const side = (value, least, most) => Number(value > most) - Number(value < least);
  const sides = {
    saturate: () => [side(pair.exact, -32768, 32767)],
    acc16: () => [side(pair.exact, -32768, 32767)],
    wrap: () => [Math.floor((pair.exact + 32768) / 65536)],
    product15: () => pair.products.map((product) => side(product, -16384, 16383)),
  }[lane]?.() ?? [0];
  return sides.some((one) => one !== 0) ? sides.join() : '';
}

/** What a change of slope does. */
export function effectOf(before, after) {
  if (before === after) return 'jump';
  if (after === 0) return 'flat';
  if (before * after < 0) return 'turned';
  return Math.abs(after) < Math.abs(before) ? 'shallower' : 'steeper';
}

/** All that is true of a layer along its sweep, on any engine. */
export class Oracle {
  #kept = new Map();

  /**
   * @param {object | string} options of `ramp`, which gives the layer, the state and, along a vector, the
   *   places
   * @param {any} api the package
   */
  constructor(options, { linear, ramp }) {
    const { layer, state, at, link } = ramp(options);
    this.layer = layer;
    this.state = state;
    this.linear = linear;
    const calibrated = ramp({ link, xScale: null, xZp: null }).layer;
    /** Whether inputs have the scale and zero point of the calibration. */
    this.isCalibrated = calibrated.inputScale === layer.inputScale && calibrated.inputZeroPoint === layer.inputZeroPoint;
    this.rows = repeat(layer.outputs, (n) => [...layer.weights.slice(n * layer.inputs, (n + 1) * layer.inputs)]);
    this.byCode = state.direction !== 'vector';
    this.at = this.byCode ? repeat(256, (code) => (code - layer.inputZeroPoint) * f32(layer.inputScale)) : [...at];
    const rest = this.codesAt(0);
    this.places = this.at.map((t, place) => {
      if (state.direction === 'all') return Array(layer.inputs).fill(place);
      if (state.direction === 'one') return rest.map((code, k) => (k === state.dir_k ? place : code));
      return this.codesAt(t);
    });
  }

  #once(name, make) {
    if (!this.#kept.has(name)) this.#kept.set(name, make());
    return this.#kept.get(name);
  }

  /**
   * How a real input becomes a code: `rint(x · (1 / scale)) + zero point`, clamped; in FBGEMM's dynamic
   * layer the zero point comes before rounding, in ONNX Runtime's x is divided.
   */
  quantized(x, key = EXACT) {
    const { inputScale, inputZeroPoint, qmin, qmax } = this.layer;
    const dynamic = this.refused(key) === 0 ? ENGINES[key].dynamic : '';
    const isFirst = dynamic === 'fbgemm';
    const scaled = dynamic === 'onnx' ? f32(x) / f32(inputScale) : f32(x) * f32(1 / f32(inputScale));
    const product = f32(isFirst ? scaled + inputZeroPoint : scaled);
    const unclamped = rint(product) + (isFirst ? 0 : inputZeroPoint);
    return { product, unclamped, code: clamp(unclamped, qmin, qmax) };
  }

  factor(k) {
    const { direction, dir_k, dir } = this.state;
    if (direction === 'one') return k === dir_k ? 1 : 0;
    return direction === 'vector' ? f32(dir[k] ?? 1) : 1;
  }

  /** The real value of input k at a place of the sweep. */
  realAt(k, t) {
    const isRest = this.state.direction === 'one' && k !== this.state.dir_k;
    return isRest ? f32(this.state.rest) : f32(this.factor(k) * f32(t));
  }

  codesAt(t, key = EXACT) {
    return repeat(this.layer.inputs, (k) => this.quantized(this.realAt(k, t), key).code);
  }

  /** The place of a value of the sweep: its code, or the nearest one. */
  placeOf(t) {
    if (this.byCode) return this.quantized(t).code;
    const distance = this.at.map((at) => Math.abs(at - f32(t)));
    return distance.lastIndexOf(Math.min(...distance));
  }

  /**
   * The ends of what is drawn.
   *
   * @returns {number[]}
   */
  get window() {
    const [from, to] = [this.state.zoom_from ?? this.state.from, this.state.zoom_to ?? this.state.to].map(f32);
    return from < to ? [from, to] : this.sweep;
  }

  /** The ends of the sweep. */
  get sweep() {
    return [this.state.from, this.state.to].map(f32);
  }

  get isZoomed() {
    return this.window[0] !== this.sweep[0] || this.window[1] !== this.sweep[1];
  }

  /**
   * The places between two values of the sweep, with both.
   *
   * @param {number[]} ends
   */
  between([from, to]) {
    const first = this.placeOf(from);
    return repeat(this.placeOf(to) - first + 1, (index) => first + index);
  }

  weightScale(output) {
    return f32([this.layer.weightScale].flat()[Array.isArray(this.layer.weightScale) ? output : 0]);
  }

  weightZeroPoint(output) {
    return [this.layer.weightZeroPoint].flat()[Array.isArray(this.layer.weightZeroPoint) ? output : 0];
  }

  /** The weight zero point that an engine refuses; 0 if it runs the layer. */
  refused(key) {
    const zeroPoints = [this.layer.weightZeroPoint].flat();
    return ENGINES[key].symmetric ? (zeroPoints.find((one) => one !== 0) ?? 0) : 0;
  }

  /** The byte that is multiplied for a code. */
  byte(key, code) {
    if (ENGINES[key].below > 0) return code - ENGINES[key].below;
    return ENGINES[key].shifted ? clamp(code - this.layer.inputZeroPoint, -128, 127) + 128 : code;
  }

  pairs(key, codes, output) {
    return pairsOf(ENGINES[key].lane, codes.map((code) => this.byte(key, code)), this.rows[output], this.groups(key));
  }

  /** Which k an engine adds first, and how a row is made of taps. */
  groups(key) {
    const { group } = ENGINES[key];
    return this.#once(`groups ${group}`, () => {
      const count = this.layer.inputs;
      const size = this.state.kernel.split('x').map(Number);
      const kernel = count % (size[0] * size[1]) === 0 ? size : [1, 1];
      return GROUPS[group](count, kernel);
    });
  }

  /** The numbers from a row's products to its accumulator, in 32 bits. */
  terms(key, codes, output) {
    const { lane, shifted, below } = ENGINES[key];
    const [zero, weightZero] = [shifted ? 128 : this.layer.inputZeroPoint - below, this.weightZeroPoint(output)];
    const weightSum = total(this.rows[output].map((w) => counted(lane, w)));
    const raw = total(this.pairs(key, codes, output).map((pair) => pair.kept));
    const input = zero * (weightSum - this.layer.inputs * weightZero);
    const byteSum = total(codes) - below * this.layer.inputs;
    const weight = weightZero * byteSum;
    return { raw, zero, weightZero, weightSum, byteSum, input, weight, acc: (raw - input - weight) | 0 };
  }

  /** Output codes of rows of input codes by the package, row by row; none of an integer product. */
  #codes(key, rule, rows) {
    if (rule === null) return null;
    const x = Uint8Array.from(rows.flat());
    const { codes, accumulators } = this.linear({ ...this.layer, x, engine: key, rescale: rule });
    return rows.map((_, row) =>
      repeat(this.layer.outputs, (output) => {
        const at = row * this.layer.outputs + output;
        return { code: codes[at], acc: accumulators[at] };
      }),
    );
  }

  /** The rule that rescales for an engine. */
  rule(key, rescale = 'auto') {
    return rescale === 'auto' ? ENGINES[key].rule : rescale;
  }

  /** The real output of an accumulator on an engine, or of its code. */
  real(key, output, acc, code) {
    const { inputScale, outputScale, outputZeroPoint, bias, relu } = this.layer;
    if (code !== null) return f32((code - outputZeroPoint) * f32(outputScale));
    const unit = f32(f32(inputScale) * this.weightScale(output));
    const { dynamic } = ENGINES[key];
    const product = f32(acc) * unit;
    const real = f32((dynamic === 'fbgemm' ? product : f32(product)) + f32(bias?.[output] ?? 0));
    return dynamic && relu ? Math.max(real, 0) : real;
  }

  /** One row of input codes through an engine and a rule. */
  run(key, rescale, codes, output) {
    const terms = this.terms(key, codes, output);
    const code = this.#codes(key, this.rule(key, rescale), [codes])?.[0][output].code ?? null;
    return { ...terms, code, real: this.real(key, output, terms.acc, code) };
  }

  /**
   * An output on an engine at every place: accumulators, output codes (none of an integer product), the
   * exact ones, and what the sum and what the rounding do to the code (the sum alone to the accumulator
   * where there is none).
   */
  along(key, rescale, output) {
    const rule = this.rule(key, rescale);
    return this.#once(`along ${key} ${rule} ${output}`, () => {
      const all = this.#once(`codes ${key} ${rule}`, () => this.#codes(key, rule, this.places));
      const rounded = this.#once(`rounded ${rule}`, () => this.#codes(EXACT, rule, this.places));
      const exactCodes = this.#once('exact', () => this.#codes(EXACT, 'fbgemm', this.places));
      return this.places.map((codes, place) => {
        const { acc } = this.terms(key, codes, output);
        const { acc: exact } = this.terms(EXACT, codes, output);
        const code = all?.[place][output].code ?? null;
        if (all && all[place][output].acc !== acc) throw new Error(`${key}: ${acc} is ${all[place][output].acc} in linear`);
        const exactCode = exactCodes[place][output].code;
        const unbent = rounded?.[place][output].code;
        return {
          acc, exact, code, exactCode,
          real: this.real(key, output, acc, code),
          bySum: code === null ? acc - exact : code - unbent,
          byRounding: code === null ? 0 : unbent - exactCode,
        };
      });
    });
  }

  /** How far an output's sum and its rounding lead it away over some places, and its accumulator. */
  away(key, rescale, output, places) {
    const all = this.along(key, rescale, output);
    const over = (of) => extent(places.map((place) => of(all[place])));
    const first = (of) => places.find((place) => of(all[place]) !== 0);
    return {
      sum: over((one) => one.bySum),
      rounding: over((one) => one.byRounding),
      acc: over((one) => one.acc - one.exact),
      firstAcc: first((one) => one.acc - one.exact),
      firstCode: first((one) => one.bySum + one.byRounding),
    };
  }

  /**
   * What an engine makes of two weights: 'never', 'odd', 'others', or the first code of both that loses, as
   * `{ from }`, or the last, as `{ upTo }`.
   */
  verdict(key, weights) {
    const { lane } = ENGINES[key];
    if (lane === 'half') return weights.some((w) => w % 2 !== 0) ? 'odd' : 'never';
    if (lane === 'exact') return 'never';
    if (lane === 'running16') return 'others';
    const { qmin, qmax } = this.layer;
    const codes = repeat(qmax - qmin + 1, (index) => qmin + index);
    const loses = (...pair) => beyond(lane, pairsOf(lane, pair.map((code) => this.byte(key, code)), weights)[0]) !== '';
    return this.#once(`verdict ${key} ${weights}`, () => {
      const lost = codes.filter((code) => loses(code, code));
      if (lost.length > 0) {
        const isFrom = lost.at(-1) === qmax;
        const all = codes.filter((code) => (isFrom ? code >= lost[0] : code <= lost.at(-1)));
        if (all.join() !== lost.join()) throw new Error(`${weights} are lost at ${lost}`);
        return isFrom ? { from: lost[0] } : { upTo: lost.at(-1) };
      }
      // Not at equal inputs only: each product, and so their sum, is at an end where its code is.
      for (const a of [qmin, qmax]) for (const b of [qmin, qmax]) if (loses(a, b)) throw new Error(`${weights} do not fit at ${a}, ${b}`);
      return 'never';
    });
  }

  /** Whether the kinks of an engine are looked for along this sweep. */
  knowsKinks(key) {
    const { lane, shifted } = ENGINES[key];
    return this.byCode || ['exact', 'half'].includes(lane) || (lane === 'saturate' && !shifted);
  }

  /** The kinks of an output's accumulator, each with where it is seen. */
  kinks(key, rescale, output) {
    return this.#once(`kinks ${key} ${this.rule(key, rescale)} ${output}`, () => {
      const { lane, shifted } = ENGINES[key];
      if (this.refused(key) !== 0 || !this.knowsKinks(key)) return [];
      const isClamped = shifted && this.layer.inputZeroPoint !== 128;
      const found = lane === 'saturate' && !(shifted && (isClamped || this.state.direction !== 'all'))
        ? this.#byPairs(key, output)
        : this.byCode ? this.#bySteps(key, output) : [];
      const ramp = this.along(key, rescale, output);
      return found.map((kink, index) => ({
        ...kink,
        number: index + 1,
        at: this.at[kink.place],
        code: this.byCode ? kink.place : null,
        effect: effectOf(kink.before, kink.after),
        where: this.#where(kink.place, ramp),
      }));
    });
  }

  /** What a pair is named by where it leaves its range, or by what it was before it came back. */
  #changed(key, old, fresh) {
    const { lane } = ENGINES[key];
    const pairs = fresh.map((pair, index) => [old[index], pair]).filter(([before, now]) => beyond(lane, before) !== beyond(lane, now));
    return pairs.map(([before, now]) => this.#named(key, beyond(lane, now) === '' ? before : now));
  }

  #named(key, pair) {
    const low = ENGINES[key].lane === 'product15' ? [-16384, 16383] : [-32768, 32767];
    return { ks: pair.ks, weights: pair.weights, rail: low[pair.exact < 0 ? 0 : 1] };
  }

  /** Which end of the signed codes holds an input's byte: 0 where the byte goes on with the code. */
  #heldAt(key, code) {
    if (!ENGINES[key].shifted) return 0;
    const signed = code - this.layer.inputZeroPoint;
    return signed > 127 ? 1 : signed <= -128 && code > 0 ? -1 : 0;
  }

  /**
   * Where pairs reach a rail or leave it, and where the byte of the swept input comes to an end. Between two such
   * places the sum goes on by what is in range.
   */
  #byPairs(key, output) {
    const found = [];
    const { qmin, qmax } = this.layer;
    const { dir_k } = this.state;
    const at = this.places.map((codes) => this.pairs(key, codes, output));
    const held = (place) => (this.byCode ? this.#heldAt(key, this.places[place][dir_k]) : 0);
    const slope = (place) => {
      const codes = this.places[place];
      const factor = (k) => {
        const moves = this.byCode ? held(place) === 0 : codes[k] > qmin && codes[k] < qmax;
        return moves ? this.factor(k) : 0;
      };
      const kept = (pair, side) => (beyond('saturate', pair) === '' ? pair.weights[side] : 0);
      const each = (pair) => pair.ks.map((k, side) => factor(k) * (kept(pair, side) - this.weightZeroPoint(output)));
      return total(at[place].flatMap(each));
    };
    for (let place = 1; place < at.length; place += 1) {
      const count = found.length;
      const [before, after] = [slope(place - 1), slope(place)];
      for (const isRelease of [false, true]) {
        const changed = at[place].filter((now, index) => {
          const [old, fresh] = [beyond('saturate', at[place - 1][index]), beyond('saturate', now)];
          return old !== fresh && (isRelease ? fresh === '' : old === '');
        });
        // What is left is where it was the place before.
        const pairs = changed.map((pair) => this.#named(key, isRelease ? at[place - 1][at[place].indexOf(pair)] : pair));
        if (pairs.length > 0) found.push({ place, before, after, pairs, isRelease });
      }
      // A byte of a saturated pair comes to an end unseen.
      if (found.length === count && before !== after && held(place - 1) !== held(place)) found.push({ place, before, after, pairs: [], isRelease: false });
    }
    if (this.byCode) this.#compare(key, output, found);
    return found;
  }

  /** Throws where the accumulator's own steps tell of another bend than those that were found. */
  #compare(key, output, found) {
    const acc = this.places.map((codes) => this.terms(key, codes, output).acc);
    const isNear = (code) => found.some(({ place }) => place === code || place === code - 1);
    for (let code = 2; code < acc.length; code += 1) {
      const isBend = acc[code] - acc[code - 1] !== acc[code - 1] - acc[code - 2];
      if (isBend && !isNear(code)) throw new Error(`${key}: the sum bends at code ${code}`);
      const kink = found.find(({ place }) => place === code);
      const isClear = ![-2, -1, 1].some((step) => found.some(({ place }) => place === code + step));
      if (!kink || !isClear || code > 253) continue;
      const steps = [acc[code - 1] - acc[code - 2], acc[code + 2] - acc[code + 1]];
      if (steps.join() !== [kink.before, kink.after].join()) throw new Error(`${key}: the slopes at code ${code} are ${steps}`);
    }
  }

  /** Where the accumulator's step from code to code changes. */
  #bySteps(key, output) {
    const acc = this.places.map((codes) => this.terms(key, codes, output).acc);
    const step = (code) => (acc[code] - acc[code - 1]) | 0;
    const found = [];
    let before = step(1);
    for (let place = 2; place < acc.length; place += 1) {
      if (step(place) === before) continue;
      const after = step(Math.min(place + 1, acc.length - 1));
      const changed = (now) => {
        const [old, fresh] = [now - 1, now].map((one) => this.pairs(key, this.places[one], output));
        return this.#changed(key, old, fresh);
      };
      // Of two kinks at neighbouring codes the steps tell the second one code late.
      const [now, last] = [changed(place), changed(place - 1)];
      // A pair that comes back at code 1 leaves a slope that was none.
      if (place === 2 && now.length === 0 && last.length > 0) found.push({ place: 1, before: after, after, pairs: last, isRelease: false });
      else found.push({ place, before, after, pairs: now.length > 0 ? now : last, isRelease: false });
      before = after;
    }
    return found;
  }

  /** The codes that outputs are clamped to: with relu none below real 0. */
  get outputCodes() {
    const { qmin, qmax, relu, outputZeroPoint } = this.layer;
    return [relu ? clamp(outputZeroPoint, qmin, qmax) : qmin, qmax];
  }

  #where(place, ramp) {
    const [from, to] = this.sweep;
    const at = this.at[place];
    if (at < from || at > to) return 'sweep';
    const last = this.byCode ? this.layer.qmax : this.at.length - 1;
    if (place >= last) return 'input clamp';
    const around = [place - 1, place, place + 1].map((one) => ramp[one].code);
    if (this.outputCodes.some((end) => around.every((code) => code === end))) return 'output clamp';
    return 'seen';
  }

  /** Where a kink is in what is drawn: 'seen', or what hides it. */
  shown(kink) {
    if (kink.where === 'sweep') return 'sweep';
    if (kink.at < this.window[0] || kink.at > this.window[1]) return 'window';
    return kink.where === 'output clamp' && this.state.plot === 'accumulator' ? 'seen' : kink.where;
  }
}
