// Somebody's pages with figures: on a host of their own, and the figures come from another origin.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from './browsers.mjs';
import { serve, trunkHeaders } from './server.mjs';

/**
 * The headers that figures come with. As of a static host in WebKit: it (2.50.6) takes 'self' of a
 * policy for nothing in a sandboxed frame, so that there no header may say it, and the policy in
 * embed.html says more.
 */
export const figureHeaders = (browser) => (browser === 'webkit' ? {} : trunkHeaders());

/**
 * @param {import('./browsers.mjs').Browser} browser
 * @returns {Promise<{app: import('./server.mjs').Served, host: import('./server.mjs').Served, folder: string, page: import('./page.mjs').Page,
 *   author: (name: string, body: string, head?: string) => Promise<void>, close: () => Promise<void>}>}
 *   `app` and `host`: servers, of the figures and of the pages in `folder`; `author` writes a page
 *   with that body and opens it
 */
export async function authored(browser) {
  const folder = await mkdtemp(join(tmpdir(), 'author-'));
  const app = await serve({ base: '/tools/', headers: { ...figureHeaders(browser), 'Access-Control-Allow-Origin': '*' } });
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
