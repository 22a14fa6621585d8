// The address of a build in its page: what other sites follow, and what the page's own links have.

/**
 * @param {string} html of index.html
 * @param {string | undefined} url of the folder: RAMPSCOPE_URL
 * @returns {string} the page as it was where there is none
 * @throws with a sentence where it is no address of a folder
 */
export function addressed(html, url) {
  if (!url) return html;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || parsed.search || parsed.hash || !parsed.href.endsWith('/')) {
    throw new Error(`RAMPSCOPE_URL is “${url}”: it has to be the address of a folder, as in https://example.org/rampscope/, with its last /`);
  }
  // As the page's own links escape them.
  const folder = parsed.href.replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`).replaceAll('&', '&amp;');
  const head = `<meta name="rampscope-url" content="${folder}">
<meta property="og:url" content="${folder}">
<link rel="canonical" href="${folder}">
</head>`;
  return html
    .replace('<meta property="og:image" content="preview.png">', () => `<meta property="og:image" content="${folder}preview.png">`)
    .replace('</head>', () => head);
}
