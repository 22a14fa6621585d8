// The audit of files: in a worker, or, where none starts, on the page's thread. The build makes one classic
// script of this, the module's glue and its bytes, a letter each, so that one file is all that is fetched.

import { Audit, initSync } from './audit.js';

/** @typedef {{ file: File, name: string, folder?: string, isSample?: boolean }} Given */
/** @typedef {{ kind: 'audit', files: Given[] } | { kind: 'outputs', file: number, product: string } | { kind: 'output', file: number, product: string, output: number } | { kind: 'take', form: string, link?: string } | { kind: 'stop' }} Task */
/** @typedef {{ id: number } & Task} Asked */
/** @typedef {(message: Record<string, unknown>, transferred?: Transferable[]) => void} Tell */

/** Bytes that are read at once where little is asked for. */
const PIECE = 1 << 18;
/** Milliseconds between two words about how far it has come. */
const EVERY = 50;
/** Milliseconds of a slice on the page's own thread. */
const SLICE = 12;
/** What the page's own thread holds at most, since it reads files whole. */
const MOST_HERE = 2 ** 29;

/**
 * The bytes that letters stand for. `Uint8Array.from` with a function takes twenty times as long.
 *
 * @param {string} letters
 */
function bytesOf(letters) {
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/**
 * Reads of a file at once: small ones from a piece that is held.
 *
 * @param {number} size
 * @param {(from: number, to: number) => Uint8Array} slice
 */
function reads(size, slice) {
  let start = 0;
  /** @type {Uint8Array} */
  let piece = new Uint8Array();
  /** @param {number} offset @param {number} length */
  return (offset, length) => {
    if (length >= PIECE) return slice(offset, offset + length);
    if (offset < start || offset + length > start + piece.length) {
      start = offset;
      piece = slice(offset, Math.min(size, offset + PIECE));
    }
    return piece.subarray(offset - start, offset - start + length);
  };
}

/** The page's turn: what waits there comes first, and it is drawn. */
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(undefined);
});

/**
 * What tells a product from others, as the module wants it.
 *
 * @param {string} text its id as JSON
 * @returns {[string, string, number]}
 */
function idOf(text) {
  const { tensor, node, twin } = JSON.parse(text);
  return [tensor, node, twin];
}

/**
 * What takes messages, and tells what comes of them.
 *
 * @param {Tell} tell
 */
function desk(tell) {
  /** @type {Audit | undefined} */
  let audit;
  /** Whether the module is there. */
  let isReady = false;
  /** Whether nobody waits any more. A worker is ended instead. */
  let isStopped = false;
  const isHere = typeof FileReaderSync === 'undefined';

  function ready() {
    if (!isReady) initSync({ module: bytesOf(RAMPSCOPE_BYTES) });
    isReady = true;
  }

  /** @param {Given} given @returns {Promise<(offset: number, length: number) => Uint8Array>} */
  async function sourceOf({ file }) {
    if (isHere) {
      const whole = new Uint8Array(await file.arrayBuffer());
      return (offset, length) => whole.subarray(offset, offset + length);
    }
    const reader = new FileReaderSync();
    return reads(file.size, (from, to) => new Uint8Array(reader.readAsArrayBuffer(file.slice(from, to))));
  }

  /** @param {number} id @param {Given[]} files */
  async function audited(id, files) {
    const own = new Audit();
    const given = files.filter(({ isSample }) => !isSample);
    const sizes = given.map(({ file }) => file.size);
    const ofBytes = sizes.reduce((sum, size) => sum + size, 0);
    if (isHere && ofBytes > MOST_HERE) {
      throw new Error(`Without a worker files are read whole, and ${Math.round(ofBytes / 1e6)} MB are too much for that. Open the page from a server, outside of a frame.`);
    }
    for (const one of files) {
      const read = await sourceOf(one);
      try {
        if (one.isSample) own.samples(one.name, one.file.size, read);
        else own.file(one.name, one.file.size, read, one.folder);
      } catch (error) {
        throw new Error(`${one.name}: ${error instanceof Error ? error.message : error}`, { cause: error });
      }
    }
    let last = 0;
    /** @param {number} file @param {number} done @param {number} all @param {string} name */
    const progress = (file, done, all, name) => {
      const now = performance.now();
      if (now - last < EVERY) return;
      last = now;
      const before = sizes.slice(0, file).reduce((sum, size) => sum + size, 0);
      tell({ id, progress: true, name: given[file]?.name ?? name, done, all, bytes: before + (sizes[file] ?? 0) * (all ? done / all : 0), ofBytes });
    };
    if (isHere) await inSlices(own, progress);
    else own.run(false, progress);
    audit?.free();
    audit = own;
    return { text: own.said('no-vnni') };
  }

  /**
   * Where the page's own thread does it, the page has its turn after each slice, of a tensor at least.
   *
   * @param {Audit} own
   * @param {(file: number, done: number, all: number, name: string) => void} progress
   */
  async function inSlices(own, progress) {
    own.begin(false, progress);
    for (;;) {
      const end = performance.now() + SLICE;
      if (own.step(() => performance.now() >= end)) return;
      await turn();
      if (isStopped) {
        own.free();
        throw new Error('It was cancelled.');
      }
    }
  }

  /** @param {Asked} asked @returns {Promise<{ text: string, density?: Uint32Array }>} */
  async function answer(asked) {
    if (asked.kind === 'stop') {
      isStopped = true;
      return { text: '' };
    }
    ready();
    if (asked.kind === 'audit') return audited(asked.id, asked.files);
    if (!audit) throw new Error('No file is open.');
    switch (asked.kind) {
      case 'outputs': {
        const outputs = audit.outputs(asked.file, ...idOf(asked.product));
        const { text, density } = outputs;
        outputs.free();
        return { text, density };
      }
      case 'output': return { text: audit.output(asked.file, ...idOf(asked.product), asked.output) };
      case 'take': return { text: audit.take(asked.form, asked.link) };
    }
  }

  /** @param {Asked} asked */
  return async (asked) => {
    try {
      const said = await answer(asked);
      tell({ id: asked.id, ...said }, said.density ? [said.density.buffer] : []);
    } catch (error) {
      tell({ id: asked.id, fault: error instanceof Error ? error.message : String(error) });
    }
  };
}

if (typeof WorkerGlobalScope !== 'undefined' && globalThis instanceof WorkerGlobalScope) {
  const take = desk((message, transferred = []) => postMessage(message, { transfer: transferred }));
  addEventListener('message', ({ data }) => take(data));
  postMessage({ isThere: true });
} else {
  globalThis.rampscopeAudit = desk;
}
