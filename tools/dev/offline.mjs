// The service worker with the page's files in it: their names, their hashes, and a version that is
// that of exactly these. For assemble.mjs and the tests, and after a change by hand:
//
//   node tools/dev/offline.mjs FOLDER

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KINDS = /\.(html|css|js|wasm|json|svg|png|webmanifest)$/;

// What is not the page's: made for pages of others, for previews of links, or the worker itself.
const OTHERS = new Set([
  'behind.js',
  'custom-elements.json',
  'element.js',
  'embed.html',
  'embed.js',
  'figure.js',
  'frames.js',
  'guard.js',
  'load.js',
  'parameters.js',
  'preview.png',
  'rampscope.html',
  'rampscope.js',
  'rampscope_bg.wasm',
  'sw.js',
]);

/**
 * The pages that links are shared by: each is the page again, and comes from the network. And the element of
 * a version, which is other sites'.
 */
const SHARED = /^[pv][\\/]/;

/**
 * The worker's script for the page in a folder.
 *
 * @param {string} folder
 * @param {string} source www/sw.js
 * @returns {string}
 * @throws where the source has another form than expected
 */
export function workerOf(folder, source) {
  const hash = (/** @type {Buffer} */ bytes) => createHash('sha256').update(bytes).digest('base64');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => KINDS.test(name) && !OTHERS.has(name) && !SHARED.test(name))
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
    .map((name) => [name, `sha256-${hash(readFileSync(join(folder, name)))}`]);
  const list = `[\n${files.map((file) => `  ${JSON.stringify(file)},\n`).join('')}]`;
  const version = createHash('sha256').update(list).digest('hex').slice(0, 12);
  const empty = "const FILES = new Map([]);\nconst VERSION = '';\n";
  if (!source.includes(empty)) throw new Error('sw.js has another form than expected');
  return source.replace(empty, () => `const FILES = new Map(${list});\nconst VERSION = '${version}';\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder] = process.argv;
  if (!folder) throw new Error('usage: node tools/dev/offline.mjs FOLDER');
  writeFileSync(join(folder, 'sw.js'), workerOf(folder, readFileSync('www/sw.js', 'utf8')));
}
