// What embedders need, made of the built page: run by Trunk after every build (Trunk.toml).
//
//   node tools/dev/assemble.mjs FOLDER
//
// FOLDER (Trunk's staging folder, where it is the environment's) holds the page and the whole module,
// which the element, the frame, the single file and the package have. Added: the page's own module in two
// parts (split.mjs), the element's style sheet and parameters, embed.html with its one script, the single
// file rampscope.html, the docs, the pages that links are shared by, and the service worker; the page's
// style sheets become one. Beside dist/ the npm
// package is written to pkg/, and the module with the names of its functions to target/named.wasm, for
// sizes.mjs; `./dev serve` builds elsewhere and writes neither.
//
// With RAMPSCOPE_OFFLINE=0 nothing is kept for visits without network: `./dev serve` wants it so.

import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addressed, folderOf, projectOf } from './address.mjs';
import { docPages } from './docs.mjs';
import { cargo, footed, waysOut } from './foot.mjs';
import { trimmed } from './module.mjs';
import { workerOf } from './offline.mjs';
import { sharedPages } from './pages.mjs';
import { pageParts, pageWhole } from './split.mjs';
import { bare, write as writeModule } from './wasm.mjs';

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error('assemble.mjs is run by Trunk, which names its folder');
const read = (name) => readFileSync(join(folder, name), 'utf8');
const write = (name, text) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const source = (name) => readFileSync(join('www', name), 'utf8');
/** A source with another one within: a classic script imports nothing, and a module would ask once more. */
const within = (name, part) => {
  const mark = new RegExp(`^ *// ${part.split('/').at(-1)}\n`, 'm');
  const text = source(name);
  if (!mark.test(text)) throw new Error(`${name} has no place for ${part}`);
  return text.replace(mark, () => source(part).replaceAll(/^export /gm, ''));
};

const url = folderOf(process.env.RAMPSCOPE_URL);
const project = projectOf(process.env);
const about = cargo();
const foot = waysOut({ ...project, docs: 'docs/' }, about);
write('index.html', footed(addressed(read('index.html'), url), foot));

// Style sheets: one for the frame, one for a shadow tree in somebody's page. There the page's root
// has another font size, so that rem is no measure, and the figure's column counts, not the window.
// The page has what its first picture needs; what other views need comes with their part of the module.
const first = ['theme.css', 'style.css', 'story.css', 'scenes.css'];
const later = ['suspects.css', 'check.css', 'embed.css'];
const sheets = [...first, ...later, 'print.css'];
const together = (list) => list.map(source).join('\n');
const css = together(sheets);
const figureCss = css
  .replaceAll(/:root\b/g, '.rampscope')
  .replaceAll(/^body\b/gm, '.rampscope')
  .replaceAll(/^html\b/gm, '.rampscope')
  .replaceAll(/@media \((min|max)-width:(?=[^)]*\) \{)/g, '@container rampscope ($1-width:')
  .replaceAll(/(?<=^@container.*?)([\d.]+)rem/gm, (_, rem) => `${16 * rem}px`)
  .replaceAll(/(?<=[\d.])vw\b/g, 'cqi')
  .replaceAll(/^(?!@media)(.*)$/gm, (line) => line.replaceAll(/(?<![\w.])(\d*\.?\d+)rem\b/g, 'calc($1 * var(--rem))'));
// Comments and indents stay in the sources.
const lean = (text) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/ .*\n/gm, '').replaceAll(/^\s+/gm, '');
/** A style sheet without the blanks that mean nothing; texts in quotation marks stay. */
const tight = (text) => lean(text).split(/("[^"]*")/)
  .map((part, at) => (at % 2 ? part : part.replaceAll(/\s*([{};,])\s*/g, '$1').replaceAll(/(?<=[a-z-]): /g, ':').replaceAll(';}', '}')))
  .join('');
write('page.css', tight(together(first)));
write('later.css', tight(together(later)));
write('print.css', tight(source('print.css')));
write('figure.css', tight(figureCss));
write('rest.js', lean(source('rest.js')));
write('loader.js', lean(within('loader.js', 'trouble.js')));
let links = 0;
write('index.html', read('index.html').replaceAll(/<link rel="stylesheet"[^>]*>\n?/g, () => (links++ ? '' : '<link rel="stylesheet" href="page.css">\n<link rel="stylesheet" href="print.css" media="print" id="print-sheet">\n')));
if (links !== sheets.length) throw new Error(`index.html has ${links} style sheets`);
for (const name of sheets.filter((name) => name !== 'print.css')) rmSync(join(folder, name));

const data = (name, type) => `data:${type};base64,${readFileSync(join(folder, name)).toString('base64')}`;
const picture = data('mystery.svg', 'image/svg+xml');

const { glue, module } = trimmed(readFileSync(join(folder, 'rampscope_bg.wasm')), read('rampscope.js'), './rampscope_bg.js');
const wasm = writeModule(bare(module));

// The module's glue as a classic script: an object instead of exports.
const names = [...glue.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
const classic = glue
  .replaceAll(/^export (?=function|class)/gm, '')
  .replace(/^export \{ initSync, __wbg_init as default \};$/m, '')
  .replaceAll('import.meta.url', 'document.baseURI');
if (/^(import|export) /m.test(classic) || names.length < 5) throw new Error('rampscope.js has another form than expected');

// The bytes as text with a letter each: it packs far better than base64. NUL, line ends, quotes,
// backslashes and `<` have a meaning in HTML or in a string.
const escapes = new Map([[0, '\\0'], [10, '\\n'], [13, '\\r'], [39, "\\'"], [60, '\\x3c'], [92, '\\\\']]);
const letters = Array.from(wasm, (byte, at) => {
  // \0 before a digit would be an octal escape.
  if (byte === 0 && wasm[at + 1] >= 48 && wasm[at + 1] <= 57) return '\\x00';
  return escapes.get(byte) ?? String.fromCharCode(byte);
}).join('');
const frame = `(() => {
const glue = (() => {
${classic}
return { default: __wbg_init, initSync, ${names.join(', ')} };
})();
const bytes = () => Uint8Array.from('${letters}', (letter) => letter.charCodeAt(0));
${within('embed/frame.js', 'trouble.js')}
})();
`;
write('embed.js', frame);
// In a sandboxed frame WebKit (as of 2.50.6) takes 'self' for nothing at all, so that the policy of
// this page names schemes for its script and its style sheet, and its picture is within.
write('embed.html', source('embed/embed.html').replaceAll('"mystery.svg"', () => `"${picture}"`));
for (const name of ['behind.js', 'element.js', 'figure.js', 'guard.js']) write(name, source(`embed/${name}`));
write('frames.js', within('embed/frames.js', 'embed/behind.js'));

// The element's attributes, from the module's own table.
write('rampscope.js', glue);
write('rampscope_bg.wasm', wasm);
const api = await import(pathToFileURL(resolve(folder, 'rampscope.js')).href);
await api.default({ module_or_path: wasm });
const keys = api.parameters().map(({ key }) => key);
write('parameters.js', `// Keys of a state's parameters.\nexport default ${JSON.stringify(keys)};\n`);

// The data that views fetch, without the blanks that people read them by.
const fetched = ['recordings.json', 'machines/libraries.json', 'machines/cpus.json'];
for (const name of fetched) write(name, JSON.stringify(JSON.parse(read(name))));
const inlined = fetched.map((name) => `<script type="application/json" id="${name}">${read(name).replaceAll('<', '\\u003c')}</script>\n`).join('');

// The single file: nothing is fetched, and its policy allows no fetch.
const single = read('index.html')
  .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:">`)
  .replaceAll(/<link rel="(?:stylesheet|modulepreload|preload|manifest|apple-touch-icon)"[^>]*>\n?/g, '')
  .replaceAll(/<link data-trunk[^>]*>\n?/g, '')
  .replaceAll(/<script type="module"[^>]*><\/script>\n?/g, '')
  .replaceAll('"icon.svg"', `"${data('icon.svg', 'image/svg+xml')}"`)
  .replaceAll('"mystery.svg"', `"${picture}"`)
  // It is taken elsewhere, where no docs lie beside it.
  .replace(foot, () => waysOut({ ...project, docs: url ? `${url}docs/` : undefined }, about))
  .replaceAll('"mystery-phone.svg"', `"${data('mystery-phone.svg', 'image/svg+xml')}"`)
  .replace('</head>', () => `<style>\n${lean(css)}</style>\n</head>`)
  .replace('</body>', () => `<script type="text/plain" id="figure.css">${lean(figureCss)}</script>\n${inlined}<script>\n${frame}</script>\n</body>`);
write('rampscope.html', single);

const target = process.env.CARGO_TARGET_DIR ?? 'target';
const parts = process.env.TRUNK_PROFILE === 'debug' ? pageWhole(glue, wasm) : await pageParts(target);
for (const [name, content] of Object.entries(parts)) write(name, content);

// The docs, with the page's colours, and the pages that links are shared by.
write('docs/docs.css', lean(`${source('theme.css')}\n${source('docs.css')}`));
const docs = docPages(project, waysOut({ ...project, docs: '' }, about));
for (const [name, content] of Object.entries(docs)) write(`docs/${name}`, content);
for (const [name, content] of Object.entries(await sharedPages(read('index.html'), url))) write(name, content);

// The page that has a manifest is kept by the worker. Without a list it removes an earlier one.
if (process.env.RAMPSCOPE_OFFLINE === '0') {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|[\\/])index\.html$/.test(name));
  for (const name of pages) write(name, read(name).replace(/<link rel="manifest"[^>]*>\n?/, ''));
  write('sw.js', source('sw.js'));
} else {
  write('sw.js', workerOf(folder, source('sw.js')));
}

// What lies beside dist/ belongs to it: `./dev serve` has a folder of its own.
if (resolve(process.env.TRUNK_DIST_DIR ?? 'dist') === resolve('dist')) {
  // The package is published, not served.
  const pkg = 'pkg';
  rmSync(pkg, { recursive: true, force: true });
  mkdirSync(pkg, { recursive: true });
  cpSync('www/pkg', pkg, { recursive: true });
  for (const name of ['behind.js', 'figure.js', 'guard.js']) cpSync(join(folder, name), join(pkg, name));
  writeFileSync(join(pkg, 'rampscope.js'), glue);
  writeFileSync(join(pkg, 'rampscope_bg.wasm'), wasm);
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(name, join(pkg, name));
  writeFileSync(join(pkg, 'machines.js'), `export default ${JSON.stringify({ libraries: JSON.parse(read('machines/libraries.json')), cpus: JSON.parse(read('machines/cpus.json')) })};\n`);
  writeFileSync(join(pkg, 'figure.css.js'), `export default ${JSON.stringify(lean(figureCss))};\n`);

  writeFileSync(join(target, 'named.wasm'), writeModule(module));
}
