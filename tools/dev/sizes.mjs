// Prints the sizes of a build: as files are, and as a server may compress them; what a reader of each
// kind fetches; and what each crate weighs in the module.
//
//   node tools/dev/sizes.mjs FOLDER [MODULE]
//
// MODULE is the whole module with the names of its functions.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { SECTION, plain, read } from './wasm.mjs';

const [, , folder, named] = process.argv;
const sizes = (bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
const row = (name, numbers) => console.log(numbers.map((one) => String(one).padStart(10)).join('') + `  ${name}`);
const sum = (rows) => rows.reduce((total, one) => total.map((size, at) => size + one[at]), [0, 0, 0]);

/** Folders of many pages, of which a reader fetches one at a time. */
const FOLDERS = ['docs', 'p'];
const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile()).sort();
const folderOf = (name) => FOLDERS.find((one) => name.startsWith(`${one}/`));
const files = new Map(all.filter((name) => !folderOf(name)).map((name) => [name, sizes(readFileSync(join(folder, name)))]));
row('', ['raw', 'gzip', 'brotli']);
for (const [name, size] of files) row(name, size);
for (const one of FOLDERS) {
  const inside = all.filter((name) => folderOf(name) === one);
  const bytes = inside.reduce((total, name) => total + statSync(join(folder, name)).size, 0);
  row(`${one}/, ${inside.length} files`, [bytes, '', '']);
}

const FIRST = ['index.html', 'page.css', 'loader.js', 'page.js', 'rest.js', 'page_bg.wasm', 'mystery.svg', 'icon.svg'];
const LATER = ['page_rest.wasm', 'later.css', 'print.css', 'offline.js', 'manifest.webmanifest', 'sw.js'];
const FIGURE = ['element.js', 'figure.js', 'behind.js', 'guard.js', 'parameters.js', 'figure.css', 'mystery.svg', 'rampscope.js', 'rampscope_bg.wasm'];
const READERS = {
  'the page, up to its first live picture': FIRST,
  'the page, with all but the recordings': [...FIRST, ...LATER],
  'a page with figures of <ramp-scope>': FIGURE,
  'a frame': ['embed.html', 'embed.js', 'page.css', 'later.css'],
  'the single file': ['rampscope.html'],
};
console.log('\nwhat a reader fetches');
row('', ['raw', 'gzip', 'brotli']);
for (const [name, list] of Object.entries(READERS)) {
  const missing = list.filter((one) => !files.has(one));
  // A debug build has its module in one part.
  row(name + (missing.length ? ` (without ${missing.join(', ')})` : ''), sum(list.map((one) => files.get(one) ?? [0, 0, 0])));
}

if (named) {
  const module = read(readFileSync(named));
  const crates = new Map();
  module.bodies.forEach((body, index) => {
    const name = plain(module.names.get(module.imports.length + index));
    const own = name.match(/^[<&*([]*(?:(?:dyn|mut|const) )?([a-z_][a-z0-9_]*)/)?.[1] ?? 'others';
    // Generic code is its crate's, made for one of ours.
    const what = own !== 'rampscope' && /\brampscope::/.test(name) ? `${own}, for types of rampscope` : own;
    crates.set(what, [...(crates.get(what) ?? []), body]);
  });
  // Alone, code packs worse than with the rest: the column tells proportions.
  const weighed = [...crates].map(([name, bodies]) => [name, [...sizes(Buffer.concat(bodies)), bodies.length]]);
  weighed.sort(([, one], [, other]) => other[0] - one[0]);
  console.log('\nwhat each crate’s code weighs in the module');
  row('', ['raw', 'gzip', 'brotli', 'functions']);
  for (const [name, size] of weighed.slice(0, 24)) row(name, size);
  row('constant data', sizes(module.sections.find(({ id }) => id === SECTION.data)?.body ?? Buffer.alloc(0)));
  row(`${weighed.length - 24} others`, weighed.slice(24).reduce((total, [, one]) => total.map((size, at) => size + one[at]), [0, 0, 0, 0]));
}
