// What JavaScript may give and gets, of the crate's own tables (examples/interface.rs): the package's types, what
// its calls check, and the element for editors and documentation. For assemble.mjs; by itself it writes the types
// for `./dev check`:
//
//   node tools/dev/interface.mjs FOLDER

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} Argument
 * @property {string} name
 * @property {string} about
 * @property {string} kind
 * @property {boolean} is_list
 * @property {boolean} is_optional
 *
 * @typedef {object} Parameter
 * @property {string} key
 * @property {string} label
 * @property {string} unit
 * @property {string} help
 * @property {string} type
 * @property {string} values in words
 * @property {string[] | null} keys
 * @property {boolean} is_auto
 * @property {string} default
 *
 * @typedef {object} Interface
 * @property {Record<string, string[]>} keys of what there are a few of, by the type's name
 * @property {Record<string, Argument[]>} arguments by the type's name
 * @property {Record<string, Argument[]>} calls by what check.js calls them
 * @property {Parameter[]} parameters
 */

/** What an argument is to check.js, and to TypeScript. */
const KINDS = {
  scale: ['scale', 'number'],
  int32: ['int32', 'number'],
  uint8: ['uint8', 'number'],
  int8: ['int8', 'number'],
  count: ['count', 'number'],
  size: ['size', 'number'],
  flag: ['flag', 'boolean'],
  text: ['text', 'string'],
  engine: ['text', 'EngineKey'],
  conv_engine: ['text', 'ConvEngineKey'],
  rescale: ['text', 'Rescale'],
  kernel: ['text', 'Kernel'],
  version: ['text', 'TorchVersion'],
};
const SPECIAL = [
  { key: 'link', type: 'string', about: 'A link to a state, or its fragment.' },
  { key: 'preset', type: 'string', about: 'The key of a preset; `presets()` lists them.' },
  { key: 'weights', type: 'string | Numbers | readonly Numbers[]', about: 'Weight codes or real weights: a row for the chosen output, or a matrix for the whole layer, a row for each output.' },
];
/** Parameters whose names every element has in another sense: attributes, and no properties. */
export const OF_EVERY_ELEMENT = ['dir', 'focus'];

/** @param {string} key */
const camel = (key) => key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
/** @param {string} key */
const kebab = (key) => key.replaceAll('_', '-');
/** @param {readonly string[]} keys */
const union = (keys) => keys.map((key) => `'${key}'`).join(' | ');

/**
 * The crate's tables.
 *
 * @returns {Interface}
 * @throws where the program does not compile or run
 */
export function tables() {
  // With the features of examples/pages: one build serves both.
  const printed = execFileSync('cargo', ['run', '--quiet', '--locked', '--offline', '--no-default-features', '--features', 'svg', '--example', 'interface'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(printed.toString());
}

/**
 * A parameter's type; keys that have a name are called by it.
 *
 * @param {Parameter} parameter
 * @param {Record<string, string[]>} named
 */
function typeOf({ type, keys, is_auto, default: initial }, named) {
  const name = Object.keys(named).find((one) => keys && String(named[one]) === String(keys));
  const words = keys && (name ?? union(keys));
  switch (type) {
    case 'integer':
    case 'real':
      return is_auto ? 'AutoAmount' : 'Amount';
    case 'flag':
      return 'Flag';
    case 'choice':
      return `${words} | 'default'${initial === 'auto' ? ' | null' : ''}`;
    case 'choices':
      return keys?.every((key) => /^\d+$/.test(key)) ? 'string | readonly number[]' : `Keys<${words}>`;
    case 'places':
      return 'Places';
    case 'text':
    case 'weights':
      return 'string';
    default:
      throw new Error(`a parameter’s type is “${type}”`);
  }
}

/** @param {Parameter} parameter */
function wordsOf({ label, unit, help, type, values, default: initial }) {
  const range = type === 'integer' || type === 'real' ? ` ${values}${initial === 'auto' ? '' : `; ${initial} without it`}.` : '';
  return `${label}${unit && ` (${unit})`}. ${help}${range}`;
}

/**
 * A member of an interface.
 *
 * @param {string} about
 * @param {string} name
 * @param {string} type
 */
const member = (about, name, type) => `  /** ${about.trim()} */\n  ${name}: ${type};\n`;

/**
 * The types: schema.d.ts.
 *
 * @param {Interface} made
 */
export function typesOf({ keys, arguments: tables, parameters }) {
  const unions = Object.entries(keys).map(([name, all]) => `export type ${name} =${all.map((key) => `\n  | '${key}'`).join('')};\n`);
  const interfaces = Object.entries(tables).map(([name, fields]) => {
    const members = fields.map(({ name, about, kind, is_list, is_optional }) => {
      const [, type] = KINDS[kind];
      return member(about, camel(name) + (is_optional ? '?' : ''), is_list ? `${type} | readonly ${type}[]` : type);
    });
    return `export interface ${name} {\n${members.join('')}}\n`;
  });
  const state = [
    ...SPECIAL.map(({ key, type, about }) => member(about, `${key}?`, type)),
    ...parameters.map((one) => member(wordsOf(one), `${camel(one.key)}?`, typeOf(one, keys))),
  ];
  return [
    '// Made by the build, of the tables of the crate.\n',
    "import type { Amount, AutoAmount, Flag, Keys, Numbers, Places } from './index.js';\n",
    ...unions,
    ...interfaces,
    `/** What a state is made of, but for the names in snake_case and kebab-case. */\nexport interface StateParameters {\n${state.join('')}}\n`,
  ].join('\n');
}

/**
 * What calls check: options.js.
 *
 * @param {Interface} made
 */
export function optionsOf({ calls }) {
  const kindOf = ({ kind, is_list, is_optional }) => KINDS[kind][0] + (is_list ? '[]' : '') + (is_optional ? '?' : '');
  const lists = Object.entries(calls).map(([name, fields]) => {
    const kinds = Object.fromEntries(fields.map((field) => [camel(field.name), kindOf(field)]));
    return `export const ${name} = ${JSON.stringify(kinds)};\n`;
  });
  return `// Kinds of options by their names, as check.js reads them.\n${lists.join('')}`;
}

/**
 * The element, for editors and documentation: custom-elements.json.
 *
 * @param {Interface} made
 * @returns {import('custom-elements-manifest').Package}
 */
export function manifestOf({ keys, parameters }) {
  const all = [
    ...SPECIAL.map(({ key, type, about }) => ({ key, type, about, initial: undefined })),
    ...parameters.map((one) => ({ key: one.key, type: typeOf(one, keys), about: wordsOf(one), initial: one.default })),
  ];
  const isField = ({ key }) => !OF_EVERY_ELEMENT.includes(key);
  /** @type {import('custom-elements-manifest').ClassMember[]} */
  const members = [
    ...all.filter(isField).map(({ key, type, about, initial }) => ({
      kind: /** @type {const} */ ('field'), name: camel(key), type: { text: type }, description: about, default: initial, attribute: kebab(key),
    })),
    { kind: 'field', name: 'live', type: { text: 'Figure | undefined' }, description: 'Its handle, once it is live.', readonly: true },
    { kind: 'field', name: 'state', type: { text: 'Record<string, Value> | undefined' }, description: 'Every parameter of the live figure, by its key.', readonly: true },
    { kind: 'method', name: 'ready', description: 'Makes it live now, wherever it is.', return: { type: { text: 'Promise<Figure>' } } },
    {
      kind: 'method',
      name: 'setState',
      description: 'Changes some parameters once it is live; gives what could not be used, in sentences.',
      parameters: [{ name: 'options', type: { text: 'string | StateOptions' } }],
      return: { type: { text: 'Promise<string[]>' } },
    },
  ];
  return {
    schemaVersion: '2.1.0',
    modules: [{
      kind: 'javascript-module',
      path: 'element.js',
      declarations: [{
        kind: 'class',
        customElement: true,
        name: 'RampScope',
        tagName: 'ramp-scope',
        superclass: { name: 'HTMLElement' },
        description: 'A live figure of the integer arithmetic inside a quantized layer. Until it is live, and where it cannot be, its own content is shown.',
        attributes: [
          ...all.map((one) => ({ name: kebab(one.key), type: { text: one.type }, description: one.about, default: one.initial, ...(isField(one) && { fieldName: camel(one.key) }) })),
          { name: 'show-controls', type: { text: `Keys<ParameterKey>` }, description: 'As `controls`, whose value some minifiers of HTML take away.', fieldName: 'controls' },
        ],
        members,
        events: [
          { name: 'change', type: { text: 'CustomEvent<{ state: Record<string, Value>; link: string }>' }, description: 'After every change; it bubbles.' },
          { name: 'error', type: { text: 'CustomEvent<RampscopeError>' }, description: 'The figure could not start.' },
        ],
        slots: [{ name: '', description: 'Shown until the figure is live, and where it cannot be: a picture or a sentence.' }],
      }],
      exports: [{ kind: 'custom-element-definition', name: 'ramp-scope', declaration: { name: 'RampScope' } }],
    }],
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'schema.d.ts'), typesOf(tables()));
}
