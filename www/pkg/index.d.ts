/** Rampscope: the integer arithmetic inside quantized linear layers, and live figures of it. */

// What the state's schema, the table of engines and the calls' own tables say (tools/dev/interface.mjs).
import type {
  ArithmeticClass, Convolution, EngineKey, FindingCode, Observer, ParameterKey, Provenance, QParams, Quantization, Run,
  Shape, StateParameters,
} from './schema.js';

export * from './schema.js';

/** What a saturated pair does to the slope of a ramp. */
export type Effect = 'flat' | 'turned' | 'shallower' | 'steeper';

/** Every fault is an Error with one of these codes; `start` also of calls before `await start()`. */
export interface RampscopeError extends Error {
  code: 'arguments' | 'preset' | 'engine' | 'destroyed' | 'start' | 'browser' | 'internal';
}

/** The value of a parameter; `null` leaves it to where it comes from by itself. */
export type Value = number | boolean | string | null | readonly (string | number)[] | Record<number, number>;

/** A number; `null` is the default, too. */
export type Amount = number | `${number}` | 'default' | null;
/** One that comes from elsewhere by itself, as from the data; `'auto'` or `null` leaves it to that. */
export type AutoAmount = Amount | 'auto';
export type Flag = boolean | 0 | 1 | '0' | '1' | 'default';
/** Keys, as a list or with commas between. */
export type Keys<Key extends string = string> = string | readonly Key[];
/** A number for each, in any form. */
export type Numbers = readonly number[] | Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;
/** Values of places: `[0.5, 1]` from the first on, or of single ones `{ 0: 0.5, 3: 1 }` or `'0:0.5,3:1'`. */
export type Places = string | Numbers | Readonly<Record<number, number>>;

/**
 * A state: any of the parameters that `parameters()` lists, in snake_case, camelCase or kebab-case.
 * `link` or `preset` give what the others begin from. `'default'` sets a parameter to its default.
 */
export interface StateOptions extends StateParameters {
  [parameter: string]: unknown;
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

/** A layer's weights, and what codes mean in it. */
export interface Layer extends Quantization, Shape {
  /** Weight codes, -128 to 127, row-major [outputs][inputs]. */
  weights: Int8Array | readonly number[];
  /** In real units, one per output. */
  bias?: Float32Array | readonly number[] | null;
}

export interface ConvOptions extends Quantization, Convolution, Pick<Layer, 'weights' | 'bias'> {
  /** Input codes, 0 to 255, row-major [batch][channels][input]. */
  x: Uint8Array | readonly number[];
}

export interface ConvResult {
  /** Output codes, row-major in `shape`. */
  codes: Int32Array;
  /** Real values of the codes. */
  values: Float32Array;
  /** [batch, outputs, ...output]. */
  shape: number[];
  /** The kernel that FBGEMM takes for the shape; depthwise ones saturate with VNNI, too. */
  kernel: 'depthwise' | 'groupwise' | 'im2col' | null;
}

export interface LinearOptions extends Layer, Run {
  /**
   * Input codes, 0 to 255, row-major [rows][inputs]; at most 2 ** 26, as in every list. At most 2 ** 24
   * results, rows × outputs, and 2 ** 34 products, rows × outputs × inputs; 2 ** 30 of these on an engine
   * with other sums than exact ones and saturating pairs.
   */
  x: Uint8Array | readonly number[];
}

export interface LinearResult {
  /** After the zero-point terms, before the bias; 32 bits that wrap, as in the libraries. [rows][outputs] */
  accumulators: Int32Array;
  /** `null` for an engine that gives no codes. [rows][outputs] */
  codes: Uint8Array | null;
  /** Real outputs. [rows][outputs] */
  values: Float32Array;
}

export interface RampKink {
  /** The first input code at which something has left its range, or has come back; `null` along a vector. */
  code: number | null;
  /** Where it is, as in `at`. */
  x: number;
  /** The first input of each pair that leaves its range there, or comes back; none for sums of 16 bits over all inputs. */
  pairs: number[];
  /** Accumulator units per code; along a vector per inputScale of the factor. */
  slopeBefore: number;
  slopeAfter: number;
  /** `jump`: the old slope goes on after one step aside. */
  effect: Effect | 'jump';
  /** The same in words. */
  sentence: string;
}

/** One output along the sweep; every array has a number for each place, in the order of `at`. */
export interface RampOutput {
  /** Output codes, 0 to 255, of FBGEMM with an exact sum. */
  exact: Uint8Array;
  /** Its sums after the zero-point terms, before the bias; one unit is inputScale · weightScale. */
  exactAccumulator: Int32Array;
  /** Output codes of the engine; `null` where it has none, or cannot run the layer. */
  chosen: Uint8Array | null;
  /** Its sums after the zero-point terms, before the bias; `null` where it cannot run the layer. */
  accumulator: Int32Array | null;
  /** Its outputs in real units; `null` where it cannot run the layer. */
  real: Float32Array | null;
  /** Where its sum bends, in the order of `x`. */
  kinks: RampKink[];
}

export interface RampResult {
  /** The fragment that recreates the state. */
  link: string;
  /** What could not be used, in sentences: five at most, and a sixth that says how many more. */
  problems: string[];
  /** Every parameter by its key. */
  state: Record<string, Value>;
  /** The quantized layer; `linear({ ...layer, x, engine, rescale })` runs it. */
  layer: Layer & { outputs: number; weights: Int8Array; bias: Float32Array | null };
  /** Why the engine cannot run such a layer. */
  unavailable: string | null;
  /**
   * Where each place of the sweep stands, ascending: the real value of its input code, 0 to 255, or
   * along a vector the factor in the middle of each run of equal codes, at most 1024.
   */
  at: Float64Array;
  /** One for each output of the layer. */
  outputs: RampOutput[];
}

/** A number, a row, or a matrix row by row. */
export type Matrix = number | readonly number[] | readonly (readonly number[])[];
export type CodeType = 'u8' | 's8';

/** Operands of a product, as far as they are known, and the results that were seen. */
export interface ExplainEntry {
  operator?: 'product' | 'quantize' | 'add' | 'sigmoid';
  /** Codes, M × K. */
  a?: Matrix;
  /** Codes, N × K or K × N. */
  b?: Matrix;
  /** M × N sums in place of both. */
  sums?: Matrix;
  types?: { a?: CodeType | null; b?: CodeType | null; output?: CodeType | null };
  /** What the outputs are in B. */
  layout?: 'rows' | 'columns' | null;
  /** Rows and columns of a convolution’s kernel, where a row of A is one place of it. */
  kernel?: readonly [number, number] | null;
  zeroPoints?: { a?: Matrix; b?: Matrix; output?: number };
  scales?: { a?: number | null; b?: Matrix; output?: number | null };
  bias?: { integer: Matrix } | { real: Matrix } | null;
  relu?: boolean;
  seen?: readonly { label?: string; values: Matrix; row?: number | null; output?: number | null }[];
  answers?: object;
}

/** One thing that makes two numbers different. */
export interface Finding {
  code: FindingCode;
  sentence: string;
  /** The largest difference that it makes, in the units of what was seen. */
  size: number;
  /** Rows and outputs where it does, from 0. */
  cells: [number, number][];
  /** Which result shows it, from 0; null where it only can happen. */
  seen: number | null;
  source: string;
}

export interface Explanation {
  /** The answer in a few words. */
  sentence: string;
  exact: { sums: number[][]; codes: number[][] | null };
  /** Each result that was seen. */
  seen: {
    label: string;
    sentence: string;
    values: number[][];
    expected: number[][];
    differs: boolean[][];
    /** How many of its numbers some arithmetic gives. */
    explained: number;
    matches: { sum: string; words: string; engines: EngineKey[]; forms: string[] }[];
    tellApart: string;
  }[];
  /** What makes the numbers different, in order of size. */
  findings: Finding[];
  notes: string[];
  /** Whether it is pair saturation at all. */
  verdict: { is: 'yes' | 'maybe' | 'no' | 'unknown'; sentence: string; source: string };
}

export interface ArithmeticAnswer {
  /** What becomes of the products; only `exact` and `exact_by_range` are exact. */
  class: ArithmeticClass;
  /** Why, in a sentence. */
  because: string;
  /** Which products meet, where that matters. */
  pair: string | null;
  confidence: 'recorded' | 'read' | 'documented' | 'third_party' | 'unknown';
  /** Ids of sources in the data, addresses, or “from knowledge, unverified”. */
  sources: string[];
}

export interface WhichArithmetic {
  arch: 'x86_64' | 'aarch64' | 'arm' | 'cortex_m' | 'xtensa' | 'wasm' | null;
  os: 'linux' | 'windows' | 'macos' | 'unknown';
  /** The CPU's family; null where none or several are possible. */
  cpu: string | null;
  /** Where the features come from; null where nothing was recognised. */
  by: 'flags' | 'name' | 'model' | 'instance' | null;
  /** Features that the family has and the flags do not name. */
  hidden: string[];
  /** Whether several families are rented out under the name. */
  mixed: boolean;
  /** Every machine that the text can mean, if there are several. */
  candidates: { cpu: string | null; os: string; features: string[]; answers: Record<string, ArithmeticAnswer> }[];
  features: string[];
  /** By `library.variant`; null where the candidates differ. */
  answers: Record<string, ArithmeticAnswer | null>;
  /** Answers that are other ones if what is hidden is there after all. */
  answers_if_hidden: Record<string, ArithmeticAnswer>;
}

export interface EngineInfo {
  key: EngineKey;
  name: string;
  /** Whose it is, as `PyTorch (FBGEMM)`. */
  library: string;
  /** As the library names it, as `QLinearMatMul`. */
  operator: string;
  /** Of input and weight, as `u8 × s8`. */
  types: string;
  /** The CPUs that it runs on. */
  cpu: string;
  about: string;
  source: string;
  provenance: Provenance;
}

export interface Preset {
  key: string;
  title: string;
  sentence: string;
  tags: string[];
  link: string;
}

export interface Parameter {
  key: ParameterKey;
  label: string;
  unit: string;
  help: string;
  type: 'integer' | 'real' | 'flag' | 'choice' | 'choices' | 'places' | 'text' | 'weights';
  values: string;
  default: string;
}

/** A live figure. */
export interface Figure {
  readonly state: Record<string, Value>;
  /** The fragment that recreates the state. */
  readonly link: string;
  /** What could not be used of the options that it began with, in sentences, as in `RampResult`. */
  readonly problems: string[];
  /**
   * Changes some parameters; another step of the story (`view`, `page`, `room`) brings its layer. With a preset or
   * a link opens that, as the page would show it. Gives what could not be used, as `problems`.
   * @throws {RampscopeError} `preset` for an unknown preset, `arguments` for what is no state,
   * `destroyed` once it is
   */
  setState(options: string | StateOptions): string[];
  /**
   * Listens; gives what stops listening.
   * @throws {RampscopeError} `arguments` for another event or no function, `destroyed` once it is
   */
  on(type: 'change', listener: (figure: Figure) => void): () => void;
  /** Takes the figure away. */
  destroy(): void;
}

/**
 * Loads the WebAssembly module; every other call but `mount` needs it. `source`: its address or its
 * bytes, where it does not lie beside the package; in Node also the path of a file. Once it is loaded,
 * this does nothing more. Rejects with a RampscopeError `start`, and can be tried again.
 */
export default function start(source?: URL | string | BufferSource): Promise<void>;

/**
 * Real values as codes: clamp(round(x · (1 / scale)) + zeroPoint) in float32, halves to even. A code for
 * each value. What is far beyond the codes, and NaN, comes out as FBGEMM has it.
 * @throws {RampscopeError} `arguments` for values that are no numbers, a scale that is not above 0, qmin
 * above qmax or an option of another name
 */
export function quantize(values: Float32Array | readonly number[], params: QParams): Int32Array;
/**
 * Codes as the real values that they stand for: (code - zeroPoint) · scale. A value for each code.
 * @throws {RampscopeError} `arguments` for codes that are not whole or, less the zero point, beyond 32
 * bits, a scale that is not above 0 or an option of another name
 */
export function dequantize(codes: Int32Array | readonly number[], params: QParams): Float32Array;
/**
 * What a min-max observer of PyTorch makes of a range of real values.
 * @throws {RampscopeError} `arguments` where `min` and `max` are no range of float32
 */
export function minMaxQParams(
  min: number, max: number, options?: Observer,
): { scale: number; zeroPoint: number };
/**
 * A quantized linear layer on an engine, bit for bit.
 * @throws {RampscopeError} `arguments` for what does not fit together or is more than `x` may be, `engine`
 * for one that is unknown or cannot run such a layer
 */
export function linear(options: LinearOptions): LinearResult;
/**
 * A quantized convolution on an engine, bit for bit: `weights` are [outputs][channels / groups][kernel].
 * @throws {RampscopeError} `arguments` for what does not fit together, more than 2 ** 24 results or 2 ** 30
 * products; `engine` for one that is unknown, cannot run such a layer, or whose kernel is not named
 */
export function conv(options: ConvOptions): ConvResult;
/**
 * Where a row of weights, at most 2 ** 16, bends on an engine whose pairs saturate, all inputs being equal.
 * @throws {RampscopeError} `arguments` for more weights, and for weights or a zero point that do not fit
 * 8 bits
 */
export function kinks(weights: Int8Array | readonly number[], options?: { weightZeroPoint?: number }): Kink[];
/**
 * Everything that the page shows of a state.
 * @throws {RampscopeError} `preset` for an unknown preset, `arguments` for what is no state
 */
export function ramp(state?: string | StateOptions): RampResult;
/**
 * Which arithmetic a machine gives in every library: of a text that lscpu, /proc/cpuinfo, sysctl or
 * Windows print, a CPU's name, or the name of a rented machine.
 * @throws {RampscopeError} `arguments` for a text of more than 2 MiB
 */
export function whichArithmetic(text: string): WhichArithmetic;
/**
 * Why a product gives these numbers: which arithmetic gives each, and what makes the difference.
 * @param entry operands and results, or the text of a report that names them
 * @throws {RampscopeError} `arguments` for what does not fit together, or is beyond the limits
 */
export function explain(entry: ExplainEntry | string): Explanation;
export function engines(): EngineInfo[];
export function presets(): Preset[];
export function parameters(): Parameter[];
/**
 * Puts a live figure into an element: the ramp alone, unless `view`, `focus` or a link say more. Loads
 * the module if need be. Browsers only. Rejects with a RampscopeError.
 *
 * `base`: the address of the folder of a hosted build, for all figures of the page from then on. Links
 * in what they save lead there, and the views `suspects` and `embed` fetch files from there.
 */
export function mount(
  element: Element, options?: string | StateOptions | null, more?: { base?: string | URL },
): Promise<Figure>;

export interface RampScopeElementEventMap extends Omit<HTMLElementEventMap, 'change' | 'error'> {
  change: CustomEvent<{ state: Record<string, Value>; link: string }>;
  /** The figure could not start. */
  error: CustomEvent<RampscopeError>;
}

/**
 * `<ramp-scope>`, of the script element.js of a hosted build. Parameters are attributes and properties,
 * but for those that every element has, such as `dir`. A property gives what is live.
 */
export interface RampScopeElement extends HTMLElement, Omit<StateParameters, keyof HTMLElement> {
  /** Once it is. */
  readonly live: Figure | undefined;
  /** Of the live figure. */
  readonly state: Record<string, Value> | undefined;
  /** Makes it live now, wherever it is. Rejects with a RampscopeError. */
  ready(): Promise<Figure>;
  /** Once it is live; as `Figure.setState`. */
  setState(options: string | StateOptions): Promise<string[]>;
  addEventListener<Type extends keyof RampScopeElementEventMap>(
    type: Type,
    listener: (this: RampScopeElement, event: RampScopeElementEventMap[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof RampScopeElementEventMap>(
    type: Type,
    listener: (this: RampScopeElement, event: RampScopeElementEventMap[Type]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'ramp-scope': RampScopeElement;
  }
}
