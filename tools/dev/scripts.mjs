// Scripts and style sheets as they are served: bundled, and without what only their readers need.

import { packages } from './packages.mjs';

/** What is written: names stay, for the stacks that people report. */
const LEAN = { minifyWhitespace: true, minifySyntax: true, charset: 'utf8', target: 'es2022', legalComments: 'none' };

/**
 * A script with all that it imports, but for what `beside` names: that stays an import.
 *
 * @param {string} entry the source's path
 * @param {object} how
 * @param {'esm' | 'iife'} how.format
 * @param {Record<string, string>} [how.made] contents of files that the build makes, by name
 * @param {Record<string, string>} [how.instead] paths of sources that stand for others, by name
 * @param {string[]} [how.beside]
 * @param {Record<string, string>} [how.define] what stands at a name
 * @returns {Promise<string>}
 * @throws where a source is wrong, or imports what is not there
 */
export async function bundled(entry, { format, made = {}, instead = {}, beside = [], define }) {
  const { build } = packages()('esbuild');
  const files = {
    name: 'files',
    setup(/** @type {any} */ building) {
      building.onResolve({ filter: /^\./ }, (/** @type {{ path: string, kind: string }} */ { path, kind }) => {
        if (kind === 'entry-point') return undefined;
        const name = path.slice(path.lastIndexOf('/') + 1);
        if (beside.includes(name)) return { path, external: true };
        if (name in made) return { path: name, namespace: 'made' };
        return name in instead ? { path: `${process.cwd()}/${instead[name]}` } : undefined;
      });
      building.onLoad({ filter: /./, namespace: 'made' }, (/** @type {{ path: string }} */ { path }) => ({ contents: made[path] }));
    },
  };
  const { outputFiles } = await build({ entryPoints: [`./${entry}`], bundle: true, write: false, format, plugins: [files], define, ...LEAN });
  return outputFiles[0].text;
}

/**
 * A style sheet with all that it imports.
 *
 * @param {string} entry the source's path
 * @returns {Promise<string>}
 * @throws where a source is wrong, or imports what is not there
 */
export async function sheet(entry) {
  const { build } = packages()('esbuild');
  const { outputFiles, warnings } = await build({ entryPoints: [entry], bundle: true, write: false, ...LEAN, target: 'esnext' });
  // What it cannot read it would leave as it is.
  if (warnings.length) throw new Error(`${entry}: ${warnings[0].text}`);
  return outputFiles[0].text;
}
