// The pages that links are shared by, `p/KEY/`: a preset's, or a place of the story. Each has the title,
// the sentence and the picture that sites show of a link, and is the page itself otherwise. For
// assemble.mjs.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { folderOf } from './address.mjs';
import { escaped, swapped } from './html.mjs';
import { packages } from './packages.mjs';

/** The size that sites show previews in; examples/pages draws them so. */
export const PICTURE = { width: 1200, height: 630 };
/** What a listing of all of them may take. */
const MOST_BYTES = 64 << 20;
const FONT = 'DejaVu Sans';

/**
 * @typedef {object} Shared
 * @property {string} key its folder's name
 * @property {string} fragment of the state's link
 * @property {string} title
 * @property {string} sentence
 * @property {string} svg the picture in light colours
 * @property {string} picture the same, dark where the device is
 */

/**
 * What has such a page.
 *
 * @param {string} folder the address of the build's folder, or nothing
 * @returns {Shared[]}
 */
function listed(folder) {
  const printed = execFileSync(
    'cargo',
    ['run', '--quiet', '--locked', '--offline', '--no-default-features', '--features', 'svg', '--example', 'pages', '--', folder],
    { maxBuffer: MOST_BYTES, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return JSON.parse(printed.toString());
}

/**
 * The page of one.
 *
 * @param {string} index index.html as the build has it
 * @param {Shared} shared
 * @param {string} folder the address of the build's folder, or nothing
 */
export function pageOf(index, { key, fragment, title, sentence }, folder) {
  const place = `p/${key}/`;
  const meta = (kind, name, content) => `<meta ${kind}="${name}" content="${escaped(content)}">`;
  const name = escaped(title);
  let html = index;
  const swap = (part, by) => {
    html = swapped(html, part, by);
  };
  // Before anything that has an address.
  swap(/<title>.*<\/title>/, `<base href="../../">\n<title>${name} · Rampscope</title>\n${meta('name', 'rampscope-state', fragment)}`);
  swap(/<meta name="description"[^>]*>/, meta('name', 'description', sentence));
  swap(/<meta property="og:title"[^>]*>/, meta('property', 'og:title', title));
  swap(/<meta property="og:description"[^>]*>/, meta('property', 'og:description', sentence));
  swap(/<meta property="og:image"[^>]*>/, [
    meta('property', 'og:image', `${folder}${place}card.png`),
    meta('property', 'og:image:width', String(PICTURE.width)),
    meta('property', 'og:image:height', String(PICTURE.height)),
    meta('property', 'og:image:alt', title),
  ].join('\n'));
  if (folder) {
    swap(/<meta property="og:url"[^>]*>/, meta('property', 'og:url', `${folder}${place}`));
    swap(/<link rel="canonical"[^>]*>/, `<link rel="canonical" href="${escaped(folder)}${place}">`);
  }
  swap('href="#app"', `href="${place}#app"`);
  if (fragment === '#/story') return html;
  // What the page is until it is live, and where it cannot be.
  swap(/<main id="app">[\s\S]*?<\/main>/, `<main id="app">
<section class="panel"><h2>${name}</h2>
<p>${escaped(sentence)}</p>
<img class="shared-picture" src="${place}picture.svg" alt="" width="${PICTURE.width}" height="${PICTURE.height}">
</section>
</main>`);
  swap('<body>', '<body class="inside">');
  swap(' aria-current="page" tabindex="-1"', '');
  const view = fragment.match(/^#\/\w+/)?.[0];
  swap(`<a href="${view}">`, `<a href="${view}" aria-current="page" tabindex="-1">`);
  return html;
}

/** A function that makes a PNG of an SVG. */
async function rasterizer() {
  const installed = packages();
  const { Resvg, initWasm } = installed('@resvg/resvg-wasm');
  await initWasm(readFileSync(installed.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  // The machine's own fonts would differ from one to the next.
  const font = { fontBuffers: [readFileSync(installed.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))], defaultFontFamily: FONT, sansSerifFamily: FONT };
  return (/** @type {string} */ svg) => {
    const drawn = new Resvg(svg, { font }).render();
    if (drawn.width !== PICTURE.width || drawn.height !== PICTURE.height) throw new Error(`a picture of ${drawn.width} × ${drawn.height}`);
    return drawn.asPng();
  };
}

/**
 * All of them: their files by name, below the build's folder.
 *
 * @param {string} index index.html as the build has it
 * @param {string | undefined} url RAMPSCOPE_URL
 * @returns {Promise<Record<string, string | Uint8Array>>}
 */
export async function sharedPages(index, url) {
  const folder = folderOf(url);
  const png = await rasterizer();
  return Object.fromEntries(listed(folder).flatMap((one) => {
    const at = `p/${one.key}/`;
    return [
      [`${at}index.html`, pageOf(index, one, folder)],
      [`${at}card.png`, png(one.svg)],
      [`${at}picture.svg`, one.picture],
    ];
  }));
}
