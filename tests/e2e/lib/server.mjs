// A small static server of the built page: the headers of Trunk.toml, a free port, a request log.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const MANIFEST = /<link rel="manifest"[^>]*>/;
const REPORTS = '/__csp';

/**
 * The headers that Trunk.toml makes `./dev serve` send: one source for both servers.
 *
 * @returns {Record<string, string>}
 * @throws where the section is missing, or holds no Content-Security-Policy
 */
export function trunkHeaders(file = join(ROOT, 'Trunk.toml')) {
  const section = readFileSync(file, 'utf8').split(/^\[serve\.headers\]$/m)[1]?.split(/^\[/m)[0] ?? '';
  const headers = Object.fromEntries(
    [...section.matchAll(/^"?([A-Za-z-]+)"? *= *"(.*)"$/gm)].map(([, name, value]) => [name, value]),
  );
  if (!headers['Content-Security-Policy']) {
    throw new Error(`${file}: [serve.headers] has no Content-Security-Policy`);
  }
  return headers;
}

/** The two parts of the built page's module: what the first picture needs, and the rest. */
export const MODULES = ['page_bg.wasm', 'page_rest.wasm'];

/**
 * @typedef {{url: string, requests: {method: string, path: string, status: number}[],
 *   violations: object[], hold: (name: string, status?: number) => () => void,
 *   mend: (name: string) => void, asked: (name: string, count: number) => Promise<void>,
 *   close: () => Promise<void>}} Served
 */

/**
 * Serves a folder on 127.0.0.1, on a free port.
 *
 * @param {object} [options]
 * @param {string} [options.folder] default: dist/
 * @param {string} [options.base] the path it is served under, with both slashes, such as `/a/b/`
 * @param {Record<string, string>} [options.headers] instead of those of Trunk.toml
 * @param {Record<string, string>} [options.files] further files by their path below `base`
 * @param {boolean} [options.offline] the page keeps itself for visits without network. Otherwise it
 *   comes without its manifest, and so without a service worker that asks for every file once more
 * @param {string} [options.cache] what may be kept of it: a Cache-Control
 * @param {boolean} [options.short] `index.html` is sent on to its folder, as some hosts do
 * @returns {Promise<Served>} `violations`: what browsers reported against the
 *   Content-Security-Policy, in any browser. `hold` lets requests of a file wait until what it gives
 *   is called, and then fail if a status is given, until `mend`. `asked` resolves when a name
 *   was asked for so often.
 */
export async function serve({ folder = join(ROOT, 'dist'), base = '/', headers = trunkHeaders(), files = {}, offline = false, short = false, cache = 'no-store' } = {}) {
  const requests = [];
  const violations = [];
  // What is held back, by name: until when, and the status to answer with.
  const held = new Map();
  const counts = new Map();
  let news;
  const policy = headers['Content-Security-Policy'];
  const sent = { ...headers, 'Cache-Control': cache };
  // Reporting changes nothing of what is allowed.
  if (policy) sent['Content-Security-Policy'] = `${policy}; report-uri ${REPORTS}`;

  async function answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    if (request.method === 'POST' && path === REPORTS) {
      let body = '';
      for await (const chunk of request) body += chunk;
      violations.push(JSON.parse(body)['csp-report'] ?? body);
      response.writeHead(204).end();
      return;
    }
    if (short && path === `${base}index.html`) {
      response.writeHead(301, { Location: base }).end();
      return;
    }
    const asked = path.slice(base.length);
    const name = asked === '' || asked.endsWith('/') ? `${asked}index.html` : asked;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    news?.();
    const hold = held.get(name);
    if (hold) {
      await hold.until;
      if (hold.status !== 200) {
        requests.push({ method: request.method, path, status: hold.status });
        response.writeHead(hold.status, sent).end();
        return;
      }
    }
    const further = path.startsWith(base) ? files[name] : undefined;
    const file = further ?? normalize(join(folder, name));
    let status = 404;
    /** @type {Buffer | string} */
    let bytes = 'not found\n';
    if (further || (path.startsWith(base) && file.startsWith(normalize(folder + sep)))) {
      try {
        bytes = await readFile(file);
        if (/(^|\/)index\.html$/.test(name) && !offline) bytes = String(bytes).replace(MANIFEST, '');
        status = 200;
      } catch (error) {
        if (!['ENOENT', 'EISDIR', 'ENOTDIR'].includes(error.code)) throw error;
      }
    }
    requests.push({ method: request.method, path, status });
    const type = status === 200 ? TYPES[extname(file)] : 'text/plain';
    response.writeHead(status, { ...sent, 'Content-Type': type ?? 'application/octet-stream' });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      requests.push({ method: request.method, path: request.url, status: 500 });
      response.writeHead(500).end(`${error.message}\n`);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}${base}`,
    requests,
    violations,
    hold(name, status = 200) {
      const hold = { status };
      hold.until = new Promise((resolve) => {
        hold.release = () => {
          // A failing answer goes on being one for what was asked for meanwhile, and then.
          if (status === 200 && held.get(name) === hold) held.delete(name);
          resolve();
        };
      });
      held.set(name, hold);
      // A page that waits for the file can be asked nothing, not even to close.
      setTimeout(hold.release, 60_000).unref();
      return hold.release;
    },
    mend: (name) => held.delete(name),
    async asked(name, count) {
      while ((counts.get(name) ?? 0) < count) await new Promise((resolve) => { news = resolve; });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
