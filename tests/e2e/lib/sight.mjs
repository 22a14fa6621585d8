// Every text of the Lab at once, and how a text is taken apart: into its numbers and its words that judge.

/** A script that gives what the Lab shows now. Cells are lists of texts, in their order. */
export const SIGHT = `
  const text = (element) => element && element.textContent.replace(/\\s+/g, ' ').trim();
  const one = (selector, within = document) => text(within.querySelector(selector));
  const all = (selector, of = text) => [...document.querySelectorAll(selector)].map(of);
  const cells = (row) => [...row.children].map(text);
  const held = (selector, within = document) => [...within.querySelectorAll(selector)].map((e) => e.value);
  return {
    engine: document.querySelector('select[name="engine"]').value,
    titles: all('#figure-title, #kinks-title, #weights-title, #pipeline-title, .engines > p'),
    summary: one('#summary'),
    live: one('#live'),
    cursor: one('#cursor'),
    spoken: document.querySelector('#figure').getAttribute('aria-valuetext'),
    hover: one('#hover'),
    legend: all('.legend li'),
    unavailable: one('.unavailable'),
    rowSum: one('#row-sum'),
    pairs: all('.weights .pair', (pair) => ({
      title: one('.pair-head b', pair), said: one('.pair-head span', pair),
      isAlarm: pair.classList.contains('saturates'),
      weights: held('input[name^="w-"]:not([name$="-slider"])', pair), label: pair.getAttribute('aria-label'),
    })),
    noKinks: one('#no-kinks'),
    kinks: all('#kinks tbody tr', (row) => ({
      cells: cells(row).slice(0, 7), effect: one('.effect', row), look: row.querySelector('.effect').className,
      why: one('.why', row), isUnseen: row.classList.contains('unseen'),
    })),
    sentences: all('.sentences li'),
    made: one('.pipeline > p'),
    inputs: all('#input-codes li'),
    products: all('#pairs tbody', (body) => ({
      cells: [...body.querySelector('tr').children].map(text), isLost: body.querySelector('tr').classList.contains('is-saturated'),
    })),
    rest: one('.pipeline .rest'),
    totals: all('.totals dd'),
    stages: all('#stages tbody tr', (row) => ({ id: row.children[2].id, cells: cells(row), isOff: row.classList.contains('differs') })),
    engines: all('#engines tbody tr:not(.about)', (row) => {
      const tick = row.querySelector('input');
      return { key: tick.name.slice(5), name: one('.disclose', row), cells: cells(row).slice(2), isChosen: one('.tag', row) !== null,
        isDrawn: tick.checked, isOut: tick.disabled };
    }),
    caption: one('#values caption'),
    values: all('#values tbody tr', cells),
    smalls: all('.small', (small) => ({
      output: one('.small-title b', small), said: one('.small-title span', small), isChosen: small.getAttribute('aria-pressed') === 'true',
    })),
  };`;

const NUMBER = /[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?/g;
/** Widths that are part of an engine's description, and no result. */
const WIDTH = /\b\d+[- ]bits?\b|in 32\b|\bu?int8\b|\bfloat32\b/g;

/** A number as the page writes it. */
export const number = (text) => (/^[+−-]?[\d.]+(e[−-]?\d+)?$/.test(text) ? Number(text.replaceAll('−', '-')) : Number.NaN);

/** All numbers of a text, in their order; widths in bits are none. */
export const numbers = (text) => (text.replaceAll(WIDTH, '').match(NUMBER) ?? []).map(number);

/** Those of some words that a text has, in their order; of two at one place the longer one. */
export function words(text, vocabulary) {
  if (vocabulary.length === 0) return [];
  const longest = vocabulary.toSorted((a, b) => b.length - a.length);
  return text.match(new RegExp(longest.join('|'), 'g')) ?? [];
}

/** Whether a number is a value as the page shortens it: whole ones in full, others to about four digits. */
export function isShort(shown, value) {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return shown === value;
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = magnitude < -5 || magnitude > 6 ? 3 - magnitude : Math.min(8, Math.max(0, 3 - magnitude));
  return Math.abs(shown - value) <= 0.5000001 * 10 ** -decimals;
}

/** Whether a number is a value with so many decimals. */
export const isFixed = (shown, value, decimals) => Math.abs(shown - value) <= 0.5000001 * 10 ** -decimals;

/** Holds texts against truths, and keeps what does not agree. */
export class Held {
  /** @param {string} link of what is seen */
  constructor(link) {
    this.link = link;
    /** How many texts were held. */
    this.read = 0;
    /** @type {string[]} */
    this.faults = [];
  }

  /** A text, or part of one, that is to be just this. */
  is(what, said, truth) {
    this.read += 1;
    const [one, other] = [said, truth].map((value) => JSON.stringify(value));
    if (one !== other) this.faults.push(`${this.link}: ${what} is ${one}, and should be ${other}`);
  }

  /** Numbers that are to be these, shortened. */
  numbers(what, said, truths) {
    this.read += 1;
    const isTrue = said.length === truths.length && truths.every((truth, index) => isShort(said[index], truth));
    if (!isTrue) this.faults.push(`${this.link}: ${what} has the numbers ${said}, and should have ${truths}`);
  }

  /** A sentence: its words that judge and its numbers. */
  says(what, text, vocabulary, truth) {
    if (text === null) {
      this.is(what, text, truth);
      return;
    }
    const plain = (truth.names ?? []).reduce((left, name) => left.replaceAll(name, ''), text);
    for (const name of truth.names ?? []) this.is(`the name in ${what}`, text.includes(name), true);
    this.numbers(`${what}, “${text}”,`, numbers(plain), truth.numbers);
    this.is(`${what}, “${text}”,`, words(plain, vocabulary), truth.words);
  }
}
