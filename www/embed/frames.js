// For pages with frames of Rampscope: gives each frame the height that its content wants, and the
// page's light or dark. Classic or module, anywhere on the page, once. A frame is one of Rampscope's
// if its address names embed.html, or has embed=1 after the `#`.

import { isDarkBehind } from './behind.js';

// A frame of somebody else keeps its height, and is told nothing.
/** @param {HTMLIFrameElement} frame */
const isFigure = ({ src }) => /^[^?#]*\/embed\.html(?=[?#]|$)|#.*[?&]embed=1(?=&|$)/.test(src);
const figures = () => [...document.querySelectorAll('iframe')].filter(isFigure);
/** @param {MessageEventSource | null} source */
const frameOf = (source) => figures().find((frame) => frame.contentWindow === source);
/** @type {Set<HTMLIFrameElement>} */
const known = new Set();
/** @param {HTMLIFrameElement} frame */
const dress = (frame) => {
  const scheme = isDarkBehind(frame) ? 'dark' : 'light';
  // Where both say the same, what lies behind the frame shows between its panels. And no gap is
  // below it, as below a letter in a line.
  Object.assign(frame.style, { colorScheme: scheme, verticalAlign: 'top' });
  frame.contentWindow?.postMessage({ rampscope: 1, type: 'scheme', scheme }, '*');
};
addEventListener('message', ({ source, data }) => {
  if (data?.rampscope !== 1) return;
  const frame = frameOf(source);
  if (!frame) return;
  if (data.type === 'height' && data.height > 0) frame.style.height = `${Math.min(data.height, 20000)}px`;
  if (!known.has(frame)) {
    known.add(frame);
    dress(frame);
  }
  if (data.type === 'ready') dress(frame);
});
const again = () => requestAnimationFrame(() => {
  for (const frame of known) {
    if (frame.isConnected && isFigure(frame)) dress(frame);
    else known.delete(frame);
  }
});
/** @param {Element} root */
const observe = (root) => new MutationObserver(again).observe(root, { attributes: true });
observe(document.documentElement);
if (document.body) observe(document.body);
else addEventListener('DOMContentLoaded', () => observe(document.body));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
document.addEventListener('transitionend', ({ propertyName }) => propertyName === 'background-color' && again());
// Frames that were ready before this script speak again.
for (const frame of figures()) frame.contentWindow?.postMessage({ rampscope: 1, type: 'hello' }, '*');
