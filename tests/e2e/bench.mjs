// The page's speed: a drag of a weight's slider with several layers, the drawing of the large
// figure beside uPlot's, and an answer about two numbers. All times in milliseconds; a frame at 60 a second is 16.7. What else runs on
// the machine lengthens all but the processor time: to compare two builds, name the dist/ of the other
// one in RAMPSCOPE_BENCH_BESIDE. Drags then alternate between the two, each in a browser of its own, and
// the ratios of their medians are printed.

import { join } from 'node:path';
import { open } from './lib/browsers.mjs';
import { ROOT, serve, trunkHeaders } from './lib/server.mjs';
import { BESIDE_UPLOT, DRAG } from './lib/timing.mjs';

const SLIDER = 'input[name="w-2-1-slider"]';
/** How long a drag lasts. */
const LASTS = 2000;
/** The dist/ of another build to run beside this one. */
const BESIDE = process.env.RAMPSCOPE_BENCH_BESIDE;
/** Drags of each layer. The machine may be busy with other work: the runs tell how much that is. */
const RUNS = BESIDE ? 5 : 3;
/** Drawings beside uPlot. */
const DRAWINGS = 60;
/** A frame that takes longer was dropped. */
const LATE = 25;

const LARGEST = 'inputs=64&outputs=16';
const CASES = [
  { name: '8 inputs, 10 outputs', hash: '#/lab', uplot: true },
  { name: '64 inputs, 16 outputs', hash: `#/lab?${LARGEST}`, uplot: true },
  { name: '64 inputs, 16 outputs, all weights pasted', hash: `#/lab?${LARGEST}`, paste: true, uplot: true },
  { name: '64 inputs, 16 outputs, along a vector', hash: `#/lab?${LARGEST}&direction=vector&dir=${vector()}` },
];

/** 64 factors, no two alike. */
function vector() {
  return Array.from({ length: 64 }, (_, k) => `${k}:${((k % 2 ? -1 : 1) * (0.5 + k / 50)).toFixed(2)}`).join(',');
}

/** A 64 × 16 matrix of codes that look random and are the same each time. */
function matrix() {
  let seed = 1;
  const code = () => {
    seed = (seed * 48271) % 2147483647;
    return (seed % 255) - 127;
  };
  return JSON.stringify(Array.from({ length: 16 }, () => Array.from({ length: 64 }, code)));
}

const at = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? NaN;
const both = (values) => `${at(values, 0.5).toFixed(1).padStart(6)} ${at(values, 0.95).toFixed(1).padStart(6)}`;

async function show(page, url, { hash, paste = false }) {
  await page.goto('about:blank');
  await page.goto(url + hash);
  await page.until('a drawn figure', "return Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0");
  if (paste) {
    await page.run(
      "document.querySelector('#paste-field').value = arguments[0]; document.querySelector('#paste-use').click()",
      matrix(),
    );
    await page.until('the pasted weights', "return document.querySelector('#reset-weights:enabled') !== null");
  }
  await page.frame();
}

/** What the page's thread has done since its start, in seconds of processor time. */
async function metrics(page) {
  const { metrics } = await page.driver.sendAndGetDevToolsCommand('Performance.getMetrics', {});
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** What is told of an event. */
const PARTS = {
  rendering: (e) => e.task - e.compute,
  compute: (e) => e.compute,
  drawing: (e) => e.draw,
};

/** A drag, told in a line. */
async function drag({ page, name }) {
  const before = await metrics(page);
  const { events, frames } = await page.driver.executeAsyncScript(DRAG, SLIDER, LASTS);
  const after = await metrics(page);
  const of = (value) => both(events.map(value));
  const thread = (...keys) => {
    const seconds = keys.reduce((sum, key) => sum + after[key] - before[key], 0);
    return (seconds * 1000) / (events.length + 1);
  };
  const all = thread('TaskDuration');
  const told = [all, thread('ScriptDuration'), thread('LayoutDuration', 'RecalcStyleDuration')];
  const dropped = frames.filter((took) => took > LATE).length;
  console.log(
    `  ${of((e) => e.drawn)}   ${of((e) => e.task + e.draw)}   ${of(PARTS.compute)}` +
      `   ${of(PARTS.rendering)}   ${of(PARTS.drawing)}        ` +
      `${told.map((value) => value.toFixed(1).padStart(6)).join('  ')}      ` +
      `${String(dropped).padStart(5)} of ${frames.length} ${name}`,
  );
  return { events, frames: frames.length, dropped, thread: all };
}

/** Some drags of a layer in every build, in turn, and how this build's compare with the other's. */
async function drags(builds, name) {
  console.log(`${name}
  event to drawn   work in it   = compute     + rendering   + drawing       thread: all  script  layout   frames dropped`);
  const runs = builds.map(() => []);
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, build] of builds.entries()) runs[index].push(await drag(build));
  }
  if (builds.length === 1) return;
  const ratio = (of) => {
    const [ours, theirs] = runs.map((all) => at(all.flatMap(of), 0.5));
    return `${(ours / theirs).toFixed(2)} (${ours.toFixed(2)} of ${theirs.toFixed(2)})`;
  };
  const parts = Object.entries(PARTS).map(([part, of]) => `${part} ${ratio((run) => run.events.map(of))}`);
  const dropped = runs.map((all) => {
    const sum = (of) => all.reduce((total, run) => total + of(run), 0);
    return `${sum((run) => run.dropped)} of ${sum((run) => run.frames)}`;
  });
  console.log(
    `  ratios of medians: ${parts.join(', ')}, thread ${ratio((run) => [run.thread])}; ` +
      `frames dropped ${dropped.join(', beside ')}`,
  );
}

async function besideUplot(page) {
  await page.driver.executeAsyncScript(`
    const done = arguments[0];
    const script = document.createElement('script');
    script.onload = () => done();
    script.src = 'bench/uPlot.js';
    document.head.append(script);`);
  const result = await page.driver.executeAsyncScript(BESIDE_UPLOT, SLIDER, DRAWINGS);
  if (result.error) throw new Error(result.error);
  for (const [what, pairs] of [['calls', result.calls], ['calls and pixels', result.raster]]) {
    const [ours, theirs] = [0, 1].map((side) => at(pairs.map((pair) => pair[side]), 0.5));
    console.log(
      `  the large figure, ${what}: median ${ours.toFixed(2)}, uPlot ${theirs.toFixed(2)}, ratio ${(ours / theirs).toFixed(2)}`,
    );
  }
}

/** How long the answer about a product takes, in a page that does nothing else. */
async function explained({ page, server, name }) {
  await page.goto(`${server.url}#/check`);
  const times = await page.driver.executeAsyncScript(
    `const done = arguments[0];
     (async () => {
       const { default: start, explain } = await import('./rampscope.js');
       await start();
       let seed = 1;
       const draw = (from, many) => { seed = (seed * 48271) % 2147483647; return from + (seed % many); };
       const matrix = (rows, columns, from, many) => Array.from({ length: rows }, () => Array.from({ length: columns }, () => draw(from, many)));
       // All readings are open, the scales too, and nothing gives what was seen: all of it is tried.
       const entry = {
         a: matrix(16, 64, 0, 128), b: matrix(16, 64, 0, 128), zeroPoints: { a: 3, b: 5 },
         scales: { a: 0.02, b: 0.005, output: 0.5 }, seen: [{ label: 'seen', values: matrix(16, 16, 0, 256) }, { label: 'wanted', values: matrix(16, 16, 0, 256) }],
       };
       const times = [];
       for (let run = 0; run < 9; run += 1) {
         const begun = performance.now();
         explain(entry);
         times.push(performance.now() - begun);
       }
       done(times);
     })();`,
  );
  console.log(`why two results of 16 × 16 outputs of 64 inputs differ${name && `, ${name}`}: ${both(times)}`);
}

// An isolated page has a clock of 5 µs instead of 100.
const headers = {
  ...trunkHeaders(),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const files = { 'bench/uPlot.js': join(ROOT, 'tests/e2e/node_modules/uplot/dist/uPlot.iife.min.js') };
const builds = [];
try {
  for (const [name, folder] of Object.entries(BESIDE ? { this: undefined, beside: BESIDE } : { '': undefined })) {
    const server = await serve({ headers, files, folder });
    const page = await open({ url: server.url });
    builds.push({ name, server, page });
    await page.driver.manage().setTimeouts({ script: 120_000 });
    await page.driver.sendDevToolsCommand('Performance.enable', { timeDomain: 'threadTicks' });
  }
  console.log(
    `milliseconds: median and 95th percentile of a ${LASTS / 1000}-second drag, an event a frame; beside them the ` +
      'processor time of the page’s thread for an event, painting included',
  );
  for (const each of CASES) {
    for (const { page, server } of builds) await show(page, server.url, each);
    await drags(builds, each.name);
    if (each.uplot && !BESIDE) await besideUplot(builds[0].page);
  }
  for (const build of builds) await explained(build);
} finally {
  for (const { page, server } of builds) {
    await page.close();
    await server.close();
  }
}
