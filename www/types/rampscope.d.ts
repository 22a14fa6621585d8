// The module's glue, which the build makes of src/api: what the scripts here use of it.

import type {
  ConvResult, EngineInfo, Explanation, Kink, LinearResult, Parameter, Preset, QParams, RampResult, StateOptions, Value,
  WhichArithmetic,
} from '../pkg/index.js';

/** A state as `stateOf` in embed/guard.js leaves it; the module says what is wrong with it. */
type Given = string | StateOptions | null | undefined;

export default function init(options?: { module_or_path: BufferSource | URL | string | Response }): Promise<unknown>;

export class FigureHandle {
  readonly root: HTMLElement;
  readonly problems: string[];
  state(): Record<string, Value>;
  link(): string;
  setState(options: Given): string[];
  destroy(): void;
  /** Gives its memory back; nothing of it may be used afterwards. */
  free(): void;
}
export function mountFigure(options: Given, onChange: () => void, base: string): FigureHandle;
export function mountPage(root: Element): void;

export function quantize(values: Float32Array, params: QParams): Int32Array;
export function dequantize(codes: Int32Array, params: QParams): Float32Array;
export function minMaxQParams(min: number, max: number, options: object): { scale: number; zeroPoint: number };
export function linear(x: Uint8Array, weights: Int8Array, bias: Float32Array | undefined, options: object): LinearResult;
export function conv(x: Uint8Array, weights: Int8Array, bias: Float32Array | undefined, options: object): ConvResult;
export function takeMachines(libraries: object, cpus: object): void;
export function explain(entry: object | string): Explanation;
export function whichArithmetic(text: string): WhichArithmetic;
export function kinks(weights: Int8Array, weightZeroPoint: number): Kink[];
export function ramp(state: Given): RampResult;
export function engines(): EngineInfo[];
export function presets(): Preset[];
export function parameters(): Parameter[];
