// The pipeline's numbers after the products, by the oracle: what becomes of the sum, beside an exact one.

import { clamp, ENGINES, f32, rint, saturate16, total } from './oracle.mjs';
import { isFixed, isShort, number, numbers } from './sight.mjs';

const SUMMED = {
  exact: 'all products added in 32 bits',
  product15: 'all products added in 32 bits',
  saturate: 'all pairs added in 32 bits',
  wrap: 'all pairs added in 32 bits',
  running16: 'one sum of 16 bits over all products',
  acc16: 'sums of 16 bits over 256 inputs each, added in 32 bits',
  half: 'twice the sum of all pairs of halved weights',
};
const away = (value) => Math.sign(value) * Math.round(Math.abs(value));

const isOneDnn = (rule) => rule?.startsWith('onednn') ?? false;

/** A bias in units of the accumulator, as a rule adds it. */
function biasOf(rule, bias, scales) {
  const unit = f32(scales.input * scales.weight);
  if (rule === null || isOneDnn(rule)) return bias / unit;
  if (rule === 'onnx_runtime') return rint(f32(bias / unit));
  if (rule === 'fbgemm') return scales.isPerChannel ? f32(bias / unit) : f32(bias * f32(1 / unit));
  if (['qnnpack', 'power_of_two'].includes(rule)) return rint(f32(bias * f32(1 / unit)));
  return away(bias / (scales.input * scales.weight));
}

/** What is left of a scale that is inverted twice. */
const twice = (scale) => f32(1 / f32(1 / scale));

/** Output codes per unit of the accumulator, as a rule multiplies. */
function multiplierOf(rule, { input, weight, output }) {
  const m = f32(f32(input * weight) / output);
  if (rule === 'qnnpack') return f32(f32(input * weight) * f32(1 / output));
  if (isOneDnn(rule)) return f32(f32(twice(input) * (rule === 'onednn' ? twice(weight) : weight)) * f32(1 / twice(output)));
  if (rule === 'double') return (input * weight) / output;
  return rule === 'power_of_two' ? 2 ** -rint(-Math.log2(m)) : m;
}

/** Holds the totals and the table of stages of a {@link Told}. */
export function holdStages(told, { totals, stages }) {
  const { oracle, held, codes, output, rule, lane } = told;
  const { layer } = oracle;
  const run = oracle.run(told.shown, rule, codes, output);
  const { dynamic } = ENGINES[told.shown];
  const own = { fbgemm: 'fbgemm_dynamic_vnni', qnnpack: 'qnnpack_dynamic', onnx: 'onnx_dynamic_vnni' }[dynamic] ?? 'fbgemm_vnni';
  const beside = oracle.run(rule === null ? own : 'fbgemm_vnni', rule === null ? null : 'fbgemm', codes, output);
  const exactSum = total(oracle.pairs(told.shown, codes, output).map((pair) => pair.exact));
  held.is('sum, exact sum, lost', totals.map(number), [run.raw, exactSum, exactSum - run.raw]);

  const scales = {
    input: f32(layer.inputScale), weight: oracle.weightScale(output), output: f32(layer.outputScale), isPerChannel: Array.isArray(layer.weightScale),
  };
  const bias = layer.bias?.[output] ?? null;
  const rules = [rule, rule === null ? null : 'fbgemm'];
  const whole = (...values) => (cells) => cells.every((cell, index) => number(cell) === values[index]);
  /** @type {({id: string, how?: string | number[], isTrue: (cells: string[]) => boolean} | false)[]} */
  const possible = [
    { id: 'stage-raw', how: SUMMED[lane], isTrue: whole(run.raw, beside.raw) },
    { id: 'stage-input-term', how: [run.zero, run.weightSum, layer.inputs, run.weightZero], isTrue: whole(-run.input + 0, -beside.input + 0) },
    run.weightZero !== 0 && { id: 'stage-weight-term', how: [run.weightZero, run.byteSum], isTrue: whole(-run.weight + 0, -beside.weight + 0) },
    { id: 'stage-acc', isTrue: whole(run.acc, beside.acc) },
    bias !== null && {
      id: 'stage-bias',
      how: [bias, scales.input, scales.weight],
      isTrue: (cells) => cells.every((cell, index) => isFixed(number(cell), biasOf(rules[index], bias, scales), 2)),
    },
    rule !== null && {
      id: 'stage-multiplier',
      how: rule === 'qnnpack' || isOneDnn(rule) ? [scales.input, scales.weight, 1, scales.output] : [scales.input, scales.weight, scales.output],
      isTrue: (cells) => cells.every((cell, index) => isMultiplier(cell, multiplierOf(rules[index], scales))),
    },
    rule !== null && {
      id: 'stage-unclamped',
      how: [layer.outputZeroPoint],
      isTrue: (cells) => cells.every((cell, index) => {
        const one = [run, beside][index];
        const sum = one.acc + biasOf(rules[index], bias ?? 0, scales);
        return isRounded(oracle, number(cell), sum * multiplierOf(rules[index], scales) + layer.outputZeroPoint, one.code);
      }),
    },
    { id: 'output-code', how: rule === null ? [] : oracle.outputCodes, isTrue: (cells) => cells.join() === [run, beside].map(({ code }) => code ?? 'none').join() },
    {
      id: 'stage-real',
      how: rule === null ? [scales.input, scales.weight] : [layer.outputZeroPoint, scales.output],
      isTrue: (cells) => isShort(number(cells[0]), run.real) && isShort(number(cells[1]), beside.real),
    },
  ];
  const steps = possible.filter((step) => step !== false);
  held.is('the stages', stages.map((stage) => stage.id), steps.map((step) => step.id));
  for (const [index, { id, how, isTrue }] of steps.entries()) {
    const stage = stages[index];
    if (stage?.id !== id) return;
    const [, said, ...values] = stage.cells;
    if (Array.isArray(how)) held.numbers(`how ${id} is made`, numbers(said), how);
    else if (how) held.is(`how ${id} is made`, said, how);
    held.is(`${id}, ${values.join(' and ')},`, isTrue(values), true);
    held.is(`whether ${id} differs`, stage.isOff, values[0] !== values[1]);
  }
}

/** A multiplier: shortened, or as the integers `mantissa · 2^exponent`. */
function isMultiplier(cell, value) {
  const fixed = /^(\d+) · 2\^(−?\d+)$/.exec(cell);
  if (fixed === null) return isShort(number(cell), value);
  const [mantissa, exponent] = fixed.slice(1).map(number);
  return mantissa >= 2 ** 30 && mantissa < 2 ** 31 && Math.abs(mantissa * 2 ** exponent / value - 1) < 2 ** -23;
}

/** Whether a code before the clamp is the value's, rounded some way, and becomes the code. */
function isRounded(oracle, unclamped, value, code) {
  const [low, high] = oracle.outputCodes;
  return Math.abs(unclamped - saturate16(value)) <= 1 && clamp(unclamped, low, high) === code;
}
