// What the pages that the build makes have in common. For pages.mjs, docs.mjs and foot.mjs.

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A text as HTML, in an element or between quotes.
 *
 * @param {string} text
 */
export const escaped = (text) => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign]);

/**
 * An HTML text with a part replaced, which it has once.
 *
 * @param {string} html
 * @param {string | RegExp} part
 * @param {string} by
 * @throws where it is not there
 */
export function swapped(html, part, by) {
  if (typeof part === 'string' ? !html.includes(part) : !part.test(html)) throw new Error(`the page has no ${part}`);
  return html.replace(part, () => by);
}
