// The page's foot: the links out, and what the build knows of itself; and the way from the page's start
// to its figure by keys.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectOf } from '../../tools/dev/address.mjs';
import { cargo, waysOut } from '../../tools/dev/foot.mjs';
import { describeLab } from './lib/lab.mjs';
import { Key } from './lib/page.mjs';
import { ROOT } from './lib/server.mjs';

const ABOUT = { version: '1.2.3', license: 'MIT' };
/** With Tab alone. */
const MOST_TABS = 8;

test('what has no address is not in the foot', () => {
  assert.equal(waysOut({}, ABOUT), '<ul class="ways-out"><li>Licence: MIT</li><li>Version 1.2.3</li></ul>');
  const project = projectOf({ RAMPSCOPE_REPOSITORY: 'https://code.example/a/b/', RAMPSCOPE_ISSUES: 'https://code.example/a/b/issues?q=<' });
  const all = waysOut({ docs: 'docs/', ...project }, ABOUT);
  for (const href of ['docs/index.html', 'docs/model.html', 'docs/handout.html', 'docs/licence.html', 'https://code.example/a/b', 'https://code.example/a/b/issues?q=%3C']) {
    assert.ok(all.includes(`href="${href}"`), `${href} in ${all}`);
  }
});

test('what is no address is refused in words', () => {
  assert.throws(() => projectOf({ RAMPSCOPE_REPOSITORY: 'code.example' }), /RAMPSCOPE_REPOSITORY is “code\.example”: it has to be an address on the web/);
  assert.throws(() => projectOf({ RAMPSCOPE_ISSUES: 'javascript:alert(1)' }), /RAMPSCOPE_ISSUES/);
  assert.deepEqual(projectOf({}), {});
});

test('Cargo.toml says version and licence', () => {
  assert.deepEqual(cargo('[package]\nname = "a"\nversion = "3.4.5"\nlicense = "A OR B"\n[dependencies]\nversion = "9"\n'), { version: '3.4.5', license: 'A or B' });
  assert.throws(() => cargo('[package]\nname = "a"\n'), /no version/);
});

describeLab('the foot', (lab) => {
  test('it has version, licence and docs, and every link of the page’s own is there', async () => {
    await lab.fresh();
    const { version, license } = cargo(readFileSync(join(ROOT, 'Cargo.toml'), 'utf8'));
    const text = await lab.page.text('.page-foot');
    assert.ok(text.includes(`Version ${version}`) && text.includes(`Licence: ${license}`), text);
    assert.match(text, /recorded[\s\S]*modelled/);
    const links = await lab.page.run("return [...document.querySelectorAll('.ways-out a')].map((one) => one.href)");
    assert.ok(links.length >= 4);
    for (const link of links.filter((one) => one.startsWith(lab.server.url))) assert.equal((await fetch(link)).status, 200, link);
  });

  test('the logo leads home', async () => {
    await lab.fresh('#/lab?v=1&seed=7');
    await lab.page.click('.brand a');
    await lab.page.until('the story', "return location.hash.startsWith('#/story') && document.querySelector('canvas.mystery-plot') !== null");
  });

  test(`from the page’s start to the figure it is at most ${MOST_TABS} Tabs`, async () => {
    await lab.page.goto('about:blank');
    await lab.page.goto(lab.server.url);
    await lab.page.until('the first figure', "return document.querySelector('canvas.mystery-plot')?.width > 0");
    const isThere = () => lab.page.run("return document.activeElement.closest('#app') !== null && (document.activeElement.matches('[role=slider], canvas') || document.activeElement.querySelector('canvas') !== null)");
    let tabs = 0;
    const passed = [];
    while (tabs < MOST_TABS && !(await isThere())) {
      await lab.page.press(Key.TAB);
      tabs += 1;
      passed.push(await lab.page.run('return document.activeElement.id || document.activeElement.textContent.trim()'));
    }
    assert.ok(await isThere(), `after ${tabs} Tabs: ${passed.join(', ')}`);
  });
});
