// The element of one version: the line that the Embed view gives, in somebody's page, and files that are
// not what it was given for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { authored, figureHeaders } from './lib/author.mjs';
import { browsers, open } from './lib/browsers.mjs';
import { ROOT, serve } from './lib/server.mjs';

const dist = (name) => join(ROOT, 'dist', name);
const [, FOLDER] = readFileSync(dist('index.html'), 'utf8').match(/<meta name="rampscope-pinned" content="(v\/[^/]+\/)element\.js sha384-/);

const LIVE = "return customElements.whenDefined('ramp-scope').then(() => document.querySelector('ramp-scope').ready()).then(() => 'it runs', (error) => error.code)";

for (const browser of browsers()) {
  describe(`the element of a version in ${browser}`, () => {
    let site;
    let folder;
    before(async () => {
      site = await authored(browser);
      folder = await mkdtemp(join(tmpdir(), 'pinned-'));
    });
    after(async () => {
      await site?.close();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    /** The lines that the Embed view gives for it, of the page at an address. */
    const lines = async (url) => {
      const embed = await open({ browser, url: `${url}#/embed` });
      try {
        await embed.find('#snippet');
        assert.ok(!(await embed.texts('#snippet'))[0].includes('integrity'));
        await embed.click('input[name="keep-version"]');
        await embed.until('the version', "return document.querySelector('#snippet').textContent.includes('integrity')");
        return await embed.run("return document.querySelector('#snippet').textContent");
      } finally {
        await embed.close();
      }
    };

    test('the lines of the Embed view are a live figure, of files of that version alone', async () => {
      const { app, author, page } = site;
      const text = await lines(app.url);
      assert.match(text, new RegExp(`^<script type="module" src="${app.url}${FOLDER}element\\.js" integrity="sha384-[\\w+/=]+" crossorigin="anonymous"></script>\n<ramp-scope`));
      const seen = app.requests.length;
      await author('pinned.html', text);
      assert.equal(await page.run(LIVE), 'it runs');
      const asked = app.requests.slice(seen).filter(({ path }) => !path.endsWith('favicon.ico'));
      assert.ok(asked.every(({ path, status }) => path.startsWith(`/tools/${FOLDER}`) && status === 200), JSON.stringify(asked));
      // Its ways lead to the app, not to the folder of the version.
      const link = await page.run("return document.querySelector('ramp-scope').shadowRoot.querySelector('a[href*=\"#/\"]').href");
      assert.ok(link.startsWith(`${app.url}#/`), link);
    });

    /** A page with those lines, from a host on which one file of the version is another. */
    const altered = async (name, what) => {
      const file = join(folder, name);
      await writeFile(file, what(readFileSync(dist(FOLDER + name))));
      const app = await serve({ base: '/tools/', headers: { ...figureHeaders(browser), 'Access-Control-Allow-Origin': '*' }, files: { [FOLDER + name]: file } });
      try {
        await site.author('altered.html', await lines(app.url));
        if (name !== 'element.js') return await site.page.run(LIVE);
        // It was asked for, and what a page that has loaded has not run is refused.
        assert.ok(app.requests.some(({ path, status }) => path.endsWith(FOLDER + name) && status === 200));
        return await site.page.run("return customElements.get('ramp-scope') ? 'it runs' : 'refused'");
      } finally {
        await app.close();
      }
    };
    const longer = (bytes) => Buffer.concat([bytes, Buffer.from('\n')]);

    test('a style sheet, a module or a script that is another one is refused', async () => {
      assert.equal(await altered('figure.css', longer), 'start');
      // A section of no meaning: the module would start as ever.
      assert.equal(await altered('rampscope_bg.wasm', (bytes) => Buffer.concat([bytes, Buffer.from([0, 2, 1, 0x61])])), 'start');
      assert.equal(await altered('element.js', longer), 'refused');
    });
  });
}
