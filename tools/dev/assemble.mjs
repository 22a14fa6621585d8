// What embedders need, made of the built page: run by Trunk after every build (Trunk.toml).
//
//   node tools/dev/assemble.mjs FOLDER
//
// FOLDER (Trunk's staging folder, where it is the environment's) holds the page and the whole module,
// which the element, the frame, the single file and the package have. Added: the page's own module in two
// parts (split.mjs), the audit's module (audit.mjs), the style sheets, the element's parameters, embed.html
// with its one script, the single file rampscope.html, the docs, the pages that links are shared by, and
// the service worker. Beside dist/ the npm package is written to pkg/,
// and the module with the names of its functions to target/named.wasm, for sizes.mjs; `./dev serve` builds
// elsewhere and writes neither.
//
// With RAMPSCOPE_OFFLINE=0 nothing is kept for visits without network: `./dev serve` wants it so.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { addressed, folderOf, projectOf } from './address.mjs';
import { auditModule } from './audit.mjs';
import { docPages } from './docs.mjs';
import { cargo, footed, waysOut } from './foot.mjs';
import { manifestOf, optionsOf, tables, typesOf } from './interface.mjs';
import { trimmed } from './module.mjs';
import { workerOf } from './offline.mjs';
import { sharedPages } from './pages.mjs';
import { bundled, sheet } from './scripts.mjs';
import { pageParts, pageWhole } from './split.mjs';
import { SUMS, sumsOf } from './sums.mjs';
import { bare, write as writeModule } from './wasm.mjs';

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error('assemble.mjs is run by Trunk, which names its folder');
const read = (name) => readFileSync(join(folder, name), 'utf8');
const write = (name, text) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const source = (name) => readFileSync(join('www', name), 'utf8');
const url = folderOf(process.env.RAMPSCOPE_URL);
const project = projectOf(process.env);
const about = cargo();
const foot = waysOut({ ...project, docs: 'docs/' }, about);
write('index.html', footed(addressed(read('index.html'), url), foot));

// Style sheets: the page has what its first picture needs, what other views need comes with their part of the
// module; a figure has all but the page's own.
const sheets = Object.fromEntries(await Promise.all(['page', 'later', 'print', 'figure'].map(async (name) => [name, await sheet(`www/${name}.css`)])));
for (const [name, text] of Object.entries(sheets)) write(`${name}.css`, text);
const beside = ['page.js', 'rest.js', 'offline.js'];
for (const name of ['loader.js', 'rest.js']) write(name, await bundled(`www/${name}`, { format: 'esm', beside }));

const target = process.env.CARGO_TARGET_DIR ?? 'target';
const isDebug = process.env.TRUNK_PROFILE === 'debug';
// `./dev serve` has a folder of its own.
const isServed = resolve(process.env.TRUNK_DIST_DIR ?? 'dist') !== resolve('dist');
// The audit, which the page fetches with the first file, and a single file has within.
const audit = await auditModule(target, isDebug);

const data = (name, type) => `data:${type};base64,${readFileSync(join(folder, name)).toString('base64')}`;
const picture = data('mystery.svg', 'image/svg+xml');

const { glue, module } = trimmed(readFileSync(join(folder, 'rampscope_bg.wasm')), read('rampscope.js'), './rampscope_bg.js');
const wasm = writeModule(bare(module));

// The bytes as text with a letter each: it packs far better than base64. NUL, line ends, quotes,
// backslashes and `<` have a meaning in HTML or in a string.
const escapes = new Map([[0, '\\0'], [10, '\\n'], [13, '\\r'], [39, "\\'"], [60, '\\x3c'], [92, '\\\\']]);
const letters = (bytes) => Array.from(bytes, (byte, at) => {
  // \0 before a digit would be an octal escape.
  if (byte === 0 && bytes[at + 1] >= 48 && bytes[at + 1] <= 57) return '\\x00';
  return escapes.get(byte) ?? String.fromCharCode(byte);
}).join('');
/** A script with all that it imports, the glue of its module and the module's bytes, for everywhere. */
const classic = async (entry, made, bytes) => (await bundled(entry, { format: 'iife', made, define: { 'import.meta.url': 'document.baseURI' } }))
  .replace('RAMPSCOPE_BYTES', () => `'${letters(bytes)}'`);
const frame = await classic('www/embed/frame.js', { 'rampscope.js': glue }, wasm);
write('embed.js', frame);
const desk = await classic('www/audit/desk.js', { 'audit.js': audit['audit.js'] }, audit['audit_bg.wasm']);
write('audit-desk.js', desk);
// In a sandboxed frame WebKit (as of 2.50.6) takes 'self' for nothing at all, so that the policy of
// this page names schemes for its script and its style sheet, and its picture is within.
write('embed.html', source('embed/embed.html').replaceAll('"mystery.svg"', () => `"${picture}"`));
for (const name of ['behind.js', 'element.js', 'figure.js', 'guard.js', 'load.js']) write(name, source(`embed/${name}`));
write('frames.js', await bundled('www/embed/frames.js', { format: 'iife' }));

write('rampscope.js', glue);
write('rampscope_bg.wasm', wasm);
// The element's attributes, and what is said of them.
const made = tables();
const parameters = `// Keys of a state's parameters.\nexport default ${JSON.stringify(made.keys.ParameterKey)};\n`;
write('parameters.js', parameters);
write('custom-elements.json', JSON.stringify(manifestOf(made)));

// The element of this version, in a folder of its own whose files never change: what a site has pinned
// stays as it is, and is known by its hash.
const pinned = `v/${about.version}/`;
const integrity = (content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;
const verified = { 'figure.css': sheets.figure, 'rampscope_bg.wasm': wasm };
const hashes = Object.fromEntries(Object.entries(verified).map(([name, content]) => [name, integrity(content)]));
const element = await bundled('www/embed/element.js', {
  format: 'esm',
  instead: { 'load.js': 'www/embed/pinned.js' },
  made: { 'rampscope.js': glue, 'parameters.js': parameters, 'integrity.js': `export default ${JSON.stringify(hashes)};` },
});
for (const [name, content] of Object.entries({ ...verified, 'element.js': element, 'mystery.svg': read('mystery.svg') })) write(pinned + name, content);
write('index.html', read('index.html').replace('</head>', () => `<meta name="rampscope-pinned" content="${pinned}element.js ${integrity(element)}">\n</head>`));

// The data that views fetch, without the blanks that people read them by.
const fetched = ['recordings.json', 'machines/libraries.json', 'machines/cpus.json'];
for (const name of fetched) write(name, JSON.stringify(JSON.parse(read(name))));
const inlined = fetched.map((name) => `<script type="application/json" id="${name}">${read(name).replaceAll('<', '\\u003c')}</script>\n`).join('');

// The single file: nothing is fetched, and its policy allows no fetch.
const single = read('index.html')
  .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:">`)
  .replaceAll(/<link rel="(?:stylesheet|modulepreload|preload|manifest|apple-touch-icon)"[^>]*>\n?/g, '')
  .replaceAll(/<link data-trunk[^>]*>\n?/g, '')
  .replaceAll(/<script type="module"[^>]*><\/script>\n?/g, '')
  .replaceAll('"icon.svg"', `"${data('icon.svg', 'image/svg+xml')}"`)
  .replaceAll('"mystery.svg"', `"${picture}"`)
  // It is taken elsewhere, where no docs lie beside it.
  .replace(foot, () => waysOut({ ...project, docs: url ? `${url}docs/` : undefined }, about))
  .replaceAll('"mystery-phone.svg"', `"${data('mystery-phone.svg', 'image/svg+xml')}"`)
  // Its folder has no element.
  .replace(/<meta name="rampscope-pinned"[^>]*>\n/, '')
  .replace('</head>', () => `<style>\n${sheets.page}${sheets.later}${sheets.print}</style>\n</head>`)
  .replace('</body>', () => `<script type="text/plain" id="figure.css">${sheets.figure}</script>\n<script type="text/plain" id="audit-desk.js">${desk}</script>\n${inlined}<script>\n${frame}</script>\n</body>`);
write('rampscope.html', single);

// To serve it anew after a change it need not be divided.
const parts = isDebug || isServed ? pageWhole(glue, wasm) : await pageParts(target);
for (const [name, content] of Object.entries(parts)) write(name, content);

// The docs, with the page's colours, and the pages that links are shared by.
write('docs/docs.css', await sheet('www/docs.css'));
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

// Last: a list of all that the folder has.
write(SUMS, sumsOf(folder));

// What lies beside dist/ belongs to it.
if (!isServed) {
  // The package is published, not served.
  const pkg = 'pkg';
  rmSync(pkg, { recursive: true, force: true });
  mkdirSync(pkg, { recursive: true });
  cpSync('www/pkg', pkg, { recursive: true });
  for (const name of ['behind.js', 'figure.js', 'guard.js']) cpSync(join(folder, name), join(pkg, name));
  writeFileSync(join(pkg, 'rampscope.js'), glue);
  writeFileSync(join(pkg, 'rampscope_bg.wasm'), wasm);
  for (const [name, content] of Object.entries(audit)) writeFileSync(join(pkg, name), content);
  cpSync('www/types/audit.d.ts', join(pkg, 'audit.d.ts'));
  cpSync(join(folder, 'custom-elements.json'), join(pkg, 'custom-elements.json'));
  writeFileSync(join(pkg, 'schema.d.ts'), typesOf(made));
  writeFileSync(join(pkg, 'options.js'), optionsOf(made));
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(name, join(pkg, name));
  writeFileSync(join(pkg, 'machines.js'), `export default ${JSON.stringify({ libraries: JSON.parse(read('machines/libraries.json')), cpus: JSON.parse(read('machines/cpus.json')) })};\n`);
  writeFileSync(join(pkg, 'figure.css.js'), `export default ${JSON.stringify(sheets.figure)};\n`);

  writeFileSync(join(target, 'named.wasm'), writeModule(module));
  writeFileSync(join(pkg, SUMS), sumsOf(pkg));
}
