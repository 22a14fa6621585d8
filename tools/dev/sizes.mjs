// Prints the sizes of a folder's files: as they are, and as a server may compress them.
//
//   node tools/dev/sizes.mjs FOLDER

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const folder = process.argv[2];
const files = readdirSync(folder, { recursive: true })
  .filter((name) => statSync(join(folder, name)).isFile())
  .sort();

const row = (name, ...sizes) =>
  console.log(sizes.map((size) => String(size).padStart(10)).join('') + `  ${name}`);

row('', 'raw', 'gzip', 'brotli');
const total = [0, 0, 0];
for (const name of files) {
  const bytes = readFileSync(join(folder, name));
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
  sizes.forEach((size, i) => (total[i] += size));
  row(name, ...sizes);
}
row(`in all, ${files.length} files`, ...total);
