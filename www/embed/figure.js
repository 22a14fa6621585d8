// A figure in an element of somebody's page: its place, its colours, its handle.

import { isDarkBehind } from './behind.js';
import { coded, fault, stateOf } from './guard.js';

/** @typedef {import('./index.js').Figure} Figure */
/** @typedef {import('./index.js').StateOptions} StateOptions */
/** @typedef {{ api: typeof import('./rampscope.js'), sheet: CSSStyleSheet }} Loaded what a figure needs */

/** One watch for all figures on what makes a page light or dark. */
const restyle = {
  /** @type {Set<() => void>} */
  figures: new Set(),
  /** Ends the watch. */
  stop: () => {},
  /** @param {() => void} figure */
  add(figure) {
    if (this.figures.size === 0) {
      // Every tool has its own attribute for it.
      const tell = () => this.tell();
      const observer = new MutationObserver(tell);
      for (const root of [document.documentElement, document.body]) observer.observe(root, { attributes: true });
      const query = matchMedia('(prefers-color-scheme: dark)');
      query.addEventListener('change', tell);
      // A background that fades has its new colour only then.
      const faded = (/** @type {TransitionEvent} */ { propertyName }) => propertyName === 'background-color' && tell();
      document.addEventListener('transitionend', faded);
      this.stop = () => {
        observer.disconnect();
        query.removeEventListener('change', tell);
        document.removeEventListener('transitionend', faded);
      };
    }
    this.figures.add(figure);
  },
  /** @param {() => void} figure */
  remove(figure) {
    if (this.figures.delete(figure) && this.figures.size === 0) this.stop();
  },
  tell() {
    // Themes change their colours a moment after the attribute.
    requestAnimationFrame(() => {
      for (const figure of this.figures) figure();
    });
  },
};

/**
 * A key that the figure has used, or that goes into one of its fields, is no shortcut of the page:
 * there an arrow may turn to the next chapter, and the page cannot see the field.
 *
 * @param {Event} event
 */
function keep(event) {
  const target = /** @type {Element} */ (event.target);
  if (event.defaultPrevented || target.matches('input, select, textarea')) event.stopPropagation();
}

/**
 * @param {string} message
 * @param {unknown} [cause]
 */
const misused = (message, cause) => fault('arguments', message, cause);

/** @param {any} element */
function check(element) {
  if (element?.nodeType !== Node.ELEMENT_NODE) throw misused('A figure wants an element to stand in.');
  if (element.ownerDocument !== document) throw misused('A figure stands in its own document: load the script in that of the element.');
}

/**
 * The figure in each shadow tree.
 *
 * @type {WeakMap<ShadowRoot, Figure>}
 */
const standing = new WeakMap();

/**
 * The shadow tree that a figure stands in.
 *
 * @param {Element} element
 */
function treeOf(element) {
  try {
    return element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  } catch (error) {
    throw misused(`No figure can stand in this <${element.localName}>: ${error.message}`, error);
  }
}

/**
 * What puts a figure into an element, given what loads the module and the style sheet, and the
 * address of the folder that the app's other files lie in.
 *
 * mount(element, options): an object of parameters, with `preset`, `link` or `weights`, or a link.
 * Gives `{ state, link, problems, setState(options), on('change', listener), destroy() }`; `problems` are
 * sentences on what of the options could not be used, `setState` returns such, and `on` a function that
 * stops listening.
 *
 * @param {() => Promise<Loaded>} load
 * @param {string} base
 */
export const figures = (load, base) => coded(async (/** @type {any} */ element, /** @type {any} */ options) => {
  check(element);
  return place(await load(), base, element, options);
});

/**
 * The same at once, with what was loaded.
 *
 * @param {Loaded} loaded
 * @param {string} base
 * @param {Element} element
 * @param {unknown} options
 */
export function place({ api, sheet }, base, element, options) {
  check(element);
  /** @type {Set<(figure: Figure) => void>} */
  const listeners = new Set();
  const figure = api.mountFigure(withDefaults(stateOf(options)), () => {
    for (const listener of [...listeners]) {
      try {
        listener(handle);
      } catch (error) {
        reportError(error);
      }
    }
  }, base);
  /** @type {ShadowRoot} */
  let tree;
  try {
    // Not before the options are known to be good: a tree hides the element's own content.
    tree = treeOf(element);
  } catch (error) {
    figure.destroy();
    figure.free();
    throw error;
  }
  // One that stands there already goes.
  standing.get(tree)?.destroy();
  const problems = figure.problems;
  const root = figure.root;
  root.className = 'rampscope';
  const follow = () => {
    const scheme = isDarkBehind(element) ? 'dark' : 'light';
    if (root.dataset.scheme === scheme) return;
    root.dataset.scheme = scheme;
    root.dispatchEvent(new Event('rampscope-restyled'));
  };
  const own = [...tree.adoptedStyleSheets];
  tree.adoptedStyleSheets = [...own, sheet];
  tree.replaceChildren(root);
  follow();
  // Its listener is there once it has rendered.
  requestAnimationFrame(() => root.dispatchEvent(new Event('rampscope-restyled')));
  restyle.add(follow);
  tree.addEventListener('keydown', keep);
  /** @type {{ state: Figure['state'], link: string } | undefined} */
  let last;
  /** @type {Figure} */
  const handle = {
    get state() { return last?.state ?? figure.state(); },
    get link() { return last?.link ?? figure.link(); },
    problems,
    setState: coded((/** @type {unknown} */ change) => {
      if (last) throw fault('destroyed', 'This figure is destroyed.');
      return figure.setState(stateOf(change));
    }),
    on(type, listener) {
      if (last) throw fault('destroyed', 'This figure is destroyed.');
      if (type !== 'change') throw misused(`There is no event “${String(type)}”, only “change”.`);
      if (typeof listener !== 'function') throw misused('What listens to “change” is a function.');
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      if (last) return;
      standing.delete(tree);
      last = { state: figure.state(), link: figure.link() };
      restyle.remove(follow);
      tree.removeEventListener('keydown', keep);
      listeners.clear();
      figure.destroy();
      figure.free();
      tree.replaceChildren(document.createElement('slot'));
      tree.adoptedStyleSheets = own;
    },
  };
  standing.set(tree, handle);
  return handle;
}

/**
 * A figure is the ramp alone, unless its author says what it shows.
 *
 * @param {StateOptions | string | null | undefined} options
 * @returns {StateOptions | string | null | undefined}
 */
export function withDefaults(options) {
  const given = options ?? {};
  // A link, or something that the module will refuse.
  if (typeof given !== 'object') return given;
  const has = (/** @type {string} */ key) => given[key] !== undefined;
  if (has('view') || typeof given.link === 'string') return given;
  return { view: 'lab', ...(has('focus') ? {} : { focus: 'ramp' }), ...given };
}
