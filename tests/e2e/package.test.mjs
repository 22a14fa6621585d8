// The npm package as `./dev build` writes it: in Node, and in somebody's page.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, test } from 'node:test';
import ts from 'typescript';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { ROOT, serve } from './lib/server.mjs';

const NODE = pathToFileURL(join(ROOT, 'pkg/node.js')).href;

/** The package in this process, started. */
async function started() {
  const api = await import(NODE);
  await api.default();
  return api;
}

describe('the package in Node', () => {
  const module = join(ROOT, 'pkg/rampscope_bg.wasm');
  const run = async (source) => {
    const script = `
      import { readFileSync } from 'node:fs';
      import start, { kinks } from ${JSON.stringify(NODE)};
      try {
        await start(${source});
        console.log(kinks([127, 127])[0].code);
      } catch (error) {
        console.log(error.code);
      }`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
    return stdout.trim();
  };

  test('every fault has a code and says what to do, before the start, too', async () => {
    const bad = `[
      () => api.quantize(undefined, { scale: 1 }), () => api.quantize(['a'], { scale: 1 }), () => api.quantize([1]),
      () => api.quantize([1], { scale: 0 }), () => api.dequantize([1.5], { scale: 1 }), () => api.dequantize(5, { scale: 1 }),
      () => api.minMaxQParams(), () => api.minMaxQParams('0', 1), () => api.linear(), () => api.linear({}), () => api.linear({ weights: [1, 2], inputs: 2 }),
      () => api.linear({ ...layer, x: [1, 256] }), () => api.linear({ ...layer, weights: [1n, 2n] }), () => api.linear({ ...layer, bias: ['a'] }),
      () => api.linear({ ...layer, qmin: -1 }), () => api.linear({ ...layer, outputs: 2 }), () => api.linear({ ...layer, engine: 'fbgem' }),
      () => api.kinks(), () => api.kinks([127, 127], 5), () => api.kinks([127, 128]), () => api.ramp(5), () => api.ramp({ preset: 'no-such' }),
    ]`;
    const script = (start) => `
      import * as api from ${JSON.stringify(NODE)};
      ${start}
      const layer = { x: [1, 2], weights: [1, 2], inputs: 2, engine: 'qnnpack', inputScale: 1, inputZeroPoint: 0, weightScale: 1, outputScale: 1, outputZeroPoint: 0 };
      const calls = [...${bad}, api.engines, api.presets, api.parameters, api.ramp];
      const codes = calls.map((call) => {
        try {
          call();
          return 'none';
        } catch (error) {
          return error instanceof Error && error.name === 'RampscopeError' && error.message.length > 12 ? error.code : String(error);
        }
      });
      codes.push(await api.mount().catch(({ code }) => code));
      console.log(codes.join(' '));`;
    const codes = async (start) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script(start)]);
      return stdout.trim();
    };
    const told = `${'arguments '.repeat(16)}engine ${'arguments '.repeat(4)}preset`;
    assert.equal(await codes('await api.default();'), `${told} none none none none browser`);
    assert.equal(await codes(''), `${'start '.repeat(26)}browser`);
  });

  test('a fault names what was given, and what it has to be', async () => {
    const api = await started();
    const layer = { x: [1, 2], weights: [1, 2], inputs: 2, engine: 'qnnpack', inputScale: 1, inputZeroPoint: 0, weightScale: 1, outputScale: 1, outputZeroPoint: 0 };
    const { weightScale, ...without } = layer;
    const endless = [];
    endless.push(endless);
    for (const [call, message] of /** @type {[() => unknown, string | RegExp][]} */ ([
      [() => api.quantize([1], { scale: 1, zero_point: 3 }), '“zero_point” is no option of quantize: there are scale, zeroPoint, qmin, qmax.'],
      [() => api.quantize([1, '2'], { scale: 1 }), 'values[1] is “2”, and has to be a number.'],
      [() => api.quantize(new DataView(new ArrayBuffer(4)), { scale: 1 }), 'values is an object: it has to be a list of numbers or a Float32Array.'],
      [() => api.quantize({ length: 2 ** 26 + 1, findIndex() {} }, { scale: 1 }), 'values has 67108865 numbers: give at most 67108864 at once.'],
      [() => api.quantize([1], { scale: 1, zeroPoint: 1.5 }), 'zeroPoint is 1.5, and has to be a whole number of 32 bits.'],
      [() => api.dequantize([2 ** 31 - 1], { scale: 1, zeroPoint: -1 }), 'codes[0] is 2147483647: less the zero point -1 it does not fit 32 bits.'],
      [() => api.minMaxQParams(0, 1, { symmetrical: true }), '“symmetrical” is no option of minMaxQParams: there are symmetric, reduceRange, signed.'],
      [() => api.minMaxQParams(-3e38, 3e38), /is wider than a scale can be/],
      [() => api.linear(without), 'weightScale is missing: it has to be a number above 0.'],
      [() => api.linear({ ...layer, weightScale: [0] }), 'weightScale[0] is 0, and has to be a number above 0.'],
      [() => api.linear({ ...layer, weightScale: 1e-46 }), 'weightScale is 1e-46, too small for float32.'],
      [() => api.quantize([1], { scale: 1e39 }), 'scale is 1e+39, too large for float32.'],
      [() => api.linear({ ...layer, bias: [1e39] }), 'bias[0] is 1e+39, too large for float32.'],
      [() => api.linear({ ...layer, weights: [1n, 2] }), 'weights[0] is 1n, and has to be a whole number from -128 to 127.'],
      [() => api.linear({ ...layer, weights: [1, 2, 3] }), 'weights has 3 codes, which are no whole rows of 2'],
      [() => api.linear({ ...layer, bias: [NaN] }), 'bias[0] is NaN, and has to be a number.'],
      [() => api.linear({ ...layer, bias: 0 }), 'bias is 0: it has to be a list of numbers or a Float32Array.'],
      [() => api.linear({ ...layer, rescale: 'half' }), 'there is no rescale “half”; parameters() lists them'],
      [() => api.linear({ ...layer, relU: true }), /“relU” is no option of linear: there are x, weights, bias, inputs,/],
      [() => api.kinks([127, 127], { zeroPoint: 5 }), '“zeroPoint” is no option of kinks: there are weightZeroPoint.'],
      [() => api.kinks([127, 127], 5), 'kinks takes an object of options: weightZeroPoint.'],
      [() => api.ramp({ focus: endless }), /circular|cyclic/i],
      [() => api.ramp({ get seed() { throw new Error('mine'); } }), 'mine'],
      [() => api.ramp([1]), 'A state is an object of parameters, a link or nothing.'],
      [() => api.ramp(new Map([['seed', 1]])), 'A state is an object of parameters, a link or nothing.'],
    ])) assert.throws(call, { name: 'RampscopeError', code: 'arguments', message });
    // None of it has harmed the module.
    assert.deepEqual([...api.linear(layer).codes], [5]);
    assert.equal(api.ramp(new URL('https://example.org/#/lab?seed=5')).state.seed, 5);
  });

  test('what would take minutes, or more memory than there is, is refused at once', async () => {
    const api = await started();
    const one = { inputScale: 1, inputZeroPoint: 0, weightScale: 1, outputScale: 1, outputZeroPoint: 0 };
    const of = (rows, outputs, inputs = 1, engine = 'qnnpack') => () => api.linear({ ...one, engine, inputs, x: new Uint8Array(rows * inputs), weights: new Int8Array(outputs * inputs) });
    /** @type {[() => unknown, string | RegExp][]} */
    const refused = [
      [() => api.kinks(new Int8Array(2 ** 26)), 'weights has 67,108,864 codes: a row has at most 65,536'],
      [() => api.kinks(new Int8Array(65_537)), 'weights has 65,537 codes: a row has at most 65,536'],
      [of(4097, 4096), '4,097 rows of x make 16,781,312 results (rows × outputs): give at most 16,777,216 at once'],
      [of(2 ** 26, 2 ** 26), /^67,108,864 rows of x make 4,503,599,627,370,496 results/],
      [of(1024, 1024, 1025, 'pair_wraps'), '1,024 rows of x make 1,074,790,400 products (rows × outputs × inputs): give at most 1,073,741,824 at once'],
      [of(4096, 4096, 1025), '4,096 rows of x make 17,196,646,400 products (rows × outputs × inputs): give at most 17,179,869,184 at once'],
    ];
    for (const [call, message] of refused) assert.throws(call, { name: 'RampscopeError', code: 'arguments', message });
    assert.deepEqual(api.kinks(new Int8Array(65_536).fill(127)).map(({ code, pairs }) => [code, pairs.length]), [[130, 32_768]]);
    assert.equal(of(2 ** 24, 1)().accumulators.length, 2 ** 24);
  });

  test('of what could not be used five are named and the others counted', async () => {
    const api = await started();
    const { problems } = api.ramp(Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`q${at}`, 1])));
    assert.deepEqual([problems.length, problems[0], problems[5]], [6, '“q0” is not a parameter and was ignored.', 'And 2,995 more.']);
  });

  test('what a state may be given as', async () => {
    const api = await started();
    for (const bias of [[0.5, -1], new Float32Array([0.5, -1]), { 0: 0.5, 1: -1 }, '0.5,-1', '0:0.5,1:-1']) {
      const { state, problems, layer } = api.ramp({ view: 'lab', bias });
      assert.deepEqual([state.bias, problems, [...layer.bias.slice(0, 3)]], [{ 0: 0.5, 1: -1 }, [], [0.5, -1, 0]], JSON.stringify(bias));
    }
    assert.match(api.ramp({ bias: '0.5,a' }).problems.join(), /“a” is not/);
    assert.equal(api.ramp({ bias: new Array(17).fill(1) }).problems.length, 1);
    // Without a value it has its default.
    const { problems, link } = api.ramp(Object.fromEntries(api.parameters().map(({ key }) => [key, null])));
    assert.deepEqual([problems, link], [[], '#/story']);
  });

  test('the layer of a state runs as the state does', async () => {
    const api = await started();
    const more = ['engine=onnx_runtime_avx2&rescale=qnnpack', 'rescale=ruy&relu=1', 'per_channel=1&w_scheme=affine', 'clamp=observer&x_zp=3&x_scale=0.05', 'relu=1&bias=0:0.5,2:-1', 'engine=qnnpack&w_zp=5', 'engine=onnx_runtime_avx2'];
    const links = [...api.presets().map(({ link }) => link), ...more.map((one) => `#/lab?v=1&${one}`)];
    let compared = 0;
    for (const link of links) {
      const { layer, outputs, state, unavailable, problems } = api.ramp(link);
      assert.deepEqual(problems, [], link);
      if (unavailable || state.direction !== 'all') continue;
      const x = Uint8Array.from({ length: 256 * layer.inputs }, (_, at) => Math.floor(at / layer.inputs));
      const { accumulators, codes, values } = api.linear({ ...layer, x, engine: state.engine, rescale: state.rescale });
      outputs.forEach(({ accumulator, chosen, real }, output) => {
        const column = (all) => all?.filter((_, at) => at % layer.outputs === output) ?? null;
        assert.deepEqual([column(accumulators), column(codes), column(values)], [accumulator, chosen, real], `${link}, output ${output}`);
        compared++;
      });
    }
    assert.ok(compared > 150, `${compared} outputs`);
  });

  test('a convolution takes the kernel that its shape asks for, and one that nobody knows is not guessed', async () => {
    const api = await started();
    const depthwise = {
      x: new Uint8Array(8 * 9).fill(255), weights: new Int8Array(8 * 9).fill(127), channels: 8, groups: 8, input: [3, 3], kernel: 3, padding: 1,
      inputScale: 1, inputZeroPoint: 0, weightScale: 1, outputScale: 1143, outputZeroPoint: 0,
    };
    const run = (more) => api.conv({ ...depthwise, ...more });
    const { codes, values, shape, kernel } = run({ engine: 'fbgemm_vnni' });
    // Four pairs of taps at 32767, and the ninth.
    assert.deepEqual([codes[4], values[4], shape, kernel], [Math.round((4 * 32767 + 255 * 127) / 1143), codes[4] * 1143, [1, 8, 3, 3], 'depthwise']);
    assert.deepEqual([run({ engine: 'qnnpack' }).codes[4], run({ engine: 'qnnpack' }).kernel], [255, null]);
    assert.deepEqual([...run({ engine: 'fbgemm_avx2' }).codes], [...codes]);
    // Of twelve channels VNNI is exact.
    const twelve = { x: new Uint8Array(12 * 9).fill(255), weights: new Int8Array(12 * 9).fill(127), channels: 12, groups: 12 };
    assert.deepEqual(['fbgemm_vnni', 'fbgemm_avx2'].map((engine) => run({ ...twelve, engine }).codes[4]), [255, codes[4]]);
    const oneDnn = (implementation) => run({ engine: 'onednn_avx512', implementation }).codes[4];
    // An output this narrow has its pairs in the rows of the kernel: the third tap of each is alone.
    const narrow = Math.round((3 * 32767 + 3 * 255 * 127) / 1143);
    assert.deepEqual(['jit_int8:avx512_core', 'brg_conv_fwd:avx512_core'].map(oneDnn), [255, narrow]);
    assert.deepEqual([...run({ engine: 'onnx_dotprod', weights: new Int8Array(72).fill(-128), x: new Uint8Array(72), outputZeroPoint: 128 }).codes].slice(0, 1), [0]);
    const unknown = { code: 'engine' };
    assert.throws(() => run({ engine: 'onednn_avx2' }), { ...unknown, message: /^unknown: .* ONEDNN_VERBOSE=1/ });
    assert.throws(() => run({ engine: 'onednn_avx2', implementation: 'wino:avx2' }), { ...unknown, message: /nobody has recorded oneDNN’s “wino:avx2”/ });
    assert.throws(() => run({ engine: 'fbgemm_depthwise' }), unknown);
    assert.throws(() => run({ engine: 'onnx_avx2', relu: true }), { ...unknown, message: /no relu/ });
    const refused = { code: 'arguments' };
    assert.throws(() => run({ engine: 'qnnpack', kernel: [3] }), { ...refused, message: /same number of sizes/ });
    assert.throws(() => run({ engine: 'qnnpack', kernel: 7 }), { ...refused, message: /larger than the padded input|whole rows/ });
    assert.throws(() => run({ engine: 'qnnpack', x: [1] }), { ...refused, message: /72 input codes are needed, 1 were given/ });
    assert.throws(() => run({ engine: 'qnnpack', stride: 0 }), { ...refused, message: /stride is 0, and has to be a whole number from 1/ });
    assert.throws(() => run({ engine: 'qnnpack', version: '1.13' }), { ...refused, message: /2\.5 and 2\.15/ });
  });

  test('which arithmetic a machine gives, as the examples have it', async () => {
    const api = await started();
    const { examples } = JSON.parse(readFileSync(join(ROOT, 'tests/machines/examples.json'), 'utf8'));
    assert.equal(examples.length, 8);
    for (const { name, text, output } of examples) assert.deepEqual(api.whichArithmetic(text), output, name);
    assert.throws(() => api.whichArithmetic(), { code: 'arguments', message: 'text is missing: it has to be a text.' });
    assert.throws(() => api.whichArithmetic('x'.repeat(2 ** 21 + 1)), { code: 'arguments' });
  });

  test('why two numbers differ, of an entry and of the text of a report', async () => {
    const api = await started();
    const said = api.explain({ a: [255, 255], b: [127, 127], types: { a: 'u8', b: 's8' }, seen: [{ values: 32767 }] });
    assert.match(said.sentence, /^32767 is the pair \(0, 1\) at its rail: 255·127 \+ 255·127 = 64770 does not fit 16 bits/);
    assert.deepEqual(said.findings.map(({ code }) => code), ['pair_clamps']);
    assert.deepEqual(said.exact.sums, [[64770]]);
    assert.ok(said.seen[0].matches.some(({ engines }) => engines.includes('onnx_runtime_avx2')));
    const read = api.explain('x=[255,255] u8, w=[127,127] s8, observed 32767, wanted 64770');
    assert.deepEqual(read.seen.map(({ label }) => label), ['observed', 'wanted']);
    assert.throws(() => api.explain(), { code: 'arguments', message: /^entry is missing/ });
    assert.throws(() => api.explain({ a: [1, 2], b: [1] }), { code: 'arguments' });
    assert.throws(() => api.explain({ a: 'x' }), { code: 'arguments' });
  });

  test('zero points of weights belong to their scales; what is no range, or no byte, is refused', async () => {
    const api = await started();
    const layer = { x: [10, 20], weights: [1, 5, 1, 5], inputs: 2, engine: 'qnnpack', inputScale: 1, inputZeroPoint: 0, outputScale: 1, outputZeroPoint: 0 };
    const sums = (more) => [...api.linear({ ...layer, ...more }).accumulators];
    assert.deepEqual(sums({ weightScale: 1, weightZeroPoint: 5 }), [-40, -40]);
    assert.deepEqual(sums({ weightScale: [1, 1], weightZeroPoint: [0, 5] }), [110, -40]);
    const refused = { code: 'arguments' };
    assert.throws(() => sums({ weightScale: 1, weightZeroPoint: [0, 5] }), refused);
    assert.throws(() => sums({ weightScale: [1, 1], weightZeroPoint: [0] }), refused);
    assert.throws(() => api.minMaxQParams(1, -1), refused);
    assert.throws(() => api.minMaxQParams(0, Infinity), refused);
    assert.throws(() => api.kinks([127, 127], { weightZeroPoint: 2 ** 32 }), refused);
  });

  test('starts from where it lies, a file’s address or path, and bytes', async () => {
    const file = JSON.stringify(pathToFileURL(module).href);
    const path = JSON.stringify(module);
    for (const source of ['', `new URL(${file})`, file, path, "'pkg/rampscope_bg.wasm'", `readFileSync(${path})`, `new Uint8Array(readFileSync(${path}))`]) {
      assert.equal(await run(source), '130', source);
    }
    assert.equal(await run("'no-such.wasm'"), 'start');
    assert.equal(await run("new URL('file:///no-such.wasm')"), 'start');
  });
});

describe('the package’s types', () => {
  const types = join(ROOT, 'pkg/index.d.ts');
  const [calls, schema] = ['index', 'schema'].map((name) => readFileSync(join(ROOT, `pkg/${name}.d.ts`), 'utf8'));
  /** Names of an interface's members, or words of a union. */
  const bodyOf = (kind, name) => schema.split(new RegExp(`export ${kind} ${name}\\b`))[1].split(kind === 'type' ? ';' : /^}/m)[0];
  const of = (kind, name, word) => [...bodyOf(kind, name).matchAll(word)].map(([, found]) => found);
  const camel = (key) => key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

  test('they name the engines, the parameters and the calls that there are', async () => {
    const api = await started();
    assert.deepEqual(of('type', 'EngineKey', /'(\w+)'/g), api.engines().map(({ key }) => key));
    const parameters = api.parameters();
    assert.deepEqual(of('interface', 'StateParameters', /^ {2}(\w+)\?:/gm), ['link', 'preset', 'weights', ...parameters.map(({ key }) => camel(key))]);
    // `null` is understood by all, 'auto' by those that come from elsewhere.
    for (const { key, type } of parameters.filter(({ type }) => ['integer', 'real'].includes(type))) {
      const [, said] = bodyOf('interface', 'StateParameters').match(new RegExp(`^  ${camel(key)}\\?: (\\w+);`, 'm'));
      assert.equal(said, api.ramp({ [key]: 'auto' }).problems.length ? 'Amount' : 'AutoAmount', `${key}, ${type}`);
    }
    const named = [...calls.matchAll(/^export (?:default )?function (\w+)/gm)].map(([, name]) => name).sort();
    assert.deepEqual(named, Object.keys(api).map((name) => (name === 'default' ? 'start' : name)).sort());
  });

  test('what a call needs, it checks: without any of it a fault names it', async () => {
    const api = await started();
    const kinds = await import(pathToFileURL(join(ROOT, 'pkg/options.js')).href);
    for (const [call, fields] of [['linear', kinds.LAYER], ['conv', kinds.CONV]]) {
      const needed = Object.keys(fields).filter((name) => !fields[name].includes('?'));
      for (const missing of needed) {
        /** @type {Record<string, unknown>} */
        const { [missing]: _, ...others } = { ...Object.fromEntries(needed.map((name) => [name, 1])), engine: 'qnnpack' };
        assert.throws(() => api[call]({ x: [], weights: [], ...others }), { code: 'arguments', message: new RegExp(`^${missing} is missing`) }, call);
      }
      assert.deepEqual(of('interface', 'Quantization', /^ {2}(\w+):/gm).filter((name) => !needed.includes(name)), [], call);
    }
  });

  test('a program that uses all of them compiles, and one that misuses them does not', () => {
    const program = ts.createProgram([join(ROOT, 'tests/e2e/lib/program.mts')], {
      noEmit: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      module: ts.ModuleKind.NodeNext,
      types: [],
      paths: { rampscope: [types] },
    });
    const faults = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
      const where = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ` : '';
      return where + ts.flattenDiagnosticMessageText(messageText, '\n');
    });
    assert.deepEqual(faults, []);
    assert.equal(program.getSourceFiles().filter(({ fileName }) => fileName === types).length, 1);
  });
});

for (const browser of browsers()) {
  describe(`the package in ${browser}`, () => {
    let site;
    let served;
    before(async () => {
      site = await authored(browser);
      served = await serve({ folder: join(ROOT, 'pkg'), headers: { 'Access-Control-Allow-Origin': '*' } });
    });
    after(async () => {
      await site?.close();
      await served?.close();
    });

    /** What a script gives in whose scope are the package and <main>. */
    const asks = (body) => site.page.driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       import(arguments[0] + 'browser.js').then(async (api) => { const main = document.querySelector('main'); ${body} }).then(done, (error) => done('failed: ' + error));`,
      served.url,
    );

    test('calls before the start are refused; a figure starts by itself and is told of', async () => {
      await site.author('package.html', '<main></main>');
      const answer = await asks(`
        const code = (call) => { try { call(); return 'none'; } catch (error) { return error.code; } };
        const before = code(() => api.engines());
        const figure = await api.mount(main, { preset: 'one-pair' });
        const told = new Promise((done) => figure.on('change', ({ state }) => done(state.engine)));
        figure.setState({ engine: 'qnnpack' });
        return [before, code(() => api.engines()), await told, main.shadowRoot.querySelector('canvas') !== null];`);
      assert.deepEqual(answer, ['start', 'none', 'qnnpack', true]);
    });

    test('told of a hosted build, a figure fetches its recordings from there', async () => {
      await site.author('hosted.html', '<main></main>');
      const bad = await asks("return Promise.all([{ base: 5 }, { base: Symbol() }, { base: 'file:///tmp/' }, { base: 'http://' }, { Base: '/' }, '/'].map((more) => api.mount(main, null, more).then(() => 'live', (error) => error.code)))");
      assert.deepEqual(bad, new Array(6).fill('arguments'));
      await asks(`await api.mount(main, { view: 'suspects' }, { base: '${site.app.url}#/lab' });`);
      await site.page.until('recordings', "return document.querySelector('main').shadowRoot.querySelectorAll('canvas').length > 0");
      assert.ok(site.app.requests.some(({ path, status }) => path === '/tools/recordings.json' && status === 200));
    });
  });
}
