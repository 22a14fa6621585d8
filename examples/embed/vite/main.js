// A figure from the package, and a call without one: ./dev build, then here `npm install` and
// `npm run dev`.

import { kinks, mount } from 'rampscope';

const figure = await mount(document.querySelector('#figure'), { preset: 'one-pair', controls: ['at', 'engine'] });
figure.on('change', ({ state }) => console.log(state.at, state.engine));

const [{ code }] = kinks([127, 127]);
document.querySelector('#kinks').textContent = `Two weights of 127 bend at code ${code}.`;
