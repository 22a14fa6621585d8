// The links out in the page's foot, and what the build knows of itself. For assemble.mjs and docs.mjs.

import { readFileSync } from 'node:fs';
import { escaped, swapped } from './html.mjs';

/** Where they stand in index.html. */
const PLACE = '<!-- The build puts the links out here: tools/dev/foot.mjs -->';

/** What Cargo.toml says of the package. */
export function cargo(text = readFileSync('Cargo.toml', 'utf8')) {
  const head = text.split(/^\[(?!package\])/m)[0];
  const value = (key) => head.match(new RegExp(`^${key} = "(.*)"$`, 'm'))?.[1];
  const [version, license] = [value('version'), value('license')];
  if (!version || !license) throw new Error('Cargo.toml has no version or no license');
  return { version, license: license.replaceAll(' OR ', ' or ') };
}

/**
 * @typedef {object} Ways
 * @property {string} [docs] the address of the folder of the docs, with its last `/`; without, there
 *   are none beside the page
 * @property {string} [repository]
 * @property {string} [issues]
 */

/**
 * Docs, repository, issues, licence and version; nothing of what has no address.
 *
 * @param {Ways} ways
 * @param {{ version: string, license: string }} about
 * @returns {string} HTML
 */
export function waysOut({ docs, repository, issues }, { version, license }) {
  const link = (/** @type {string} */ href, /** @type {string} */ name) => `<a href="${escaped(href)}">${escaped(name)}</a>`;
  const licence = docs === undefined ? escaped(license) : link(`${docs}licence.html`, license);
  const links = [
    ...(docs === undefined ? [] : [link(`${docs}index.html`, 'Documentation'), link(`${docs}model.html`, 'The model in words'), link(`${docs}handout.html`, 'A page to hand out')]),
    ...(repository ? [link(repository, 'Source code')] : []),
    ...(issues ? [link(issues, 'Report a mistake')] : []),
    `Licence: ${licence}`,
    `Version ${escaped(version)}`,
  ];
  return `<ul class="ways-out">${links.map((one) => `<li>${one}</li>`).join('')}</ul>`;
}

/**
 * A page with its links out.
 *
 * @param {string} html
 * @param {string} links
 * @throws where it has no place for them
 */
export const footed = (html, links) => swapped(html, PLACE, links);
