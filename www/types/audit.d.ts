// The glue of the audit's module, which the build makes of src/api/audit.

export default function init(options?: { module_or_path: BufferSource | URL | string | Response }): Promise<unknown>;
export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;

/** Bytes of a file: `length` of them from `offset` on, at once. */
type Read = (offset: number, length: number) => Uint8Array;

/** An audit of files. What is wrong with a file is in its report, never thrown. */
export class Audit {
  /**
   * Adds a file: its name without folder and its size in bytes. `folder` is the same for files of the same
   * one; `beside` finds a file of that folder that is not added.
   */
  file(name: string, size: number, read: Read, folder?: string, beside?: (name: string) => { size: number; read: Read } | undefined): void;
  /** Adds a file that cannot be opened: `absent`, `forbidden`, `folder`, or what the system says. */
  unopened(name: string, why: string): void;
  /** Adds a file of samples: arrays of activations, a sample a row. */
  samples(name: string, size: number, read: Read): void;
  /** As `unopened`. */
  samplesUnopened(name: string, why: string): void;
  /**
   * Audits. `hashed`: with the SHA-256 of all values, which take most of the time. `progress` is told before
   * each tensor: the file's place, how many of its tensors are done, how many there are, the next one's name.
   */
  run(hashed: boolean, progress?: (file: number, done: number, all: number, name: string) => void): void;
  /** As `run`, in steps. */
  begin(hashed: boolean, progress?: (file: number, done: number, all: number, name: string) => void): void;
  /** Goes on, for one tensor at least, until `isOver()` is true. Says whether all is done. */
  step(isOver?: () => boolean): boolean;
  /** The report of the last run as JSON: docs/audit.md. */
  report(): string;
  /** What is said of each file to people, for CPUs of a class, as JSON: src/audit/said.rs. */
  said(cpu: 'no-vnni' | 'vnni'): string;
  /** The outputs of a product, by its `id` in what is said of a file. Throws if it cannot be read again. */
  outputs(file: number, tensor: string, node: string, twin: number): AuditOutputs;
  /** One output, from 0, as JSON. As `outputs`. */
  output(file: number, tensor: string, node: string, twin: number, output: number): string;
  /** What is said of all files: `json`, `csv`, `markdown` (with a link, if any), `html`. */
  take(form: string, link?: string): string;
  /** What `rampscope audit` prints, and how it ends. */
  print(json: boolean, tensors: string[], layout: string | undefined, cpu: string, deny: string | undefined): AuditPrinted;
  /** Gives its memory back; nothing of it may be used afterwards. */
  free(): void;
}

export class AuditOutputs {
  readonly text: string;
  /** How often each pair of weights stands there: (w₀, w₁) at 256·(w₁ + 128) + w₀ + 128. */
  readonly density: Uint32Array;
  free(): void;
}

export class AuditPrinted {
  readonly text: string;
  readonly complaint: string | undefined;
  readonly status: number;
  free(): void;
}
