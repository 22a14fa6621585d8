// The example of a reveal.js deck: → goes through the story's scenes, and then to the next slide.

import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { Key } from './lib/page.mjs';
import { ROOT } from './lib/server.mjs';

const EXAMPLE = join(ROOT, 'examples/embed/reveal');
const SCENES = 6;

for (const browser of browsers()) {
  describe(`a deck of slides in ${browser}`, () => {
    let page;
    let site;
    let url;
    before(async () => {
      site = await authored(browser);
      ({ page } = site);
      const folder = join(site.folder, 'deck');
      await mkdir(folder);
      await cp(join(ROOT, 'tests/e2e/node_modules/reveal.js/dist'), join(folder, 'node_modules/reveal.js/dist'), { recursive: true });
      const deck = await readFile(join(EXAMPLE, 'index.html'), 'utf8');
      await writeFile(join(folder, 'index.html'), deck.replaceAll('../../../dist/', site.app.url));
      url = `${site.host.url}deck/index.html`;
    });
    after(() => site?.close());

    /** The slide that is shown, from 0, and the scene that its figure is in; '' where it has none. */
    const at = (slide, scene) => page.until(`slide ${slide}, scene ${scene}`, `
      const sections = [...document.querySelectorAll('.slides > section')];
      const slide = document.querySelector('.slides > section.present');
      const figure = slide?.querySelector('ramp-scope');
      const title = figure?.shadowRoot.querySelector('#step-title')?.textContent ?? '';
      return sections.indexOf(slide) === ${slide} && title.startsWith('${scene}')`);
    const press = (key) => page.press(key);

    test('the version is the one that the documentation names', async () => {
      const [own, tests, guide] = await Promise.all([join(EXAMPLE, 'package.json'), join(ROOT, 'tests/e2e/package.json'), join(ROOT, 'docs/embedding.md')].map((name) => readFile(name, 'utf8')));
      const version = JSON.parse(own).dependencies['reveal.js'];
      assert.equal(JSON.parse(tests).devDependencies['reveal.js'], version);
      assert.ok(guide.includes(`**reveal.js** ${version}`));
    });

    test('→ goes through the scenes, then to the next slide, and ← back through them', async () => {
      await page.goto(url);
      await at(0, '');
      await press(Key.ARROW_RIGHT);
      for (let scene = 1; scene <= SCENES; scene++) {
        await at(1, `${scene}.`);
        await press(Key.ARROW_RIGHT);
      }
      await at(2, '');
      assert.equal(await page.run('return document.activeElement.localName'), 'body', 'the deck keeps the focus');
      await press(Key.ARROW_LEFT);
      await at(1, `${SCENES}.`);
      await press(Key.ARROW_LEFT);
      await at(1, `${SCENES - 1}.`);
      assert.deepEqual((await page.problems()).filter((one) => !one.includes('favicon.ico')), []);
    });

    test('Next in the figure takes the deck along', async () => {
      await page.goto('about:blank');
      await page.goto(`${url}#/1`);
      await at(1, '1.');
      await page.run("document.querySelector('ramp-scope').shadowRoot.querySelector('#next-step').click()");
      await at(1, '2.');
      await page.until('its fragment', "return document.querySelectorAll('.fragment.visible').length === 1");
      await page.run('document.activeElement?.blur()');
      await press(Key.ARROW_RIGHT);
      await at(1, '3.');
    });

    test('every scene’s picture and words lie within its slide', async () => {
      for (let scene = 1; scene <= SCENES; scene++) {
        await page.goto('about:blank');
        await page.goto(scene > 1 ? `${url}#/1/0/${scene - 2}` : `${url}#/1`);
        await at(1, `${scene}.`);
        await page.frame();
        const [low, high, over, title] = await page.run(`
          const place = document.querySelector('.scenes').getBoundingClientRect();
          const tree = document.querySelector('ramp-scope').shadowRoot;
          const bottom = (selector) => tree.querySelector(selector).getBoundingClientRect().bottom - place.bottom;
          return [place.top, place.bottom - innerHeight, bottom('canvas'), bottom('#step-title')];`);
        assert.ok(low >= 0 && high <= 0, `scene ${scene} begins at ${low} px and ends ${high} px below the window`);
        assert.ok(over <= 0 && title <= 0, `scene ${scene}: its picture ends ${over} px, its title ${title} px below the slide`);
      }
    });
  });
}
