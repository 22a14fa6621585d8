// Starts the app in a frame of another page, from the bytes in this file, and speaks with that
// page; docs/embedding.md has the messages. A sandboxed frame can fetch nothing: the build makes one classic
// script of this, the module's glue and its bytes, a letter each.

import { notStarted } from '../trouble.js';
import init, { mountPage } from './rampscope.js';

/** @param {{ type: string, [field: string]: unknown }} message */
const say = (message) => parent !== window && parent.postMessage({ rampscope: 1, ...message }, '*');

// The height that the content wants, so that the frame needs no scroll bar of its own.
let height = 0;
const measure = () => {
  const next = Math.ceil(document.getElementById('page')?.getBoundingClientRect().height ?? document.body.scrollHeight);
  if (next === height) return;
  height = next;
  say({ type: 'height', height });
};
new ResizeObserver(measure).observe(document.getElementById('page') ?? document.body);
addEventListener('hashchange', () => say({ type: 'change', link: location.hash }));

// Of links that come faster than they can be drawn the last one counts: it is opened once there is a
// pause, and at the latest after PATIENCE.
const [PAUSE, PATIENCE] = [10, 200];
let last = '';
/** @type {number | undefined} */
let waiting;
let since = 0;
/** @param {string} link */
const open = (link) => {
  last = link;
  const now = performance.now();
  if (waiting === undefined) since = now;
  else if (now - since > PATIENCE) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    waiting = undefined;
    location.hash = last;
  }, PAUSE);
};

addEventListener('message', ({ source, data }) => {
  if (source !== parent || data?.rampscope !== 1) return;
  if (data.type === 'scheme' && ['light', 'dark', ''].includes(data.scheme)) {
    if (data.scheme) document.documentElement.dataset.scheme = data.scheme;
    else delete document.documentElement.dataset.scheme;
    document.documentElement.dispatchEvent(new Event('rampscope-restyled'));
  } else if (data.type === 'open' && typeof data.link === 'string' && data.link.startsWith('#/')) {
    open(data.link);
  } else if (data.type === 'hello') {
    height = 0;
    measure();
  }
});

// Every rewrite of the address is news for the page around, which cannot read it.
const rewrite = history.replaceState.bind(history);
const push = history.pushState.bind(history);
/** @param {History['pushState']} change @returns {History['pushState']} */
const told = (change) => (...args) => {
  change(...args);
  say({ type: 'change', link: location.hash });
};
history.replaceState = told(rewrite);
history.pushState = told(push);

init({ module_or_path: Uint8Array.from(RAMPSCOPE_BYTES, (letter) => letter.charCodeAt(0)) })
  .then(() => {
    mountPage(document.getElementById('app'));
    say({ type: 'ready', link: location.hash });
  })
  .catch(notStarted);
