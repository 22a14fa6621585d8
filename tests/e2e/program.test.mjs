// The package's program, as npm packs it: the answers of the command line that cargo builds, to the byte.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { ROOT } from './lib/server.mjs';

const LAYERS = join(ROOT, 'tests/layers');
const MOST = 1 << 28;
/** What the audit's module may weigh with brotli. */
const MOST_WEIGHT = 175_000;

/** What one of them says. */
const said = (program, args, cwd = LAYERS) => {
  const { status, stdout, stderr } = spawnSync(program[0], [...program.slice(1), 'audit', ...args], { cwd, maxBuffer: MOST });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
};

describe('the program of the package', () => {
  let folder;
  let native;
  let packed;
  before(() => {
    execFileSync('cargo', ['build', '--quiet', '--locked', '--no-default-features', '--features', 'cli', '--bin', 'rampscope'], { cwd: ROOT, stdio: 'inherit' });
    native = [join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug/rampscope')];
    folder = mkdtempSync(join(tmpdir(), 'program-'));
    const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder, join(ROOT, 'pkg')], { cwd: folder }).toString());
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, join(folder, filename)], { cwd: folder });
    packed = [process.execPath, join(folder, 'node_modules/rampscope/program.js')];
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  const files = readdirSync(join(LAYERS, 'files')).sort().map((name) => `files/${name}`);
  const samples = readdirSync(join(LAYERS, 'samples')).filter((name) => name.startsWith('npy_v1_i8__')).map((name) => `samples/${name}`);

  test('says of all files what the command line says, as JSON and as text', () => {
    assert.ok(files.length > 200);
    for (const more of [['--json'], [], ['--cpu', 'vnni'], ['--deny=can'], ['--layout', 'KN', '--json']]) {
      assert.deepEqual(said(packed, [...files, ...more]), said(native, [...files, ...more]), more.join(' '));
    }
  });

  test('says the same of each alone, of samples, of what is not there', () => {
    const calls = files.filter((_, at) => at % 10 === 0).map((file) => [file, '--json']);
    calls.push(['files/npy_v1_i8.npy', ...samples.flatMap((name) => ['--activations', name]), '--json']);
    calls.push(['files/npy_v1_i8.npy', ...samples.flatMap((name) => ['--activations', name]), '--deny', 'does']);
    calls.push(['files/none.onnx', 'files', '--json'], ['files/onnx_external.onnx', '--json'], ['--help']);
    for (const call of calls) assert.deepEqual(said(packed, call), said(native, call), call.join(' '));
  });

  test('starts with npx, and refuses what it does not know', () => {
    const { status, stdout } = spawnSync('npx', ['--offline', '--no-install', 'rampscope', 'audit', join(LAYERS, 'files/npy_v1_i8.npy'), '--deny', 'can'], { cwd: folder });
    assert.equal(status, 1);
    assert.match(stdout.toString(), /^npy_v1_i8\.npy: 4 of 12 outputs/);
    for (const wrong of [[], ['--nonsense'], ['files/npy_v1_i8.npy', '--cpu', 'none'], ['files/npy_v1_i8.npy', '--deny', 'none']]) {
      const { status, stdout, stderr } = said(packed, wrong);
      assert.deepEqual([status, stdout], [2, ''], wrong.join(' '));
      assert.match(stderr, /^error: /);
    }
  });

  test('the module weighs what it may, and tells how far it has come', async () => {
    const weight = brotliCompressSync(readFileSync(join(ROOT, 'pkg/audit_bg.wasm'))).length;
    assert.ok(weight <= MOST_WEIGHT, `${weight} bytes`);
    const { initSync, Audit } = await import(join(ROOT, 'pkg/audit.js'));
    initSync({ module: readFileSync(join(ROOT, 'pkg/audit_bg.wasm')) });
    const audit = new Audit();
    const bytes = readFileSync(join(LAYERS, 'files/onnx_qdq_mlp_u8s8_per_channel.onnx'));
    const asked = [];
    audit.file('w.onnx', bytes.length, (offset, length) => {
      asked.push([offset, length]);
      return bytes.subarray(offset, offset + length);
    });
    audit.file('bad.npy', 100, () => {
      throw new Error('the disk is gone');
    });
    const told = [];
    audit.run(false, (...args) => told.push(args));
    assert.deepEqual(told.map(([file, done, all]) => [file, done, all]), [[0, 0, 2], [0, 1, 2]]);
    assert.ok(asked.every(([offset, length]) => offset + length <= bytes.length));
    const [one, two] = JSON.parse(audit.report());
    assert.deepEqual([one.outcome, two.outcome], ['read', 'error']);
    assert.match(two.message, /the disk is gone/);
    assert.equal(JSON.parse(audit.said('no-vnni')).length, 2);
    assert.throws(() => audit.said('none'), { code: 'arguments' });
    audit.free();
  });
});
