// More than anybody reads or sees: what could not be used, and states that come too fast. The page
// answers at once all the same.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { authored } from './lib/author.mjs';
import { browsers } from './lib/browsers.mjs';
import { describeLab } from './lib/lab.mjs';

const unknown = (count) => Array.from({ length: count }, (_, index) => `q${index}=1`).join('&');

describeLab('a flood of faults', (lab) => {
  const NAMED = [0, 1, 2, 3, 4].map((index) => `“q${index}” is not a parameter and was ignored.`);
  const said = () => lab.page.texts('#notice li');

  test('of 60,000 unknown keys in an address five are named, and the others counted', async () => {
    await lab.fresh();
    await lab.page.run('location.hash = arguments[0]', `#/lab?${unknown(60_000)}&seed=7`);
    await lab.page.until('the notice', async () => (await said()).length > 0);
    assert.deepEqual(await said(), [...NAMED, 'And 59,995 more.']);
    assert.equal(await lab.page.value('input[name="seed"]'), '7');
  });

  test('and so it is with 300,000 in a file', async () => {
    await lab.fresh();
    const folder = await mkdtemp(join(tmpdir(), 'flood-'));
    try {
      const file = join(folder, 'flood.json');
      await writeFile(file, JSON.stringify({ format: 'rampscope', link: `#/lab?${unknown(300_000)}` }));
      await lab.page.run("document.querySelector('.export').open = true");
      await (await lab.page.find('#open-json')).sendKeys(file);
      await lab.page.until('the notice', async () => (await said()).length > 0);
      assert.deepEqual(await said(), [...NAMED, 'And 299,995 more.']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('equal ones are said once', async () => {
    await lab.fresh(`#/lab?${'sed=1&'.repeat(50)}inputs=900&${'sed=2&'.repeat(50)}`);
    assert.deepEqual(await said(), ['“sed” is not a parameter and was ignored. Did you mean “seed”?', 'inputs: 900 is out of range; 64 is used.']);
  });
});

for (const browser of browsers()) {
  describe(`a flood of links in ${browser}`, () => {
    let site;
    before(async () => { site = await authored(browser); });
    after(() => site?.close());

    test('of 5,000 links to a frame the last is drawn, soon, and a single one is, too', async () => {
      const { app, author, page } = site;
      await author(
        'flood.html',
        `<script>window.heard = []; addEventListener('message', ({ data }) => window.heard.push(data))</script>
         <iframe title="figure" width="640" height="700" sandbox="allow-scripts" src="${app.url}embed.html#/lab?v=1&embed=1&focus=ramp"></iframe>`,
      );
      await page.until('it is ready', "return window.heard.some(({ type }) => type === 'ready')");
      const open = "const open = (seed) => frames[0].postMessage({ rampscope: 1, type: 'open', link: '#/lab?v=1&embed=1&focus=ramp&seed=' + seed }, '*');";
      const opened = (seed) => `return window.heard.some(({ type, link }) => type === 'change' && /seed=${seed}\\b/.test(link))`;
      await page.run(`${open} open(77);`);
      await page.until('the single one', opened(77));
      await page.run(`window.heard = []; ${open} for (let seed = 1; seed <= 5000; seed++) open(seed);`);
      await page.until('the last one', opened(5000));
      const others = await page.run("return window.heard.filter(({ type }) => type === 'change').map(({ link }) => link)");
      assert.ok(others.length <= 5, `${others.length} of 5,000 were opened`);
      await page.driver.switchTo().frame(0);
      await page.until('a drawn figure', "return Number(document.querySelector('canvas.ramp')?.dataset.drawn) > 0");
      assert.match(await page.hash(), /seed=5000$/);
      await page.driver.switchTo().defaultContent();
    });
  });
}
