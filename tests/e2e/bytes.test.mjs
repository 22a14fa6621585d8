// What a build lays: its list of hashes, and nothing of the machine that it was built on.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SUMS, sumsOf } from '../../tools/dev/sums.mjs';
import { ROOT } from './lib/server.mjs';

// A short name would stand somewhere by chance.
const MACHINE = [ROOT, process.env.CARGO_HOME ?? join(homedir(), '.cargo'), hostname()].filter((one) => one.length > 7);

for (const name of ['dist', 'pkg']) {
  describe(`the bytes of ${name}/`, () => {
    const folder = join(ROOT, name);

    test('the list of hashes is that of its files', () => {
      assert.equal(readFileSync(join(folder, SUMS), 'utf8'), sumsOf(folder));
    });

    test('no file names a folder or the name of the machine', () => {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => statSync(join(folder, one)).isFile());
      assert.ok(files.length > 15);
      for (const file of files) {
        const bytes = readFileSync(join(folder, file));
        for (const word of [...MACHINE, '/.cargo/', '/.rustup/', '/registry/src/']) assert.ok(!bytes.includes(word), `${file}: ${word}`);
      }
    });
  });
}
