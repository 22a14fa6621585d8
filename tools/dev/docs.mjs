// The documentation as pages, `docs/*.md` in `docs/`: no script, light and dark, for paper too. For
// assemble.mjs.

import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { escaped } from './html.mjs';
import { slugs } from './links.mjs';
import { packages } from './packages.mjs';

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
const PICTURE = /\.(svg|png)$/;
/** What the list of docs begins with; others follow by name. */
const ORDER = ['model', 'workshop', 'handout', 'embedding', 'arithmetic', 'implementation'];

/** @typedef {import('./foot.mjs').Ways} Ways */

/**
 * Where a link of a doc leads in its page: to another page, a heading, or the repository; nowhere
 * (`undefined`) where that has no address.
 *
 * @param {string} href
 * @param {string | undefined} repository
 */
export function target(href, repository) {
  if (/^[a-z][a-z\d+.-]*:/i.test(href) || href.startsWith('#')) return href;
  const [, path, anchor = ''] = href.match(/^([^#]*)(#.*)?$/) ?? [];
  const file = posix.normalize(posix.join('docs', path));
  if (posix.dirname(file) === 'docs' && file.endsWith('.md')) return `${posix.basename(file, '.md')}.html${anchor}`;
  if (posix.dirname(file) === 'docs' && PICTURE.test(file)) return posix.basename(file);
  // What www/ has lies beside the page.
  if (posix.dirname(file) === 'www' && PICTURE.test(file)) return `../${posix.basename(file)}`;
  return repository && `${repository}/blob/HEAD/${file}${anchor}`;
}

/** A page around some HTML. */
const framed = ({ name, title, body, pages, foot }) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title)} · Rampscope</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs.css">
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header>
<p class="brand"><a href="../index.html"><img src="../icon.svg" alt="" width="24" height="24"> Rampscope</a></p>
<nav aria-label="Documentation"><ul>${pages.map((one) => `<li><a href="${one.name}.html"${one.name === name ? ' aria-current="page"' : ''}>${escaped(one.title)}</a></li>`).join('')}</ul></nav>
</header>
<main id="text" class="doc-${name}">
${body}</main>
<footer>
${foot}
</footer>
</body>
</html>
`;

/** A doc as HTML; its first heading is its title. */
function read(name, repository) {
  const text = readFileSync(`docs/${name}.md`, 'utf8');
  const { Marked } = packages()('marked');
  const marked = new Marked();
  const anchor = slugs();
  let title = '';
  let tables = 0;
  marked.use({
    renderer: {
      heading({ tokens, depth, text: words }) {
        const inner = this.parser.parseInline(tokens);
        if (depth === 1 && !title) title = words.replaceAll('`', '');
        return `<h${depth} id="${anchor(words)}">${inner}</h${depth}>\n`;
      },
      link({ href, title: hint, tokens }) {
        const inner = this.parser.parseInline(tokens);
        const to = target(href, repository);
        return to === undefined ? inner : `<a href="${escaped(to)}"${hint ? ` title="${escaped(hint)}"` : ''}>${inner}</a>`;
      },
      table(token) {
        const cells = (row, tag) => `<tr>${row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
        // Wide tables scroll by themselves, with keys too.
        return `<div class="scroll" tabindex="0" role="region" aria-label="Table ${++tables}"><table><thead>${cells(token.header, 'th')}</thead><tbody>${token.rows.map((row) => cells(row, 'td')).join('')}</tbody></table></div>\n`;
      },
      // Wide lines scroll by themselves, too.
      code({ text: lines }) {
        return `<pre tabindex="0"><code>${escaped(lines)}\n</code></pre>\n`;
      },
      // A picture with its size.
      html({ text: raw }) {
        return raw.replaceAll(/(?<=\ssrc=")[^"]*/g, (source) => escaped(target(source, repository) ?? source));
      },
      image({ href, text: alt }) {
        return `<img src="${escaped(target(href, repository) ?? href)}" alt="${escaped(alt)}">`;
      },
    },
  });
  const body = marked.parse(text);
  return { name, title, body };
}

/**
 * The pages and their pictures, by name in `docs/`; the style sheet is another's.
 *
 * @param {Ways} ways
 * @param {string} foot HTML, as waysOut makes it for pages in `docs/`
 * @returns {Record<string, string | Buffer>}
 */
export function docPages({ repository }, foot) {
  const found = readdirSync('docs');
  const rank = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const names = found.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3));
  names.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  const pages = names.map((name) => read(name, repository));
  const licence = ['LICENSE-MIT', 'LICENSE-APACHE'].map((file) => `<pre tabindex="0">${escaped(readFileSync(file, 'utf8').trim())}</pre>\n`).join('');
  const all = [
    ...pages,
    { name: 'licence', title: 'Licence', body: `<h1>Licence</h1>\n<p>Either of the two, as you like.</p>\n${licence}` },
  ];
  const list = all.map((one) => `<li><a href="${one.name}.html">${escaped(one.title)}</a></li>\n`).join('');
  all.push({ name: 'index', title: 'Documentation', body: `<h1>Documentation</h1>\n<ul>\n${list}</ul>\n` });
  const files = all.map((one) => [`${one.name}.html`, framed({ ...one, pages, foot })]);
  // A picture of the page itself is the README's.
  const pictures = found.filter((file) => PICTURE.test(file) && pages.some(({ body }) => body.includes(`"${file}"`)));
  return Object.fromEntries([...files, ...pictures.map((file) => [file, readFileSync(`docs/${file}`)])]);
}
