// Keeps the page for visits without network. A version has a cache of its own, and no answer comes
// from another. tools/dev/assemble.mjs writes the list and the version; as it stands here, with
// nothing to keep, the worker removes what earlier ones have kept, and itself.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/**
 * Names of the page's files, with the hashes of their contents.
 *
 * @type {Map<string, string>}
 */
const FILES = new Map([]);
const VERSION = '';

const FOLDER = new URL(worker.registration.scope).pathname;
// Others on this origin have caches too. No address has a space in it.
const OURS = `rampscope ${FOLDER} `;
const CACHE = OURS + VERSION;

// All or nothing. The hashes make it one version even if an upload is half done, or a host between
// has kept something old.
async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES].map(([name, integrity]) => new Request(name, { cache: 'no-cache', integrity })));
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  if (FILES.size > 0) return;
  await caches.delete(CACHE);
  // Not waited for: in Firefox a page that loads anew for this worker would wait for ever.
  worker.registration.unregister();
}

/** @param {string} path */
const isIndex = (path) => path === FOLDER || path === `${FOLDER}index.html`;

/**
 * The listed page at a path, if any: the page itself, or one of the docs.
 *
 * @param {string} path
 */
const pageAt = (path) => {
  const name = isIndex(path) ? 'index.html' : path.slice(FOLDER.length);
  return path.startsWith(FOLDER) && name.endsWith('.html') && FILES.has(name) ? name : undefined;
};

/**
 * The listed file that a request is for, if any.
 *
 * @param {Request} request
 */
function listed({ method, mode, destination, url }) {
  const { origin, pathname, search } = new URL(url);
  if (method !== 'GET' || origin !== location.origin || !pathname.startsWith(FOLDER)) return undefined;
  // In a frame the page is the server's, and so are its files.
  if (mode === 'navigate') return destination === 'document' ? pageAt(pathname) : undefined;
  return search === '' ? pathname.slice(FOLDER.length) : undefined;
}

/**
 * @param {FetchEvent} event
 * @param {string} name
 */
async function answer({ request, clientId }, name) {
  // Another page in this folder, with the element in it, takes all its files from the server: some of
  // them are not kept, and they have to be of one version too.
  const client = request.mode === 'navigate' ? undefined : await worker.clients.get(clientId);
  if (client && (client.frameType === 'nested' || !pageAt(new URL(client.url).pathname))) return fetch(request);
  const kept = await caches.match(name, { cacheName: CACHE, ignoreVary: true });
  if (!kept) return fetch(request);
  // Some hosts send index.html on to its folder; a page may not be opened by such an answer.
  return kept.redirected ? new Response(kept.body, kept) : kept;
}

worker.addEventListener('install', (event) => event.waitUntil(keep()));
worker.addEventListener('activate', (event) => event.waitUntil(forget()));
worker.addEventListener('fetch', (event) => {
  const name = listed(event.request);
  if (name !== undefined && FILES.has(name)) event.respondWith(answer(event, name));
});
// Sent by offline.js. Without it a version begins when no page of the last one is open.
worker.addEventListener('message', ({ data }) => data === 'use' && worker.skipWaiting());
