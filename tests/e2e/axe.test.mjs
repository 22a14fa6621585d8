// axe-core finds nothing, in any view and theme.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { AXE, findings } from './lib/axe.mjs';
import { browsers } from './lib/browsers.mjs';
import { opened } from './lib/opened.mjs';

const THEMES = ['light', 'dark', 'contrast', 'projector'];
const STORY = [...Array.from({ length: 6 }, (_, index) => `#/story?v=1&scene=${index + 1}`), ...[2, 3, 4, 5, 7, 8, 9].map((page) => `#/story?v=1&page=${page}`), '#/teach?v=1'];
const PLACES = ['#/lab?v=1', '#/lab?v=1&inputs=64&outputs=16&direction=vector&per_channel=1&overlay=float32,qnnpack', '#/suspects?v=1', '#/model?v=1', '#/model?v=1&verdict=707/33792~47/56~0~0.0137~ort~model.onnx', '#/embed?v=1&controls=at,engine', '#/embed?v=1&figure=step', '#/embed?v=1&figure=suspects', ...STORY];

for (const browser of browsers()) {
  describe(`accessible in ${browser}`, () => {
    const { page } = opened({ browser, hash: '#/lab' });
    before(async () => { await page.run(AXE); });

    for (const theme of THEMES) {
      test(`every view in the ${theme} theme`, async () => {
        for (const place of PLACES) {
          await page.run('location.hash = arguments[0]', `${place}&theme=${theme}`);
          await page.until(`${place} in ${theme}`, () =>
            page.run(
              `const [place, theme] = arguments;
               const current = document.querySelector('.views a[aria-current]')?.getAttribute('href') ?? '';
               const scene = document.querySelector('#step-title')?.innerText.match(/\\d+/)?.[0];
               const asked = document.querySelector('.asks a[aria-current]')?.href.match(/page=(\\d+)/)?.[1];
               return document.documentElement.dataset.theme === theme
                 && (current.startsWith(place.split('?')[0]) || (place.startsWith('#/teach') && document.querySelector('#teacher')))
                 && (!place.includes('scene=') || (place.endsWith('scene=' + scene) && !asked))
                 && (!place.includes('page=') || place.endsWith('page=' + asked));`,
              place,
              theme,
            ));
          await page.frame();
          // Everything that can be opened is looked at too.
          await page.run("document.querySelectorAll('main details:not([open])').forEach((one) => { one.open = true; })");
          await page.frame();
          // A colour on its way is none of the theme's.
          await page.until('everything at rest', "return document.getAnimations().length === 0");
          assert.deepEqual(await findings(page), [], `${place} in ${theme}`);
        }
      });
    }
  });
}
