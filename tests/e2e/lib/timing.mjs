// Scripts that time the page from inside it. They end by calling `done`, as asynchronous scripts do.

/**
 * A drag of a slider: one input event a frame, moving to and fro over its range. Events are sent
 * between frames, as browsers send those of a pointer, and not by the frame's own callback, which
 * would put every drawing off to the next one. Arguments: the slider's selector, the milliseconds
 * that the drag lasts.
 *
 * Gives for each event, in milliseconds: `task`, the event's own task (compute and rendering), `compute` of it, `draw` of all canvases, `drawn` since the event; and the
 * `frames`, as times between two.
 */
export const DRAG = `
  const [selector, lasts, done] = arguments;
  const slider = document.querySelector(selector);
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const events = [];
  const frames = [];
  const measures = [];
  const observer = new PerformanceObserver((list) => measures.push(...list.getEntries()));
  observer.observe({ type: 'measure' });
  const mutations = new MutationObserver(() => { events.at(-1).drawn ??= performance.now() });
  mutations.observe(document.querySelector('canvas.ramp'), { attributes: true, attributeFilter: ['data-drawn'] });
  const post = (job) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); job(); };
    channel.port2.postMessage(0);
  };
  const begun = performance.now();
  let last;
  const input = () => {
    const share = (events.length * 0.03) % 2;
    slider.value = String(low + (high - low) * (share < 1 ? share : 2 - share));
    const event = { start: performance.now() };
    events.push(event);
    slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
    // The page renders in a microtask that the event has queued: this one comes after it.
    queueMicrotask(() => queueMicrotask(() => { event.settled = performance.now() }));
  };
  const frame = (now) => {
    if (last !== undefined) frames.push(now - last);
    last = now;
    if (performance.now() - begun < lasts) {
      post(input);
      return requestAnimationFrame(frame);
    }
    // Two frames more, for what was asked for last and for the observers.
    requestAnimationFrame(() => requestAnimationFrame(() => post(finish)));
  };
  const finish = () => {
    measures.push(...observer.takeRecords());
    observer.disconnect();
    mutations.disconnect();
    const complete = events.slice(0, -1).map((event, index) => {
      const own = measures.filter((m) => m.startTime >= event.start && m.startTime < events[index + 1].start);
      const total = (name) => own.filter((m) => m.name.startsWith(name)).reduce((sum, m) => sum + m.duration, 0);
      return {
        compute: total('rampscope:compute'),
        draw: total('rampscope:draw:'),
        task: event.settled - event.start,
        drawn: event.drawn - event.start,
      };
    });
    done({ events: complete, frames });
  };
  requestAnimationFrame(frame);`;

/**
 * The large figure beside uPlot: for each of some input events our drawing of it, and uPlot's of
 * the same series on canvases of the same size, in the same frame. Arguments: the slider's
 * selector, the number of events.
 *
 * Gives pairs [ours, theirs] in milliseconds: `calls` until the last drawing call has returned,
 * `raster` until the pixels are there as well (read from a small copy, the same way for both).
 */
export const BESIDE_UPLOT = `
  const [selector, count, done] = arguments;
  (async () => {
    const { default: init, ramp: evaluate } = await import('./rampscope.js');
    await init();
    const slider = document.querySelector(selector);
    const ours = document.querySelector('canvas.ramp');
    const output = Number(document.querySelector('[name^="output-"][aria-pressed="true"]').name.slice(7));
    const frames = JSON.parse(ours.dataset.frames);

    // Values and gaps where the curve is not saturated, as the figure has them.
    const series = (hash) => {
      const { layer, outputs, state } = evaluate(hash);
      const { exact, chosen, accumulator } = outputs[output];
      const places = [...exact.keys()].filter((code) => {
        const x = (code - layer.inputZeroPoint) * layer.inputScale;
        return x > state.from && x < state.to;
      });
      const real = (code) => (code - layer.outputZeroPoint) * layer.outputScale;
      const x = places.map((code) => (code - layer.inputZeroPoint) * layer.inputScale);
      const pick = (value) => places.map(value);
      return [
        [x, pick((at) => real(chosen[at])), pick((at) => (chosen[at] === exact[at] ? null : real(chosen[at]))), pick((at) => real(exact[at]))],
        [x, pick((at) => chosen[at] - exact[at])],
      ];
    };

    const { width, height } = ours.getBoundingClientRect();
    const [ramp, strip] = frames.map(([, , , bottom]) => bottom);
    const heights = [Math.round(ramp + 18), Math.round(height - ramp - 18)];
    const place = document.createElement('div');
    document.body.append(place);
    const options = (height, more) => ({
      width: Math.round(width), height, legend: { show: false }, cursor: { show: false }, pxAlign: 0,
      scales: { x: { time: false } }, ...more,
    });
    const grid = { stroke: '#5a6069', grid: { stroke: '#e3e5e8', width: 1 }, ticks: { stroke: '#a8adb5', width: 1 } };
    const bare = { ...grid, grid: { show: false } };
    const [first, second] = series(location.hash);
    const range = [frames[0][6], frames[0][7]];
    const most = frames[1][7];
    const theirs = [
      new uPlot(options(heights[0], {
        scales: { x: { time: false }, y: { range } },
        // Four sides, as ours: values left and below, codes right and above.
        axes: [{ ...grid, label: 'real input x' }, { ...grid, label: 'real output y' }, { ...bare, side: 0, label: 'input code' }, { ...bare, side: 1, label: 'output code' }],
        series: [{}, { stroke: '#1d4e89', width: 3, points: { show: false } }, { stroke: '#c2410c', width: 3, points: { show: false } }, { stroke: '#5a6069', width: 1.5, points: { show: false } }],
      }), first, place),
      new uPlot(options(heights[1], {
        scales: { x: { time: false }, y: { range: [-most, most] } },
        axes: [bare, { ...grid, label: 'codes off' }],
        series: [{}, { stroke: '#c2410c', fill: '#c2410c', width: 1, paths: uPlot.paths.stepped({ align: 0 }), points: { show: false } }],
      }), second, place),
    ];

    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [8, 8];
    const context = copy.getContext('2d', { willReadFrequently: true });
    const raster = (canvases) => {
      const start = performance.now();
      for (const canvas of canvases) context.drawImage(canvas, 0, 0, 8, 8);
      context.getImageData(0, 0, 8, 8);
      return performance.now() - start;
    };

    const [low, high] = [Number(slider.min), Number(slider.max)];
    let own;
    const keep = (entries) => { own = entries.find((entry) => entry.name === 'rampscope:draw:ramp')?.duration ?? own };
    const observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ type: 'measure' });
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { channel.port1.close(); resolve(); };
      channel.port2.postMessage(0);
    }));
    const result = { calls: [], raster: [] };
    for (let event = 0; event < count; event += 1) {
      await frame();
      raster([ours]);
      const share = (event * 0.03) % 2;
      slider.value = String(low + (high - low) * (share < 1 ? share : 2 - share));
      const drawn = new Promise((resolve) => {
        const mutations = new MutationObserver(() => {
          mutations.disconnect();
          resolve(raster([ours]));
        });
        mutations.observe(ours, { attributes: true, attributeFilter: ['data-drawn'] });
      });
      slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      const after = await drawn;
      // A release writes the address at once: uPlot gets the very layer that was drawn.
      slider.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
      await frame();
      keep(observer.takeRecords());
      const data = series(location.hash);
      const canvases = theirs.map((plot) => plot.ctx.canvas);
      raster(canvases);
      const start = performance.now();
      // Drawn before \`batch\` returns.
      theirs.forEach((plot, index) => plot.batch(() => plot.setData(data[index])));
      const calls = performance.now() - start;
      const pixels = raster(canvases);
      result.calls.push([own, calls]);
      result.raster.push([own + after, calls + pixels]);
    }
    place.remove();
    done(result);
  })().catch((error) => done({ error: String(error.stack ?? error) }));`;
