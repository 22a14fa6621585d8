// A page that is open while the tests of a group run.

import { after, before } from 'node:test';
import { open } from './browsers.mjs';
import { serve } from './server.mjs';

/**
 * What `get` gives, before it is there: who asks for something of it asks when it is.
 *
 * @template {object} Thing
 * @param {() => Thing} get
 * @returns {Thing}
 */
const later = (get) => /** @type {Thing} */ (new Proxy({}, {
  get(_, name) {
    const thing = get();
    return typeof thing[name] === 'function' ? thing[name].bind(thing) : thing[name];
  },
}));

/**
 * The built page, served and open while the tests of the group around run.
 *
 * @param {Partial<Parameters<typeof open>[0]> & { hash?: string, served?: Parameters<typeof serve>[0] }} options `hash`:
 *   where it is opened, if not at its beginning
 */
export function opened({ hash = '', served = {}, ...options }) {
  /** @type {import('./server.mjs').Served} */
  let server;
  /** @type {import('./page.mjs').Page} */
  let page;
  before(async () => {
    server = await serve(served);
    page = await open({ url: server.url + hash, ...options });
  });
  after(async () => {
    await page?.close();
    await server?.close();
  });
  return { server: later(() => server), page: later(() => page) };
}
