// The list of a folder's files with their SHA-256, as `sha256sum --check SHA256SUMS` reads it. For assemble.mjs.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const SUMS = 'SHA256SUMS';

/** @param {string} folder */
export function sumsOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== SUMS && statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
  const hash = (/** @type {string} */ name) => createHash('sha256').update(readFileSync(join(folder, name))).digest('hex');
  return names.map((name) => `${hash(name)}  ${name}\n`).join('');
}
