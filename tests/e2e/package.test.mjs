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

describe('the package in Node', () => {
  const module = join(ROOT, 'pkg/rampscope_bg.wasm');
  const run = async (source) => {
    const script = `
      import { readFileSync } from 'node:fs';
      import start, { kinks } from ${JSON.stringify(pathToFileURL(join(ROOT, 'pkg/node.js')).href)};
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
      () => api.kinks(), () => api.kinks([127, 127], null), () => api.kinks([127, 128]), () => api.ramp(5), () => api.ramp({ preset: 'no-such' }),
    ]`;
    const script = (start) => `
      import * as api from ${JSON.stringify(pathToFileURL(join(ROOT, 'pkg/node.js')).href)};
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
    // What is wrong in itself is told first; all else wants the module.
    const early = (await codes('')).split(' ');
    assert.deepEqual([...new Set(early)].sort(), ['arguments', 'browser', 'start']);
    assert.deepEqual(early.slice(-6), ['start', 'start', 'start', 'start', 'start', 'browser']);
  });

  test('the layer of a state runs as the state does', async () => {
    const api = await import(pathToFileURL(join(ROOT, 'pkg/node.js')).href);
    await api.default();
    const more = ['per_channel=1&w_scheme=affine', 'clamp=observer&x_zp=3&x_scale=0.05', 'relu=1&bias=0:0.5,2:-1', 'engine=qnnpack&w_zp=5', 'engine=onnx_runtime_avx2'];
    const links = [...api.presets().map(({ link }) => link), ...more.map((one) => `#/lab?v=1&${one}`)];
    let compared = 0;
    for (const link of links) {
      const { layer, outputs, state, unavailable, problems } = api.ramp(link);
      assert.deepEqual(problems, [], link);
      // `linear` rescales as the engine does.
      if (unavailable || state.direction !== 'all' || state.rescale !== 'auto') continue;
      const x = Uint8Array.from({ length: 256 * layer.inputs }, (_, at) => Math.floor(at / layer.inputs));
      const { accumulators, codes, values } = api.linear({ ...layer, x, engine: state.engine });
      outputs.forEach(({ accumulator, chosen, real }, output) => {
        const column = (all) => all && all.filter((_, at) => at % layer.outputs === output);
        assert.deepEqual([column(accumulators), column(codes), column(values)], [accumulator, chosen, real], `${link}, output ${output}`);
        compared++;
      });
    }
    assert.ok(compared > 150, `${compared} outputs`);
  });

  test('zero points of weights belong to their scales; what is no range, or no byte, is refused', async () => {
    const api = await import(pathToFileURL(join(ROOT, 'pkg/node.js')).href);
    await api.default();
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
  const text = readFileSync(types, 'utf8');
  /** Names of an interface's members, or words of a union. */
  const of = (kind, name, word) => {
    const body = text.split(new RegExp(`export ${kind} ${name}\\b`))[1].split(kind === 'type' ? ';' : /^}/m)[0];
    return [...body.matchAll(word)].map(([, found]) => found);
  };
  const camel = (key) => key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

  test('they name the engines, the parameters with their choices, and the calls that there are', async () => {
    const api = await import(pathToFileURL(join(ROOT, 'pkg/node.js')).href);
    await api.default();
    const engines = api.engines().map(({ key }) => key);
    assert.deepEqual(of('type', 'EngineKey', /'(\w+)'/g), engines);
    const options = of('interface', 'StateOptions', /^  (\w+)\?:/gm).filter((one) => !['link', 'preset', 'weights'].includes(one));
    // What a frame and the Embed view say of themselves is nothing for a figure.
    const parameters = api.parameters().filter(({ key }) => !['embed', 'figure'].includes(key));
    assert.deepEqual(options.sort(), parameters.map(({ key }) => camel(key)).sort());
    // Engines have a type of their own, and recordings are many.
    const choices = parameters.filter(({ key, type }) => type === 'choice' && !['engine', 'recording'].includes(key));
    for (const { key, values } of choices) {
      const [, said] = text.match(new RegExp(`^  ${camel(key)}\\?:\\s*([^;]*);`, 'm'));
      const words = [...said.matchAll(/'(\w+)'/g)].map(([, word]) => word).filter((word) => word !== 'default');
      assert.deepEqual(words, values.split(', '), key);
    }
    const calls = [...text.matchAll(/^export (?:default )?function (\w+)/gm)].map(([, name]) => name).sort();
    assert.deepEqual(calls, Object.keys(api).map((name) => (name === 'default' ? 'start' : name)).sort());
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
      const bad = await asks("return Promise.all([5, 'file:///tmp/', 'http://'].map((base) => api.mount(main, null, { base }).then(() => 'live', (error) => error.code)))");
      assert.deepEqual(bad.slice(1), ['arguments', 'arguments']);
      await asks("await api.mount(main, { view: 'suspects' }, { base: arguments[1] + '#/lab' });".replace('arguments[1]', JSON.stringify(site.app.url)));
      await site.page.until('recordings', "return document.querySelector('main').shadowRoot.querySelectorAll('canvas').length > 0");
      assert.ok(site.app.requests.some(({ path, status }) => path === '/tools/recordings.json' && status === 200));
    });
  });
}
