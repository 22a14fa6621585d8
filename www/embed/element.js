// <ramp-scope>: a live figure from one line.
//
//   <script type="module" src="https://…/element.js"></script>
//   <ramp-scope preset="one-pair" show-controls="at,engine"></ramp-scope>
//
// Attributes and properties are the parameters of a state (kebab-case and camelCase), and `preset`,
// `link` and `weights`. Until the figure is live, and where it cannot be, its own content is shown.

import { fault } from './guard.js';
import { figures, place, withDefaults } from './figure.js';
import { APP, FILES, start, style } from './load.js';
import KEYS from './parameters.js';

const SPECIAL = ['preset', 'link', 'weights'];
/**
 * HTML has a `controls` without a value, and minifiers take the value away.
 *
 * @type {Record<string, string>}
 */
const ALIASES = { 'show-controls': 'controls' };
/** @param {string} name */
const keyOf = (name) => ALIASES[name] ?? name.replaceAll('-', '_');
/** @param {string} key */
const camel = (key) => key.replace(/[-_]([a-z0-9])/g, (_, letter) => letter.toUpperCase());
/** @param {string} key */
const kebab = (key) => key.replaceAll('_', '-');

/** Without these an element is the ramp, and not what a link without them is; see `withDefaults`. */
const SHOWN = ['view', 'focus'];

/**
 * A typed array as a list, anything else as it is.
 *
 * @param {any} value
 */
const listed = (value) => (ArrayBuffer.isView(value) ? Array.from(/** @type {Uint8Array} */ (value)) : value);

/**
 * A property's value as an attribute.
 *
 * @param {string} key
 * @param {any} value
 */
function written(key, value) {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'object') return value;
  const list = listed(value);
  if (key === 'weights') return JSON.stringify(list, (_, one) => listed(one));
  return Array.isArray(list) ? list.join() : Object.entries(list).map((entry) => entry.join(':')).join();
}

/** @type {Promise<import('./figure.js').Loaded> | undefined} */
let loading;
/** The module and the style sheet, once for all figures of the page; a failure can be tried again. */
function load() {
  loading ??= (async () => {
    const styled = async () => {
      const response = await style();
      if (!response.ok) throw new Error(`figure.css: the server answered ${response.status}`);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(await response.text());
      return sheet;
    };
    const [api, sheet] = await Promise.all([start(), styled()]);
    return { api, sheet };
  })().catch((error) => {
    loading = undefined;
    throw fault('start', error.message, error);
  });
  return loading;
}

export const mount = figures(load, APP);

const BLOCK = new CSSStyleSheet();
BLOCK.replaceSync(':host { display: block; margin-block: 1em } :host([hidden]) { display: none }');

/** @typedef {import('./index.js').Figure} Figure */
/** @typedef {import('./index.js').StateOptions} StateOptions */

class RampScope extends HTMLElement {
  static observedAttributes = [...[...KEYS, ...SPECIAL].map(kebab), ...Object.keys(ALIASES)];

  /** @type {Figure | undefined} */
  #handle;
  /** @type {Promise<Figure> | undefined} */
  #mounting;
  /** @type {IntersectionObserver | undefined} */
  #sight;
  /** @type {string | undefined} */
  #last;
  /**
   * The author's title, while another stands there that tells of trouble.
   *
   * @type {string | undefined}
   */
  #title;

  constructor() {
    super();
    const tree = this.attachShadow({ mode: 'open' });
    const slot = document.createElement('slot');
    const picture = document.createElement('img');
    picture.src = new URL('mystery.svg', FILES).href;
    picture.alt = 'An output of a quantized layer: straight with an exact sum, turned round on a CPU without AVX-512 VNNI.';
    picture.loading = 'lazy';
    picture.width = 1200;
    picture.height = 430;
    picture.style.maxWidth = '100%';
    picture.style.height = 'auto';
    slot.append(picture);
    tree.append(slot);
    tree.adoptedStyleSheets = [BLOCK];
  }

  connectedCallback() {
    if (this.#handle || this.#mounting) return;
    this.#sight?.disconnect();
    this.#sight = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.ready().catch(() => {});
    }, { rootMargin: '400px' });
    this.#sight.observe(this);
  }

  disconnectedCallback() {
    // One that is only moved is back by then.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#sight?.disconnect();
      // While it loads there is no figure yet, and it may be back before there is.
      if (!this.#handle) return;
      this.#last = this.#handle.link;
      this.#handle.destroy();
      this.#handle = this.#mounting = undefined;
    });
  }

  /**
   * @param {string} name
   * @param {string | null} _
   * @param {string | null} value
   */
  attributeChangedCallback(name, _, value) {
    if (!this.#handle) {
      this.#last = undefined;
      // What was wrong may be right now.
      if (this.#title !== undefined && this.isConnected) this.connectedCallback();
      return;
    }
    const key = keyOf(name);
    try {
      // A step of the story brings its layer, on which the other attributes stand.
      const isAnew = [...SPECIAL, 'page', 'room'].includes(key) || (value === null && SHOWN.includes(key));
      this.#tell(this.#handle.setState(isAnew ? this.#afresh() : { [key]: value ?? 'default' }));
    } catch (error) {
      // The figure is as it was.
      this.#tell([error.message]);
    }
  }

  /**
   * What the attributes say.
   *
   * @returns {StateOptions}
   */
  #own() {
    return Object.fromEntries([...this.attributes]
      .map(({ name, value }) => [keyOf(name), value])
      .filter(([key]) => KEYS.includes(key) || SPECIAL.includes(key)));
  }

  /** The same for a figure that is live: without a link or a preset it would go on from its state. */
  #afresh() {
    const options = /** @type {StateOptions} */ (withDefaults(this.#own()));
    return 'link' in options || 'preset' in options ? options : { link: '', ...options };
  }

  /** Makes the figure live now, wherever it is; gives its handle. */
  ready() {
    this.#sight?.disconnect();
    this.#mounting ??= this.#mount();
    return this.#mounting;
  }

  async #mount() {
    try {
      const loaded = await load();
      if (!this.isConnected) throw fault('destroyed', 'The element was taken away.');
      // From here on nothing waits, so that no change comes between.
      const handle = place(loaded, APP, this, this.#last ? { link: this.#last } : this.#own());
      this.#handle = handle;
      this.#untroubled();
      this.#tell(handle.problems);
      handle.on('change', () => {
        this.dispatchEvent(new CustomEvent('change', {
          bubbles: true, composed: true, detail: { state: handle.state, link: handle.link },
        }));
      });
      return handle;
    } catch (error) {
      this.#mounting = undefined;
      if (error.code !== 'destroyed') this.#troubled(error);
      throw error;
    }
  }

  /** @param {Error} error */
  #troubled(error) {
    this.#title ??= this.title;
    this.title = `The live figure could not start: ${error.message}`;
    this.dispatchEvent(new CustomEvent('error', { detail: error }));
  }

  #untroubled() {
    if (this.#title === undefined) return;
    if (this.#title) this.title = this.#title;
    else this.removeAttribute('title');
    this.#title = undefined;
  }

  /** @param {string[]} problems */
  #tell(problems) {
    for (const problem of problems) console.warn(`<ramp-scope>: ${problem}`);
  }

  /** The figure's handle, once it is live. */
  get live() { return this.#handle; }
  get state() { return this.#handle?.state; }
  /** @param {string | StateOptions} change */
  setState(change) { return this.ready().then((handle) => handle.setState(change)); }
}

for (const key of [...KEYS, ...SPECIAL]) {
  const name = camel(key);
  // `hidden`, `title` and the like stay the element’s own.
  if (name in HTMLElement.prototype) continue;
  Object.defineProperty(RampScope.prototype, name, {
    configurable: true,
    get() {
      const { state, live } = this;
      if (state && key in state) return state[key];
      return live && key === 'link' ? live.link : this.getAttribute(kebab(key));
    },
    /** @param {any} value */
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(kebab(key));
      else this.setAttribute(kebab(key), written(key, value));
    },
  });
}

if (!customElements.get('ramp-scope')) customElements.define('ramp-scope', RampScope);
