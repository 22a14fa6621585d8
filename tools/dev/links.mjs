// The links between the project's own texts: each file is there, and so is each heading. What lies in
// the network is left out.
//
//   node tools/dev/links.mjs [FILE…]     default: all texts that git knows

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Made by the build: its folders, and what pages find beside them there; and what npm installs. */
const BUILT = /^(dist|pkg)\/|(^|\/)(node_modules\/|(rampscope\.js|page\.js|page\.css|later\.css|embed\.js)$)/;

/** A Markdown text with nothing in its code, line by line. */
const withoutCode = (text) => text
  .replaceAll(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^ *\2 *$/gm, (code) => code.replaceAll(/[^\n]/g, ''))
  .replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (code) => code.replaceAll(/[^\n]/g, ''));

/** The name by which GitHub and npm link to a heading. */
const slug = (heading) => heading
  .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
  .trim()
  .toLowerCase()
  .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
  .replaceAll(' ', '-');

/**
 * A function that gives the headings of a text, one after another, the names that they are linked by.
 *
 * @returns {(heading: string) => string}
 */
export function slugs() {
  const taken = new Map();
  return (heading) => {
    const one = slug(heading);
    const before = taken.get(one) ?? 0;
    taken.set(one, before + 1);
    return before ? `${one}-${before}` : one;
  };
}

/**
 * What a text can be linked to by: its headings and ids.
 *
 * @param {string} name
 * @param {string} text
 * @returns {Set<string>}
 */
export function anchorsOf(name, text) {
  const anchors = new Set([...text.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, id]) => id));
  if (!name.endsWith('.md')) return anchors;
  // Code in a heading counts, code around headings does not.
  const fenceless = text.replaceAll(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^ *\2 *$/gm, '');
  const headings = [...fenceless.matchAll(/^#{1,6} +(.*?)(?: +#+)?$|^(\S.*)\n(?:=+|-{3,})$/gm)];
  const named = slugs();
  for (const [, hashed, underlined] of headings) anchors.add(named(hashed ?? underlined));
  return anchors;
}

/**
 * The targets of a text's links and pictures, with the lines that they are on.
 *
 * @param {string} name
 * @param {string} text
 * @returns {{ target: string, line: number }[]}
 */
export function linksOf(name, text) {
  const isMarkdown = name.endsWith('.md');
  const body = isMarkdown ? withoutCode(text) : text;
  const kinds = [/\b(?:href|src)="([^"]*)"/g];
  if (isMarkdown) kinds.push(/\]\(<?([^)\s>]*)>?(?:\s+"[^"]*")?\)/g, /^ *\[[^\]]+\]: *<?(\S+?)>?(?: .*)?$/gm);
  return kinds.flatMap((kind) => [...body.matchAll(kind)].map((found) => ({
    target: found[1],
    line: body.slice(0, found.index).split('\n').length,
  })));
}

/**
 * What is wrong with the links of some texts, in sentences.
 *
 * @param {string[]} names paths from the project's folder
 * @param {(name: string) => string | undefined} read a text; `undefined` where there is none
 * @param {(name: string) => boolean} exists whether there is such a file or folder
 * @returns {string[]}
 */
export function brokenLinks(names, read, exists) {
  return names.flatMap((name) => linksOf(name, read(name) ?? '').flatMap(({ target, line }) => {
    const [path, anchor] = decodeURI(target).split('#');
    // In the network, a state of the app, or nowhere at all.
    if (/^[a-z][a-z\d+.-]*:/i.test(target) || target.startsWith('#/') || target === '') return [];
    // The pages lie beside what www/ has once they are built.
    const places = path ? [join(dirname(name), path), ...(name.endsWith('.html') ? [join('www', path)] : [])] : [name];
    if (places.some((place) => BUILT.test(normalize(place)))) return [];
    const file = places.find(exists);
    if (!file) return [`${name}:${line}: ${target} leads to no file`];
    const text = anchor ? read(file) : undefined;
    return text === undefined || anchorsOf(file, text).has(anchor) ? [] : [`${name}:${line}: ${target}: ${file} has no such heading or id`];
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  const names = given.length ? given : execFileSync('git', ['ls-files', '*.md', '*.html'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  const read = (name) => (/\.(md|html)$/.test(name) ? readFileSync(name, 'utf8') : undefined);
  const problems = brokenLinks(names, read, existsSync);
  for (const problem of problems) console.error(problem);
  console.log(`links of ${names.length} texts, ${problems.length} broken`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
