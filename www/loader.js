// Starts the app, and says so in words when it cannot run.

import init, { mountPage, whole } from './rampscope.js';

const place = document.getElementById('trouble');

function show(message) {
  // The first fault is the cause: after a panic has told its own, the trap says “unreachable”.
  if (!place.hidden) return;
  document.getElementById('trouble-text').textContent = message;
  place.hidden = false;
}

// The links only differ in their fragment, so following one would not reload.
document.getElementById('trouble-reload').addEventListener('click', (event) => {
  event.preventDefault();
  location.reload();
});
document.getElementById('trouble-fresh').addEventListener('click', (event) => {
  event.preventDefault();
  history.replaceState(null, '', '#/lab');
  location.reload();
});

addEventListener('error', (event) => {
  if (event.error) show(`Rampscope stopped: ${event.error.message}`);
});
addEventListener('unhandledrejection', (event) => {
  show(`Rampscope stopped: ${event.reason?.message ?? event.reason}`);
});

/**
 * Whether the page comes from what earlier visits have kept (offline.js): the rest of the module is at
 * hand then, and a worker answers no request that is waited for.
 */
function isKept() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    // Storage is blocked.
    return false;
  }
}

try {
  // The story's beginning needs only the module's first part.
  const isBeginning = /^(#?|#\/story)$/.test(location.hash);
  await Promise.all([init(), (isBeginning && !isKept()) || whole()]);
  mountPage(document.getElementById('app'));
} catch (error) {
  show(`The live figure could not start: ${error.message}. The text and the picture below need no WebAssembly.`);
}

// Also after a fault, which a newer version may not have. The page needs nothing of it.
import('./offline.js').catch(() => {});
