// What the build puts before or into the classic scripts, and what the pages have.

/** The module's bytes, a letter each, in embed/frame.js. */
declare const RAMPSCOPE_BYTES: string;

interface Document {
  /** Elements that index.html and embed/embed.html have. */
  getElementById(id: 'app' | 'trouble' | 'trouble-text'): HTMLElement;
  /** Those that only index.html has, for offline.js. */
  getElementById(id: 'news' | 'news-use' | 'news-later'): HTMLElement;
}
