// What axe-core finds on a page.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Its script, run once a page before `findings`. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What it finds on the page as it is, in short.
 *
 * @param {import('./page.mjs').Page} page
 * @returns {Promise<string[]>}
 */
export const findings = (page) =>
  page.driver.executeAsyncScript(
    `const done = arguments[0];
     axe.run(document, { resultTypes: ['violations'] })
       .then(({ violations }) => done(violations.flatMap(({ id, nodes }) =>
         nodes.map((node) => id + ': ' + node.target.join(' ') + ' ' + (node.any[0]?.message ?? node.failureSummary)))))
       .catch((error) => done(['axe: ' + error.message]));`,
  );
