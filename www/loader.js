// Starts the app, and says so in words when it cannot run: within it stands trouble.js, put there by the
// build.

import init, { mountPage, whole } from './rampscope.js';

// trouble.js

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
  notStarted(error);
}

// Also after a fault, which a newer version may not have. The page needs nothing of it.
import('./offline.js').catch(() => {});
