// Somebody's pages with figures: on a host of their own, and the figures come from another origin.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from './browsers.mjs';
import { serve, trunkHeaders } from './server.mjs';

/**
 * The headers that a page in a sandboxed frame comes with. As of a static host in WebKit: it
 * (2.50.6) takes 'self' of a policy for nothing in such a frame, so that there no header may say
 * it, and the policy in embed.html says more.
 */
export const framedHeaders = (browser) => (browser === 'webkit' ? {} : trunkHeaders());

/**
 * @param {object} options
 * @param {string} options.browser
 * @param {boolean} [options.framed] their pages have figures in frames
 * @returns {Promise<{app: object, host: object, folder: string, page: object,
 *   author: (name: string, body: string, head?: string) => Promise<void>, close: () => Promise<void>}>}
 *   `app` and `host`: servers, of the figures and of the pages in `folder`; `author` writes a page
 *   with that body and opens it
 */
export async function authored({ browser, framed = false }) {
  const folder = await mkdtemp(join(tmpdir(), 'author-'));
  const headers = framed ? framedHeaders(browser) : trunkHeaders();
  const app = await serve({ base: '/tools/', headers: { ...headers, 'Access-Control-Allow-Origin': '*' } });
  const host = await serve({ folder, headers: {} });
  let page;
  const close = async () => {
    await page?.close();
    for (const server of [app, host]) await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  const write = (name, body, head = '') => writeFile(
    join(folder, name),
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${name}</title>${head}</head><body>${body}</body></html>`,
  );
  try {
    await write('index.html', '');
    page = await open({ browser, url: host.url });
  } catch (error) {
    await close();
    throw error;
  }
  const author = async (name, body, head) => {
    await write(name, body, head);
    await page.goto(host.url + name);
  };
  return { app, host, folder, page, author, close };
}
