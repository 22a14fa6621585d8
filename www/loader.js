// Starts the app, and says so in words when it cannot run.

import init, { fetchRest, mountPage } from './page.js';
import { ahead, notFirst, styles } from './rest.js';
import { notStarted } from './trouble.js';

try {
  // A page that a link is shared by opens its state (tools/dev/pages.mjs), and from then on is the page:
  // its <base> is the page's folder, which the address is relative to.
  const own = document.querySelector('meta[name="rampscope-state"]')?.getAttribute('content');
  if (own) history.replaceState(null, '', location.hash || own);
  // The story's beginning needs only the module's first part.
  if (!/^(#?|#\/story)$/.test(location.hash)) ahead();
  await init().catch(notFirst);
  mountPage(document.getElementById('app'));
  // After what the first picture asks for.
  const soon = globalThis.requestIdleCallback ?? ((start) => setTimeout(start, 200));
  const rest = () => {
    styles();
    fetchRest();
  };
  soon(rest, { timeout: 2000 });
} catch (error) {
  notStarted(error);
}

// Also after a fault, which a newer version may not have. The page needs nothing of it.
import('./offline.js').catch(() => {});
