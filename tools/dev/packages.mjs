// npm packages that ./dev keeps among its tools (tools/pages).

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const FOLDER = resolve(process.env.RAMPSCOPE_TOOLS || '.tools', 'pages');

/**
 * The `require` of the packages.
 *
 * @returns {NodeJS.Require}
 * @throws where they are not installed
 */
export function packages() {
  if (!existsSync(join(FOLDER, 'node_modules'))) {
    throw new Error('the packages of tools/pages are not installed: ./dev setup serve installs them');
  }
  return createRequire(join(FOLDER, 'package.json'));
}
