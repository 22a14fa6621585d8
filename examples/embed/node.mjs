// The arithmetic in Node 18 or newer: ./dev build, then `node examples/embed/node.mjs`.
// Installed from a registry, the import is from 'rampscope'.

import start, { kinks, linear } from '../../pkg/node.js';

await start();

console.log(JSON.stringify(kinks([127, 127])));

const layer = {
  x: [255, 255], weights: [113, 113], inputs: 2,
  inputScale: 1, inputZeroPoint: 144, weightScale: 1, outputScale: 1, outputZeroPoint: 0,
};
for (const engine of /** @type {const} */ (['fbgemm_avx2', 'fbgemm_vnni'])) {
  console.log(engine, linear({ ...layer, engine }).codes);
}
