// What the build puts before or into the classic scripts, and what the pages have.

/** The module's glue, before embed/frame.js. */
declare const glue: typeof import('./rampscope.js');
/** The module, before embed/frame.js. */
declare function bytes(): Uint8Array<ArrayBuffer>;
/** Of embed/behind.js, in embed/frames.js. */
declare const isDarkBehind: typeof import('../embed/behind.js').isDarkBehind;

interface Document {
  /** Elements that index.html and embed/embed.html have. */
  getElementById(id: 'app' | 'trouble' | 'trouble-text'): HTMLElement;
  /** Those that only index.html has, for offline.js. */
  getElementById(id: 'news' | 'news-use' | 'news-later'): HTMLElement;
}
