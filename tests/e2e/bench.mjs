// The time from an input event to the drawn frame, with the thread's layer and with the largest one.

import { open } from './lib/browsers.mjs';
import { serve } from './lib/server.mjs';

const EVENTS = 120;
const server = await serve({});
const page = await open({ url: server.url });

// In the page: moves a weight's slider, and takes the time when the large figure has been drawn
// anew. Events are sent between frames, as browsers send those of a pointer, and not by the frame's
// own callback, which would put every drawing off to the next one.
const RUN = `
  const [name, events, done] = arguments;
  const slider = document.querySelector('input[name="' + name + '"]');
  const canvas = document.querySelector('canvas.ramp');
  const times = [];
  let start;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    start = performance.now();
    slider.value = String(times.length % 2 ? 90 : -90);
    slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const drawn = new MutationObserver(() => {
    times.push(performance.now() - start);
    if (times.length < events) return requestAnimationFrame(() => channel.port2.postMessage(0));
    drawn.disconnect();
    done(times);
  });
  drawn.observe(canvas, { attributes: true, attributeFilter: ['data-drawn'] });
  channel.port2.postMessage(0);`;

try {
  for (const [name, hash] of [['8 inputs, 10 outputs', ''], ['64 inputs, 16 outputs', '#/lab?inputs=64&outputs=16']]) {
    await page.goto('about:blank');
    await page.goto(server.url + hash);
    await page.until('a drawn figure', "return Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0");
    const times = (await page.driver.executeAsyncScript(RUN, 'w-2-1-slider', EVENTS)).sort((a, b) => a - b);
    const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
    console.log(`${name}: input event to drawn frame, ms: median ${at(0.5)}, 95th percentile ${at(0.95)} (${EVENTS} events; a frame is 16.7)`);
  }
} finally {
  await page.close();
  await server.close();
}
