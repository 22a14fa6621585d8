// What a developer may write with the package's types. Compiled by package.test.mjs, never run.

import start, {
  conv, dequantize, engines, kinks, linear, minMaxQParams, mount, parameters, presets, quantize, ramp,
  type Figure, type LinearOptions, type RampscopeError,
} from 'rampscope';

await start();
await start(new Uint8Array());

const codes: Int32Array = quantize([1, 2], { scale: 0.5 });
const values: Float32Array = dequantize(codes, { scale: 1, zeroPoint: 3 });
const { scale, zeroPoint } = minMaxQParams(0, 1, { symmetric: true });

const { layer, outputs, at } = ramp({ preset: 'thread', engine: 'qnnpack', focus: ['ramp'], weights: [new Int8Array([1, 2])] });
const given: LinearOptions = { ...layer, x: [1, 2], engine: 'qnnpack' };
const sum: number | undefined = linear(given).accumulators[0];
console.log(values, scale, zeroPoint, at[0], outputs[0]?.chosen?.length, outputs[0]?.kinks[0]?.effect === 'jump', sum);
console.log(kinks(new Int8Array([1, 2]))[0]?.pairs[0]?.rail, engines()[0]?.name, presets()[0]?.link, parameters()[0]?.help);

const { scale: inputScale } = minMaxQParams(0, 1);
const place = { inputScale, inputZeroPoint: 0, weightScale: [1], outputScale: 1, outputZeroPoint: 0, x: [1], weights: [1], channels: 1, input: [1], kernel: 1 };
console.log(conv({ ...place, engine: 'onednn_vnni', padding: [0] }).shape);

const figure: Figure = await mount(document.body, { preset: 'one-pair', controls: ['at'], xMin: 'auto' }, { base: 'https://example.org/' });
const stop = figure.on('change', ({ state, link }) => console.log(state.at, link));
stop();
try {
  figure.setState({ page: 3 }).map((problem) => problem.length);
} catch (error) {
  const { code, message } = error as RampscopeError;
  if (code === 'destroyed') console.log(message);
}
figure.destroy();

const element = document.querySelector('ramp-scope');
const heard = ({ detail }: CustomEvent<{ link: string }>) => console.log(detail.link);
element?.addEventListener('change', heard);
element?.removeEventListener('change', heard);
element?.addEventListener('error', ({ detail }) => console.log(detail.code));
element?.addEventListener('click', ({ clientX }) => console.log(clientX));
if (element) {
  element.preset = 'one-pair';
  element.reduceRange = true;
  element.bias = [0.5, 1];
  element.weights = [new Int8Array(2)];
}
element?.ready().then((handle) => handle.link);
element?.setState('#/lab').then((problems) => problems.length);

// @ts-expect-error no such theme
ramp({ theme: 'blue' });
// @ts-expect-error much is missing
linear({ x: [1] });
// @ts-expect-error no such engine
linear({ ...given, engine: 'fbgem' });
// @ts-expect-error one of linear layers
conv({ ...place, engine: 'onednn_half_scale' });
// @ts-expect-error comes from nowhere by itself
ramp({ seed: 'auto' });
// @ts-expect-error no such event
figure.on('changed', () => {});
