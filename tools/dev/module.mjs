// The module and its glue as the page and the package want them. For assemble.mjs and split.mjs.

import { read, withImports } from './wasm.mjs';

/**
 * A module and its glue without what only their generator needs: comments, indents, and the hash in
 * each import's name, which packs badly in both.
 *
 * @param {Buffer} wasm
 * @param {string} glue
 * @returns {{glue: string, module: object}} the module as wasm.mjs reads it, its functions' names still there
 * @throws where two imports would have one name
 */
export function trimmed(wasm, glue) {
  const generated = read(wasm);
  const names = new Map();
  const taken = new Map();
  for (const { name } of generated.imports) {
    const short = name.replace(/_[0-9a-f]{16}$/, '');
    const count = taken.get(short) ?? 0;
    taken.set(short, count + 1);
    names.set(name, count ? `${short}_${count}` : short);
  }
  if (new Set(names.values()).size < names.size) throw new Error('two imports have one name without their hashes');
  return {
    glue: glue
      .replaceAll(/\/\*\*[\s\S]*?\*\/\n?/g, '')
      .replaceAll(/^ +/gm, '')
      .replaceAll(/\b__wb\w+/g, (name) => names.get(name) ?? name),
    module: withImports(generated, ({ name }) => ({ name: names.get(name) })),
  };
}
