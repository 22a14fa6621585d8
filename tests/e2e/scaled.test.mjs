// A figure that the page around it scales, by `transform: scale`, as slides are, or by `zoom`: the
// cursor is where the pointer is, and the picture is as fine as it is seen.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Origin } from 'selenium-webdriver';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { describeLab } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';

/** How a page scales what is in it, and how large that makes a figure. */
const SCALES = [
  ['transform: scale(.6)', '#slide { transform: scale(.6); transform-origin: 0 0 }', 0.6],
  ['transform: scale(1.5)', '#slide { transform: scale(1.5); transform-origin: 0 0 }', 1.5],
  ['html { zoom: .6 }', 'html { zoom: .6 }', 0.6],
  ['zoom: 1.5 on a parent', '#slide { zoom: 1.5 }', 1.5],
  ['both', '#slide { transform: scale(.8); transform-origin: 50% 0 } main { zoom: .75 }', 0.6],
];

/** In the page: the canvas, wherever it is, and where values lie on it in the window, also in WebKit, which
 *  tells places in an element's own pixels. */
const FIGURE = `
  const zoomOf = (element) => (element ? Number(getComputedStyle(element).zoom || 1) * zoomOf(element.parentElement ?? element.getRootNode().host) : 1);
  const seen = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const zoom = 'currentCSSZoom' in element ? 1 : zoomOf(element);
    return { left: left * zoom, top: top * zoom, width: width * zoom, height: height * zoom };
  };
  const canvas = (document.querySelector('ramp-scope')?.shadowRoot ?? document).querySelector(arguments[0]);
  const [left, , right, , x0, x1] = JSON.parse(canvas.dataset.frames)[0];
  const box = seen(canvas);
  const scale = box.width / canvas.clientWidth;
  const inWindow = (value) => box.left + (left + ((value - x0) / (x1 - x0)) * (right - left)) * scale;`;

const place = async (page, selector, value) => {
  const [x, y] = await page.run(`${FIGURE} return [inWindow(arguments[1]), box.top + box.height / 2];`, selector, value);
  return { x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 0 };
};

/** Values of the figure in a pixel of the window. */
const fineness = (page, selector) => page.run(`${FIGURE} return (x1 - x0) / ((right - left) * scale);`, selector);

async function press(page, selector, value) {
  await page.run(`${FIGURE} canvas.scrollIntoView({ block: 'center', behavior: 'instant' });`, selector);
  const there = await place(page, selector, value);
  await page.driver.actions({ async: true }).move(there).press().release().perform();
}

for (const browser of browsers()) {
  describe(`a figure in a page that scales it, in ${browser}`, () => {
    let site;
    let page;
    before(async () => {
      site = await authored(browser);
      ({ page } = site);
    });
    after(() => site?.close());

    const RAMP = 'canvas.ramp';
    const PRESET = 'preset="one-pair" from="0" to="255" at="85"';
    const figure = async (name, style) => {
      await site.author(
        name,
        `<main><div id="slide" style="width: 900px"><ramp-scope ${PRESET}></ramp-scope></div></main>
         <script type="module" src="${site.app.url}element.js"></script>`,
        `<style>${style}</style>`,
      );
      await page.until('a drawn figure', `return Number(document.querySelector('ramp-scope').shadowRoot?.querySelector('${RAMP}')?.dataset.drawn) > 0`);
      await page.frame();
    };
    const state = (key) => page.run("return document.querySelector('ramp-scope').state[arguments[0]]", key);
    const sharp = (factor) => page.until(
      `a picture ${factor} times as fine`,
      `const canvas = document.querySelector('ramp-scope').shadowRoot.querySelector('${RAMP}');
       return Math.abs(canvas.width - canvas.clientWidth * devicePixelRatio * ${factor}) <= 1`,
    );

    for (const [index, [words, style, factor]] of SCALES.entries()) {
      test(`${words}: the cursor is where the pointer is, and the picture as fine as it is seen`, async () => {
        await figure(`scaled-${index}.html`, style);
        for (const value of [155, 30]) {
          await press(page, RAMP, value);
          const near = 1.5 * await fineness(page, RAMP);
          await page.until(`the cursor at ${value}`, async () => Math.abs((await state('at')) - value) <= near);
        }
        await sharp(factor);
      });
    }

    test('the wheel and keys move a scaled figure by what is seen of it', async () => {
      await figure('wheel.html', SCALES[0][1]);
      await page.run("document.querySelector('ramp-scope').setState({ zoom_from: 100, zoom_to: 150 })");
      await page.until('the window', `${FIGURE.replace('arguments[0]', `'${RAMP}'`)} return Math.abs(x0 - 100) < 1e-3 && Math.abs(x1 - 150) < 1e-3`);
      await page.run(`${FIGURE} canvas.scrollIntoView({ block: 'center', behavior: 'instant' }); canvas.closest('[role=slider]').focus();`, RAMP);
      const { x, y } = await place(page, RAMP, 125);
      const expected = 100 + (50 * 60) / await page.run(`${FIGURE} return box.width`, RAMP);
      await page.driver.actions({ async: true }).scroll(x, y, 60, 0, Origin.VIEWPORT).perform();
      // Drawn, too: the picture says where values lie.
      await page.until('a moved window', async () => Math.abs((await page.run(`${FIGURE} return x0`, RAMP)) - expected) < 0.05);
      // Zooming keeps the value under the pointer where it is.
      const there = await place(page, RAMP, 140);
      await page.driver.actions({ async: true }).scroll(there.x, there.y, 0, -300, Origin.VIEWPORT).perform();
      await page.until('half of it', async () => Math.abs((await state('zoom_to')) - (await state('zoom_from')) - 25) < 0.05);
      // Once it is drawn.
      await page.until(`140 at ${there.x}`, async () => Math.abs((await place(page, RAMP, 140)).x - there.x) <= 1.5);
    });

    // Only Chromium’s driver has two fingers.
    if (browser === 'chromium') test('two fingers on a scaled figure zoom about them', async () => {
      await figure('pinch.html', SCALES[1][1]);
      await page.run(`${FIGURE} canvas.scrollIntoView({ block: 'center', behavior: 'instant' });`, RAMP);
      const { x, y } = await place(page, RAMP, 200);
      const [left, width] = await page.run(`${FIGURE} return [inWindow(x0), (right - left) * scale]`, RAMP);
      const touch = (type, apart) => page.driver.sendDevToolsCommand('Input.dispatchTouchEvent', {
        type,
        touchPoints: apart === undefined ? [] : [{ x, y, id: 0 }, { x: x - apart, y, id: 1 }],
      });
      // The value under the finger that moves stays there.
      let [from, to] = [0, 255];
      let before = 100;
      await touch('touchStart', before);
      for (const apart of [125, 150, 175, 200]) {
        await touch('touchMove', apart);
        const share = (x - apart - left) / width;
        const about = from + share * (to - from);
        const next = (to - from) * before / apart;
        [from, to, before] = [about - share * next, about + (1 - share) * next, apart];
      }
      await touch('touchEnd');
      const shows = async () => [await state('zoom_from'), await state('zoom_to')];
      await page.until('half of it', async () => Math.abs((await shows())[1] - (await shows())[0] - 127.5) < 0.5);
      assert.ok(Math.abs((await shows())[0] - from) < 1.5, `${await shows()}, not ${[from, to]}`);
    });

    test('a figure that is scaled later is drawn anew, at most four times as fine', async () => {
      await figure('later.html', '#slide { transform-origin: 0 0; transition: transform 60ms } .large { transform: scale(2) }');
      await sharp(1);
      await page.run("document.querySelector('#slide').classList.add('large')");
      await sharp(2);
      // As slides do: they scale themselves when the window changes.
      await page.run("document.querySelector('#slide').style.transition = 'none'; addEventListener('resize', () => { document.querySelector('#slide').style.transform = 'scale(8)'; }); dispatchEvent(new Event('resize'))");
      await sharp(4);
      await press(page, RAMP, 20);
      const near = 1.5 * await fineness(page, RAMP);
      await page.until('the cursor at 20', async () => Math.abs((await state('at')) - 20) <= near);
    });
  });
}

describeLab('the page itself, scaled', (lab) => {
  const at = async () => Number((/[?&]at=([^&]+)/.exec(await lab.page.hash()) ?? [])[1]);

  test('html { zoom: .6 }: the cursor of the Lab is where the pointer is', async () => {
    await lab.fresh();
    await lab.page.run("document.documentElement.style.zoom = '.6'");
    await lab.page.frame();
    for (const value of [0.9, -3]) {
      await press(lab.page, 'canvas.ramp', value);
      const near = 1.5 * await fineness(lab.page, 'canvas.ramp');
      await lab.page.until(`the cursor at ${value}`, async () => Math.abs((await at()) - value) <= near);
    }
    await lab.page.keys('#figure', Key.HOME);
    await lab.page.until('the cursor at −4', async () => (await at()) === -4);
  });

  test('html { zoom: .6 }: and so is that of the story’s first figure', async () => {
    await lab.page.goto('about:blank');
    await lab.page.goto(lab.server.url);
    await lab.page.until('the figure', "return Number(document.querySelector('canvas.mystery-plot')?.dataset.drawn) > 0");
    await lab.page.run("document.documentElement.style.zoom = '.6'");
    await lab.page.frame();
    await press(lab.page, 'canvas.mystery-plot', 0.9);
    const near = 1.5 * await fineness(lab.page, 'canvas.mystery-plot');
    await lab.page.until('the cursor at 0.9', async () => Math.abs((await at()) - 0.9) <= near);
  });
});
