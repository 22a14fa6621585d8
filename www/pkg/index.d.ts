/** Rampscope: the integer arithmetic inside quantized linear layers, and live figures of it. */

/** The key of an engine; `engines()` lists them. */
export type EngineKey =
  | 'fbgemm_avx2' | 'fbgemm_avx512' | 'fbgemm_vnni' | 'fbgemm_acc16' | 'qnnpack'
  | 'onnx_runtime_avx2' | 'onnx_runtime_vnni' | 'tflite_gemmlowp' | 'tflite_ruy'
  | 'tflite_reference' | 'xnnpack' | 'onednn_s8s8' | 'onednn_half_scale'
  | 'power_of_two_shift' | 'pair_wraps' | 'products_15_bit' | 'running_16_bit';

/** What a saturated pair does to the slope of a ramp. */
export type Effect = 'flat' | 'turned' | 'shallower' | 'steeper';

/** Every fault is an Error with one of these codes. */
export interface RampscopeError extends Error {
  code: 'arguments' | 'preset' | 'engine' | 'destroyed' | 'start' | 'browser' | 'internal';
}

/** The value of a parameter; `null` leaves it to where it comes from by itself. */
export type Value = number | boolean | string | null | readonly (string | number)[] | Record<number, number>;

/** A number; `'auto'` or `null` leaves it to where it comes from by itself. */
export type Amount = number | `${number}` | 'auto' | 'default' | null;
export type Flag = boolean | 0 | 1 | '0' | '1' | 'default';
/** Keys, as a list or with commas between. */
export type Keys<Key extends string = string> = string | readonly Key[];
/** Values of single places: `{ 0: 0.5, 3: 1 }` or `'0:0.5,3:1'`. */
export type Places = string | Readonly<Record<number, number>>;
export type Part = 'ramp' | 'outputs' | 'weights' | 'kinks' | 'pipeline' | 'pairs' | 'engines' | 'values';

/**
 * A state: any of the parameters that `parameters()` lists, in snake_case, camelCase or kebab-case.
 * `link` or `preset` give what the others begin from. `'default'` sets a parameter to its default.
 */
export interface StateOptions {
  /** A link to a state, or its fragment. */
  link?: string;
  /** The key of a preset; `presets()` lists them. */
  preset?: string;
  /** Weight codes or real weights: a row for the chosen output, or a matrix for the whole layer. */
  weights?: string | ArrayLike<number> | readonly ArrayLike<number>[];

  engine?: EngineKey | 'default';
  /** Engines that are drawn beside it. */
  overlay?: Keys<EngineKey | 'float32'>;
  reduceRange?: Flag;
  reduceWeights?: Flag;
  /** What codes are clamped to. */
  clamp?: 'type' | 'observer' | 'default';
  rescale?:
    | 'auto' | 'fbgemm' | 'qnnpack' | 'gemmlowp' | 'ruy' | 'double' | 'xnnpack' | 'power_of_two'
    | 'default' | null;

  /** As `torch.manual_seed`: weights and calibration data are drawn from it. */
  seed?: Amount;
  inputs?: Amount;
  outputs?: Amount;
  /** The output that is drawn large. */
  output?: Amount;
  order?: 'model_first' | 'data_first' | 'default';
  gain?: Amount;
  xScheme?: 'symmetric' | 'affine' | 'default';
  wScheme?: 'symmetric' | 'affine' | 'default';
  perChannel?: Flag;
  xMin?: Amount;
  xMax?: Amount;
  yMin?: Amount;
  yMax?: Amount;
  xScale?: Amount;
  xZp?: Amount;
  wScale?: Amount;
  wZp?: Amount;
  wScales?: Places;
  wZps?: Places;
  yScale?: Amount;
  yZp?: Amount;
  bias?: Places;
  relu?: Flag;
  /** Weight codes by hand, as in a link: `output.k:code_code…`. */
  w?: string;

  /** All inputs equal, one alone, or each with its own factor. */
  direction?: 'all' | 'one' | 'vector' | 'default';
  dirK?: Amount;
  rest?: Amount;
  dir?: Places;
  from?: Amount;
  to?: Amount;
  step?: Amount;
  /** Where the cursor stands. */
  at?: Amount;
  plot?: 'output' | 'accumulator' | 'default';
  zoomFrom?: Amount;
  zoomTo?: Amount;
  legend?: Flag;

  /** `'embed'` is the view where figures are made. `mount` shows the Lab without it. */
  view?: 'story' | 'lab' | 'suspects' | 'embed' | 'default';
  /** The step of the story. */
  page?: Amount;
  /** The steps of the story that are shown. */
  steps?: string | readonly number[];
  /** Parts of the Lab that are shown, in this order. */
  focus?: Keys<Part>;
  /** Parameters with a control. */
  controls?: Keys;
  /** Parameters without one. */
  hide?: Keys;
  /** Parameters that cannot be changed in the figure. */
  lock?: Keys;
  theme?: 'auto' | 'light' | 'dark' | 'contrast' | 'projector' | 'default';
  [parameter: string]: unknown;
}

export interface QParams {
  scale: number;
  /** 0 without it. */
  zeroPoint?: number;
  /** 0 without it. */
  qmin?: number;
  /** 255 without it. */
  qmax?: number;
}

export interface PairSaturation {
  /** The pair is inputs firstK and firstK + 1. */
  firstK: number;
  weights: [number, number];
  /** -32768 or 32767. */
  rail: number;
}

export interface Kink {
  /** The first saturated input code. */
  code: number;
  pairs: PairSaturation[];
  /** Accumulator units per code. */
  slopeBefore: number;
  slopeAfter: number;
  effect: Effect;
}

export interface LinearOptions {
  /** Input codes, row-major [rows][inputs]. */
  x: Uint8Array | readonly number[];
  /** Weight codes, row-major [outputs][inputs]. */
  weights: Int8Array | readonly number[];
  inputs: number;
  engine: EngineKey;
  inputScale: number;
  inputZeroPoint: number;
  /** One for all, or one per output. */
  weightScale: number | readonly number[];
  /** 0 without it. */
  weightZeroPoint?: number | readonly number[];
  outputScale: number;
  outputZeroPoint: number;
  /** Real, one per output. */
  bias?: Float32Array | readonly number[];
  relu?: boolean;
}

export interface LinearResult {
  /** After the zero-point terms, before the bias; row-major [rows][outputs]. */
  accumulators: Int32Array;
  /** `null` for an engine that gives no codes. */
  codes: Uint8Array | null;
  /** Real outputs. */
  values: Float32Array;
}

export interface RampKink {
  /** `null` along a vector. */
  code: number | null;
  x: number;
  /** The first input of each pair. */
  pairs: number[];
  slopeBefore: number;
  slopeAfter: number;
  effect: Effect | 'jump' | string;
  sentence: string;
}

export interface RampOutput {
  exact: Uint8Array;
  exactAccumulator: Int32Array;
  chosen: Uint8Array | null;
  accumulator: Int32Array | null;
  real: Float32Array | null;
  kinks: RampKink[];
}

export interface RampResult {
  /** The fragment that recreates the state. */
  link: string;
  /** What could not be used, in sentences. */
  problems: string[];
  state: Record<string, Value>;
  layer: {
    inputs: number;
    outputs: number;
    weights: Int8Array;
    inputScale: number;
    inputZeroPoint: number;
    weightScale: number;
    weightZeroPoint: number;
    outputScale: number;
    outputZeroPoint: number;
  };
  /** Why the engine cannot run such a layer. */
  unavailable: string | null;
  /** Where each place of the sweep stands; by input code where all inputs are equal. */
  at: Float64Array;
  outputs: RampOutput[];
}

export interface EngineInfo {
  key: EngineKey;
  name: string;
  about: string;
  source: string;
  provenance: 'recorded' | 'modelled' | 'theory';
}

export interface Preset {
  key: string;
  title: string;
  sentence: string;
  tags: string[];
  link: string;
}

export interface Parameter {
  key: string;
  label: string;
  unit: string;
  help: string;
  type: 'integer' | 'real' | 'flag' | 'choice' | 'choices' | 'places' | 'weights';
  values: string;
  default: string;
}

/** A live figure. */
export interface Figure {
  readonly state: Record<string, Value>;
  /** The fragment that recreates the state. */
  readonly link: string;
  /** What could not be used of the options that it began with, in sentences. */
  readonly problems: string[];
  /**
   * Changes some parameters; with a preset or a link opens that, as the page would show it. Gives what
   * could not be used, in sentences.
   * @throws {RampscopeError} `preset` for an unknown preset, `arguments` for what is no state,
   * `destroyed` once it is
   */
  setState(options: string | StateOptions): string[];
  /** Listens; gives what stops listening. */
  on(type: 'change', listener: (figure: Figure) => void): () => void;
  /** Takes the figure away. */
  destroy(): void;
}

/**
 * Loads the WebAssembly module; every other call but `mount` needs it. `source`: its address or its
 * bytes, where it does not lie beside the package; in Node also the path of a file.
 */
export default function start(source?: URL | string | BufferSource): Promise<void>;

/** Real values as codes: clamp(round(x / scale) + zeroPoint), halves to even. */
export function quantize(values: Float32Array | number[], params: QParams): Int32Array;
/** Codes as the real values that they stand for. */
export function dequantize(codes: Int32Array | number[], params: QParams): Float32Array;
/**
 * What a min-max observer of PyTorch makes of a range of real values.
 * @throws {RampscopeError} `arguments` where `min` and `max` are no range
 */
export function minMaxQParams(
  min: number, max: number,
  options?: { symmetric?: boolean; reduceRange?: boolean; signed?: boolean },
): { scale: number; zeroPoint: number };
/**
 * A quantized linear layer on an engine, bit for bit.
 * @throws {RampscopeError} `arguments` for what does not fit together, `engine` for one that is unknown
 * or cannot run such a layer
 */
export function linear(options: LinearOptions): LinearResult;
/**
 * Where a row of weights bends on an engine whose pairs saturate, all inputs being equal.
 * @throws {RampscopeError} `arguments` for weights or a zero point that do not fit 8 bits
 */
export function kinks(weights: Int8Array | readonly number[], options?: { weightZeroPoint?: number }): Kink[];
/**
 * Everything that the page shows of a state.
 * @throws {RampscopeError} `preset` for an unknown preset, `arguments` for what is no state
 */
export function ramp(state?: string | StateOptions): RampResult;
export function engines(): EngineInfo[];
export function presets(): Preset[];
export function parameters(): Parameter[];
/**
 * Puts a live figure into an element: the ramp alone, unless `view`, `focus` or a link say more. Loads
 * the module if need be. Browsers only. Rejects with a RampscopeError.
 */
export function mount(element: Element, options?: string | StateOptions | null): Promise<Figure>;
