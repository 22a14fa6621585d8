// The built page loads in every browser of the run, and nothing goes wrong on the way.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browsers, open } from './lib/browsers.mjs';
import { opened } from './lib/opened.mjs';
import { MODULES, serve } from './lib/server.mjs';

for (const browser of browsers()) {
  for (const base of ['/', '/docs/figure/']) {
    describe(`${browser}, served under ${base}`, () => {
      const { server, page } = opened({ browser, hash: '#/lab', served: { base } });

      test('the module starts and draws', async () => {
        await page.until('a canvas with a size', "return document.querySelector('#app canvas')?.width > 0");
        assert.match(await page.run('return document.title'), /Rampscope/);
      });

      test('everything that was asked for is there, and only from this server', async () => {
        const asked = server.requests.filter(({ path }) => path !== '/favicon.ico');
        assert.deepEqual(asked.filter(({ status }) => status !== 200), []);
        const modules = asked.map(({ path }) => path.slice(base.length)).filter((path) => path.endsWith('.wasm'));
        assert.deepEqual(modules.sort(), MODULES);
        const foreign = await page.run(
          "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !n.startsWith(location.origin))",
        );
        assert.deepEqual(foreign, []);
      });

      test('no error, no violation of the Content-Security-Policy', async () => {
        await page.frame();
        assert.deepEqual(await page.problems(), []);
        assert.deepEqual(server.violations, []);
      });
    });
  }
}

// The net the test above hangs in: it holds nothing if it catches nothing.
describe('a page with faults', () => {
  test('its violation and its missing script are seen', async () => {
    const server = await serve();
    const page = await open({ url: `${server.url}#/lab` });
    try {
      await page.run("const s = document.createElement('style'); s.textContent = 'h1{}'; document.head.append(s)");
      await page.run("const s = document.createElement('script'); s.src = 'on-purpose.js'; document.head.append(s)");
      await page.until('both in the list', async () => {
        const problems = (await page.problems()).join('\n');
        return /on-purpose/.test(problems) && /Content Security Policy|csp: style/i.test(problems);
      });
      assert.equal(server.requests.find(({ path }) => path === '/on-purpose.js')?.status, 404);
      await page.until('a report', () => server.violations.length > 0);
    } finally {
      await page.close();
      await server.close();
    }
  });
});
