// A walk through the Lab as a person goes: every engine on one layer after the other, in one open page, and
// some of them by a fresh link. Every text is read, and its numbers and the words that judge are held against
// lib/oracle.mjs. tests/sentences.rs walks more states natively; here what stands on the page is right: the
// field, the row, and nothing of the state before.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { describeLab } from './lib/lab.mjs';
import { ENGINES, Oracle } from './lib/oracle.mjs';
import { ROOT } from './lib/server.mjs';
import { Held, SIGHT } from './lib/sight.mjs';
import { Told } from './lib/told.mjs';

const BY_CODE = 'outputs=1&output=0&x_scale=1&w_scale=1';

/** What is walked through, on every engine. */
const LAYERS = {
  'the thread’s layer': 'at=3.3',
  'sums of both signs': `inputs=4&${BY_CODE}&x_zp=0&y_scale=54&y_zp=0&w=0.0:127_127_-100_-100&from=0&to=255&at=150`,
  'a zero point, pairs that cancel': `inputs=6&${BY_CODE}&x_zp=144&y_scale=20&y_zp=100&w=0.0:114_113_-127_-100_90_-128&from=-144&to=111&at=20`,
  'kinks that the output clamp hides': `inputs=4&${BY_CODE}&x_zp=0&y_scale=1&y_zp=0&w=0.0:127_127_-127_-127&from=0&to=255&at=200`,
  'an odd number of inputs': 'inputs=3&output=5&at=1&overlay=float32',
  'a sum of 16 bits': `inputs=64&${BY_CODE}&x_zp=0&y_scale=512&y_zp=0&w=0.0:${Array(64).fill(8).join('_')}&from=0&to=255&at=100&overlay=fbgemm_avx2`,
  'signed inputs': `inputs=2&${BY_CODE}&x_zp=0&y_scale=254&y_zp=0&w=0.0:127_127&from=0&to=127&at=60&overlay=fbgemm_avx2,qnnpack`,
  'affine weights': 'w_scheme=affine&output=4&at=3',
  'relu and bias': 'relu=1&bias=2:0.7,3:-0.2&output=2&at=-1.5',
  'relu below which nothing is seen': `inputs=4&${BY_CODE}&relu=1&x_zp=0&y_scale=54&y_zp=100&w=0.0:-127_-127_100_-10&from=0&to=255&at=140`,
  'one input swept': 'direction=one&dir_k=1&rest=3&output=2&at=2.5',
  'along a vector': 'direction=vector&dir=0:2,1:-1,2:0&output=2&at=-1.5',
  'the accumulator in a window': 'plot=accumulator&zoom_from=1&zoom_to=3&output=0&at=2.2',
  'the observer’s codes': 'clamp=observer&reduce_range=1&output=0&at=2',
  'scales for each output': 'per_channel=1&w_scales=0:1,1:1,2:0.25&inputs=4&outputs=3&x_scale=1&x_zp=0&y_scale=54&y_zp=0&w=0.0:127_-100_127_-100,1.0:127_-100_127_-100,2.0:127_127_-100_-100&from=0&to=255&at=150',
  'pairs eight apart, and codes of 0': `inputs=17&${BY_CODE}&x_zp=3&y_scale=9000&y_zp=128&w=0.0:-128_127_90_3_4_5_6_7_-128_127_90_60_-90_-128_-128_70_1&from=-3&to=252&at=-3`,
  'three channels of four taps': `kernel=2x2&inputs=12&${BY_CODE}&x_zp=7&y_scale=900&y_zp=99&w=0.0:127_127_127_90_80_-128_-128_-128_9_70_80_90&from=0&to=248&at=150`,
  'nine taps of one channel': `kernel=3x3&inputs=9&${BY_CODE}&x_zp=0&y_scale=900&y_zp=99&w=0.0:-128_127_-128_90_80_-128_70_-128_9&from=0&to=255&at=0`,
  'another rule of rescaling': `inputs=1&${BY_CODE}&x_zp=128&y_scale=2.4&y_zp=128&w=0.0:3&from=-20&to=20&at=3&rescale=gemmlowp&overlay=tflite_ruy`,
};

describeLab('walk', (lab) => {
  let api;
  let names;
  const counts = { states: 0, texts: 0 };
  const keys = Object.keys(ENGINES);

  before(async () => {
    const { default: start, ...calls } = await import(join(ROOT, 'pkg/node.js'));
    await start();
    api = calls;
    names = Object.fromEntries(api.engines().map(({ key, name }) => [key, name]));
    names.float32 = 'float32';
    assert.deepEqual(Object.keys(names), [...keys, 'float32']);
  });

  /** Has the values made: they are there only while they are unfolded. */
  const unfold = async () => {
    if ((await lab.page.count('#values')) === 0) await lab.page.click('.values summary');
    await lab.page.find('#values');
  };
  const chosen = (key) => lab.page.until(key, `return document.querySelector('#engines tr.chosen input')?.name === 'draw-${key}'`);

  /** Holds what the page shows, once nothing moves, against a layer on an engine. */
  const holds = async (oracle, key, title) => {
    const held = new Held(`${title} on ${key}`);
    await lab.page.frame();
    const sight = await lab.page.run(SIGHT);
    new Told(oracle, key, names, held).hold(sight);
    return { sight, faults: held.faults, texts: held.read };
  };
  /** Counts a state that was held, and keeps its faults. */
  const keep = (faults, seen) => {
    counts.states += 1;
    counts.texts += seen.texts;
    faults.push(...seen.faults);
    return seen.sight;
  };
  /** What stands on the page whoever opened it, and however: a pair that the pointer rests on is listed, too. */
  const lasting = ({ live, hover, products, rest, ...stays }) => stays;

  for (const [index, [title, layer]] of Object.entries(LAYERS).entries()) {
    test(`${title}, on every engine`, async () => {
      const link = `#/lab?${layer}`;
      const oracle = new Oracle(link, api);
      // Another engine first for each layer.
      const [first, ...others] = [...keys.slice(index), ...keys.slice(0, index)];
      if (index === 0) await lab.fresh(`${link}&engine=${first}`);
      else await lab.page.run('location.hash = arguments[0]', `${link}&engine=${first}`);
      await chosen(first);
      await unfold();
      // The pointer rests there, whatever is chosen.
      await lab.page.hover('canvas.ramp', [0.3 + 0.02 * index, 0.5]);
      await lab.page.until('what is under it', async () => (await lab.page.texts('#hover'))[0] !== '');
      const faults = [];
      const sights = { [first]: keep(faults, await holds(oracle, first, title)) };
      for (const key of others) {
        await lab.choose('engine', key);
        await chosen(key);
        sights[key] = keep(faults, await holds(oracle, key, title));
      }
      assert.deepEqual(faults, []);
      // It is told aloud once it rests.
      const live = () => lab.page.run("return document.querySelector('#live').textContent");
      await lab.page.until('what is told aloud', async () => (await live()) === sights[others.at(-1)].summary);
      // Who opens the same link sees the same.
      const again = others[(5 * index) % others.length];
      await lab.fresh(`${link}&engine=${again}`);
      await chosen(again);
      await unfold();
      assert.deepEqual(lasting(keep(faults, await holds(oracle, again, title))), lasting(sights[again]));
    });
  }

  test('what a person changes is seen everywhere', async () => {
    await lab.fresh('#/lab');
    await unfold();
    let options = { link: '#/lab' };
    const faults = [];
    const seen = async (what) => {
      const oracle = new Oracle(options, api);
      let last;
      const isThere = async () => {
        last = await holds(oracle, 'fbgemm_avx2', what);
        return last.faults.length === 0;
      };
      // What is still wrong then is kept, and all of it told in the end.
      await lab.page.until(what, isThere, 3000).catch(() => {});
      keep(faults, last);
    };
    const [kinkOf0] = api.ramp(options).outputs[0].kinks;
    /** @type {[string, () => Promise<unknown>, object][]} */
    const changes = [
      ['another output', () => lab.page.click('button[name="output-0"]'), { output: 0 }],
      ['the cursor at a kink', () => lab.page.click('#kinks tbody tr:nth-child(1) button'), { at: kinkOf0.x }],
      ['the cursor moved', () => lab.set('at', 2.75), { at: 2.75 }],
      ['a weight by hand', () => lab.set('w-0-3', -100), { w: '0.3:-100' }],
      ['relu', () => lab.toggle('relu'), { relu: 1 }],
      ['the accumulator', () => lab.choose('plot', 'accumulator'), { plot: 'accumulator' }],
      ['a window', () => lab.setAll({ zoom_from: 1.5, zoom_to: 2.9 }), { zoomFrom: 1.5, zoomTo: 2.9 }],
      ['half as many codes', () => lab.toggle('reduce_range'), { reduceRange: 1 }],
      ['one input alone', () => lab.choose('direction', 'one'), { direction: 'one' }],
      ['another input', () => lab.setAll({ dir_k: 2, rest: 3.5 }), { dirK: 2, rest: 3.5 }],
      ['an engine drawn beside', () => lab.toggle('draw-qnnpack'), { overlay: 'qnnpack' }],
      ['fewer inputs', () => lab.set('inputs', 5), { inputs: 5 }],
      ['a zero point', () => lab.set('x_zp', 40), { xZp: 40 }],
      ['another seed', () => lab.set('seed', 7), { seed: 7 }],
    ];
    for (const [what, change, more] of changes) {
      await change();
      options = { ...options, ...more };
      await seen(what);
    }
    await lab.page.click('#undo');
    options = { ...options, seed: 100 };
    await seen('one step back');
    assert.deepEqual(faults, []);
  });

  test('how much was read', () => {
    console.log(`${counts.states} states, ${counts.texts} texts and parts of texts`);
    assert.ok(counts.states > keys.length * Object.keys(LAYERS).length && counts.texts > 50_000);
  });
});
