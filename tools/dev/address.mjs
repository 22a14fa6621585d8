// The addresses that a build is told: its own, which other sites follow and the page's links have, and
// those of the project.

import { escaped } from './html.mjs';

/** The picture that index.html names, beside it. */
const PREVIEW = '<meta property="og:image" content="preview.png">';

/**
 * An address that somebody gave a build.
 *
 * @param {string} name of the variable
 * @param {string} url
 * @param {string} [example] of an address of a folder; without, it may be that of a page
 * @returns {string} as the page's own links escape it
 * @throws with a sentence where it is none
 */
function checked(name, url, example) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isWeb = parsed && ['http:', 'https:'].includes(parsed.protocol);
  const isFolder = parsed && !parsed.search && !parsed.hash && parsed.href.endsWith('/');
  if (!isWeb || (example && !isFolder)) {
    const wanted = example ? `the address of a folder, as in ${example}, with its last /` : 'an address on the web';
    throw new Error(`${name} is “${url}”: it has to be ${wanted}`);
  }
  return parsed.href.replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/**
 * The address of the build's folder.
 *
 * @param {string | undefined} url RAMPSCOPE_URL
 * @returns {string} with its last `/`; empty where there is none
 * @throws with a sentence where it is no address of a folder
 */
export const folderOf = (url) => (url ? checked('RAMPSCOPE_URL', url, 'https://example.org/rampscope/') : '');

/**
 * The addresses of the project, where the build is told them.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ repository?: string, issues?: string }} the repository's without its last `/`
 * @throws with a sentence where one is no address
 */
export function projectOf({ RAMPSCOPE_REPOSITORY: repository, RAMPSCOPE_ISSUES: issues }) {
  return {
    ...(repository && { repository: checked('RAMPSCOPE_REPOSITORY', repository).replace(/\/$/, '') }),
    ...(issues && { issues: checked('RAMPSCOPE_ISSUES', issues) }),
  };
}

/**
 * @param {string} html of index.html
 * @param {string | undefined} url of the folder: RAMPSCOPE_URL
 * @returns {string} the page as it was where there is none
 * @throws with a sentence where it is no address of a folder
 */
export function addressed(html, url) {
  const folder = escaped(folderOf(url));
  if (!folder) return html;
  const head = `<meta name="rampscope-url" content="${folder}">
<meta property="og:url" content="${folder}">
<link rel="canonical" href="${folder}">
</head>`;
  return html
    .replace(PREVIEW, () => PREVIEW.replace('preview.png', `${folder}preview.png`))
    .replace('</head>', () => head);
}
