// What the Lab's sentences and tables have to say of a layer, by the oracle.

import { ENGINES, effectOf, f32, rint, total } from './oracle.mjs';
import { isFixed, isShort, number, numbers, words } from './sight.mjs';
import { holdStages } from './stages.mjs';

const SUMMARY = [
  'cannot run', 'bends or jumps', 'bends', 'jumps', 'once', 'twice', 'times', 'no kink', 'not looked for', 'in its accumulator only',
  'hidden by the output clamp', 'in this sweep', 'in this window', 'equals the exact ramp', 'Every output code is the exact one',
  'accumulator is the exact one', 'accumulator lies', 'sum is exact', 'sum changes no output code', 'sum takes it', 'rounding', 'First wrong output',
  'First wrong sum', 'First output that differs', 'output codes?', 'too low', 'too high', 'below', 'above', 'has no output code',
];
const CURSOR = ['every pair is exact', 'no pair', 'pairs?', 'saturated', 'wrapped around', 'not exact', 'accumulator', 'is exact', 'no output code'];
const PAIR = [
  'exact', 'halved without loss', 'no product is cut', 'fits', 'alone', 'safe for every input', 'saturates', 'wraps around',
  'a product is cut', 'from code', 'at code', 'up to code', 'where both inputs have it', 'halved, acts as', 'added to a sum',
];
const ROW_SUM = ['nothing is lost', 'first lost at code', 'first lost at t', 'Products', 'Pairs'];
const KINK = [
  'reaches', 'leaves', 'wraps around', 'is cut', 'signed input is clamped', 'the sum of', 'jumps', 'stays', 'flat', 'turned', 'shallower', 'steeper',
  'outside the sweep', 'outside the window', 'at the input clamp', 'hidden by the output clamp', 'stands alone',
];
const HIDDEN_BY = { sweep: 'outside the sweep', window: 'outside the window', 'input clamp': 'at the input clamp', 'output clamp': 'hidden by the output clamp' };
const LOST = {
  saturate: 'a pair is saturated', wrap: 'wrapped around', product15: 'cut to 15 bits', running16: '16-bit sum', acc16: '16-bit sum', half: 'last bit',
};
const ADDED = {
  exact: /all of them are added in 32 bits\.$/,
  saturate: /are added in 16 bits, which saturate\.$/,
  wrap: /are added in 16 bits, which wrap around\.$/,
  product15: /each is cut to 15 bits, and all are added in 32\.$/,
  running16: /one after the other is added to a sum of 16 bits, which saturates\.$/,
  acc16: /two neighbours .* in 16 bits, then all pairs of 256 inputs too, and both saturate\.$/,
  half: /weights are halved before.* doubled after\.$/,
};
/**
 * Which two are added, in words, by what they are in a row.
 *
 * @type {[RegExp, (ks: number[][]) => boolean][]}
 */
const TWO = [
  [/two neighbours are/, (ks) => ks.every(([a, b]) => b === undefined || (a % 2 === 0 && b === a + 1))],
  [/two neighbours of one tap are/, (ks) => ks.every(([a, b]) => b === undefined || b === a + 1)],
  [/k and k \+ 8 are/, (ks) => ks.every(([a, b]) => b === undefined || b === a + 8)],
  [/k and k \+ 2 are/, (ks) => ks.every(([a, b]) => b === undefined || b === a + 2)],
  [/two taps down the kernel’s columns are/, (ks) => ks.some(([a, b]) => Math.abs(b - a) > 1)],
  [/no two products are/, (ks) => ks.every((one) => one.length === 1)],
];
const FEW = 8;

const isNone = ({ below, above }) => below === 0 && above === 0;

/** @type {[string, string]} */
const WRONG = ['too low', 'too high'];
/** @type {[string, string]} */
const OTHER = ['below', 'above'];

/** The numbers and words of a distance: of both sides, or the one that there is. */
function side({ below, above }, [low, high], unit = []) {
  if (below > 0 && above > 0) return { numbers: [below, above], words: [...unit, low, high] };
  return above > 0 ? { numbers: [above], words: [...unit, high] } : { numbers: [below], words: [...unit, low] };
}

/** A distance in the cell of a table. */
function cell({ below, above }, [low, high]) {
  const sides = [[below, low], [above, high]].filter(([far]) => far > 0);
  return sides.map(([far, word]) => `${far} ${word}`).join(', ') || '0';
}

/** One state: a layer on an engine. */
export class Told {
  /**
   * @param {import('./oracle.mjs').Oracle} oracle
   * @param {string} key of the engine
   * @param {Record<string, string>} names of all engines
   * @param {import('./sight.mjs').Held} held
   */
  constructor(oracle, key, names, held) {
    this.oracle = oracle;
    this.key = key;
    this.names = names;
    this.held = held;
    this.state = oracle.state;
    this.output = oracle.state.output;
    this.rescale = this.state.rescale;
    this.isOut = oracle.refused(key) !== 0;
    /** The engine whose numbers are shown. */
    this.shown = this.isOut ? 'fbgemm_vnni' : key;
    this.lane = ENGINES[this.shown].lane;
    this.rule = this.isOut ? 'fbgemm' : oracle.rule(key, this.rescale);
    this.kinks = oracle.kinks(key, this.rescale, this.output);
    this.ramp = oracle.along(this.shown, this.rule, this.output);
    this.codes = oracle.codesAt(this.state.at, key);
    this.place = oracle.byCode ? this.codes[Math.min(this.state.dir_k, this.codes.length - 1)] : oracle.placeOf(this.state.at);
  }

  /** Whether there are output codes: an integer product and a dynamic layer have none. */
  get hasCodes() {
    return this.rule !== null;
  }

  /** Whether output codes are what is drawn. */
  get drawsCodes() {
    return this.hasCodes && this.state.plot === 'output';
  }

  /** Everything that a sight of this state has. */
  hold(sight) {
    this.held.is('the chosen engine', sight.engine, this.key);
    for (const title of sight.titles) this.held.numbers(`the title “${title}”`, numbers(title), [this.output]);
    this.summary(sight.summary);
    this.cursor(sight.cursor);
    this.held.is('what the figure says aloud', sight.spoken, sight.cursor);
    this.legend(sight.legend);
    this.unavailable(sight.unavailable);
    this.weights(sight);
    this.kinkTable(sight);
    this.made(sight);
    this.products(sight);
    holdStages(this, sight);
    this.engineTable(sight.engines);
    this.values(sight);
    this.smalls(sight.smalls);
    if (sight.hover) this.hover(sight.hover);
  }

  summary(text, what = 'the summary') {
    const { held, oracle, state } = this;
    const name = this.names[this.key];
    if (this.isOut) {
      held.says(what, text, SUMMARY, { names: [name], numbers: [this.output, 0, oracle.refused(this.key)], words: ['cannot run'] });
      return;
    }
    const place = oracle.isZoomed ? 'in this window' : 'in this sweep';
    const shown = this.kinks.map((kink) => ({ ...kink, shown: oracle.shown(kink) }));
    const seen = shown.filter((kink) => kink.shown === 'seen');
    const hidden = shown.filter((kink) => kink.shown === 'output clamp').length;
    const away = oracle.away(this.key, this.rescale, this.output, oracle.between(oracle.window));
    const [all, jumps] = [seen.length, seen.filter((kink) => kink.effect === 'jump').length];
    const said = { names: [name], numbers: [this.output], words: [] };
    const say = (numbers, words) => {
      said.numbers.push(...numbers);
      said.words.push(...words);
    };
    if (all === 0) say([], oracle.knowsKinks(this.key) ? ['no kink', place] : ['not looked for']);
    else {
      say(all > 2 ? [all] : [], [jumps === 0 ? 'bends' : jumps === all ? 'jumps' : 'bends or jumps', ['once', 'twice'][all - 1] ?? 'times']);
      if (this.drawsCodes && isNone(away.sum)) say([], ['in its accumulator only']);
    }
    if (hidden > 0) say(hidden > 1 ? [hidden] : [], ['hidden by the output clamp']);
    this.difference(away, hidden > 0, place, ({ numbers, words }) => say(numbers, words));
    const first = this.drawsCodes ? away.firstCode : away.firstAcc;
    const firstOf = this.drawsCodes ? (isNone(away.rounding) ? 'First wrong output' : 'First output that differs') : 'First wrong sum';
    if (first !== undefined) say(this.firstNumbers(first), [firstOf]);
    if (!this.hasCodes && state.plot === 'output') say([], ['has no output code']);
    held.says(what, text, SUMMARY, said);
  }

  /** How far it lies off, and what takes it there. */
  difference(away, isClamped, place, say) {
    if (!this.drawsCodes) {
      say(isNone(away.acc) ? { numbers: [], words: ['accumulator is the exact one', place] } : side(away.acc, WRONG, ['accumulator lies']));
      return;
    }
    const codes = (extent, sides) => {
      const one = side(extent, sides);
      return { ...one, words: [one.numbers[0] === 1 ? 'output code' : 'output codes', ...one.words] };
    };
    const [bySum, byRounding] = [away.sum, away.rounding].map(isNone);
    if (bySum && byRounding) say({ numbers: [], words: isClamped ? ['Every output code is the exact one'] : ['equals the exact ramp', place] });
    else if (byRounding) say(codes(away.sum, WRONG));
    else if (bySum) {
      say({ numbers: [], words: [isNone(away.acc) ? 'sum is exact' : 'sum changes no output code', 'rounding'] });
      say(codes(away.rounding, OTHER));
    } else {
      const [sum, rounding] = [codes(away.sum, WRONG), codes(away.rounding, OTHER)];
      say({ numbers: sum.numbers, words: ['sum takes it', ...sum.words] });
      say({ numbers: rounding.numbers, words: ['rounding', ...rounding.words] });
    }
  }

  /** What the first place that is off is told by. */
  firstNumbers(place) {
    const { oracle, state } = this;
    const at = Math.max(oracle.at[place], oracle.window[0]);
    if (state.direction === 'vector') return [at];
    return state.direction === 'one' ? [place, state.dir_k, at] : [place, at];
  }

  /** What the cursor's place is told by: the swept input, its value and its code, or some codes. */
  get placeNumbers() {
    const { direction, dir_k, at } = this.state;
    if (direction === 'all') return [f32(at), this.codes[0]];
    return direction === 'one' ? [dir_k, f32(at), this.codes[dir_k]] : [f32(at), ...this.codes.slice(0, 4)];
  }

  cursor(text) {
    const { oracle, output } = this;
    const run = oracle.run(this.shown, this.rule, this.codes, output);
    const exact = oracle.terms('fbgemm_vnni', this.codes, output).acc;
    const lost = oracle.pairs(this.shown, this.codes, output).filter((pair) => pair.exact !== pair.kept).length;
    const verb = { saturate: 'saturated', wrap: 'wrapped around' }[this.lane] ?? 'not exact';
    const said = { numbers: [...this.placeNumbers], words: [] };
    if (lost > 0) {
      said.numbers.push(lost);
      said.words.push(lost === 1 ? 'pair' : 'pairs', verb);
    } else said.words.push(...(verb === 'not exact' ? ['every pair is exact'] : ['no pair', verb]));
    if (this.state.plot === 'accumulator') {
      said.numbers.push(run.acc, ...(run.acc === exact ? [] : [exact]));
      said.words.push('accumulator', ...(run.acc === exact ? [] : ['is exact']));
    }
    said.numbers.push(...(run.code === null ? [] : [run.code]), run.real);
    if (run.code === null) said.words.push('no output code');
    this.held.says('the cursor', text, CURSOR, said);
  }

  legend(said) {
    const { oracle, state } = this;
    const drawn = this.kinks.filter((kink) => !['sweep', 'window'].includes(oracle.shown(kink)));
    const away = oracle.away(this.shown, this.rule, this.output, oracle.between(oracle.window));
    const [from, to] = oracle.window;
    const hasEnd = oracle.byCode && [oracle.layer.qmin, oracle.layer.qmax].some((code) => oracle.at[code] > from && oracle.at[code] < to);
    const isPairs = ['saturate', 'wrap'].includes(this.lane) && ENGINES[this.shown].below === 0 && (!ENGINES[this.shown].shifted || oracle.layer.inputZeroPoint === 128);
    const wanted = [
      !this.isOut && this.names[this.key],
      !this.isOut && !isNone(away.acc) && LOST[this.lane],
      'exact sum',
      ...state.overlay.map((key) => this.names[key]),
      ...['flat', 'turned', 'shallower', 'steeper', 'jump'].map((effect) => drawn.some((kink) => kink.effect === effect) && effect),
      this.drawsCodes && !this.isOut && !isNone(away.rounding) && 'difference by rounding',
      oracle.byCode && oracle.isCalibrated && 'calibrated range',
      isPairs && !this.isOut && state.direction === 'all' && oracle.layer.qmax > 128 && oracle.at[128] < to && oracle.at[oracle.layer.qmax] > from && 'codes above 128',
      // In a window its lines are drawn where its curves reach them; here that is nowhere.
      [hasEnd && 'input', this.drawsCodes && !oracle.isZoomed && 'output'].filter(Boolean).join(' or '),
    ].filter(Boolean);
    const tokens = [...Object.values(LOST), 'difference by rounding', 'calibrated range', 'codes above 128', 'input or output', 'input', 'output'];
    const token = (text) => {
      if (text.startsWith('kink: ')) return text.slice(6);
      return Object.values(this.names).includes(text) ? text : (tokens.find((one) => text.includes(one)) ?? text);
    };
    this.held.is('the legend', said.map(token), wanted);
  }

  unavailable(text) {
    if (!this.isOut) this.held.is('why it cannot run', text, null);
    else this.held.says('why it cannot run', text, ['needs'], { names: [this.names[this.key]], numbers: [0, this.oracle.refused(this.key)], words: ['needs'] });
  }

  weights({ pairs, rowSum }) {
    const { oracle, held, lane } = this;
    const row = oracle.rows[this.output];
    const groups = oracle.groups(this.shown);
    held.is('how many pairs there are', pairs.length, groups.length);
    for (const [index, pair] of pairs.entries()) {
      const ks = groups[index];
      const weights = ks.map((k) => row[k]);
      held.is(`the weights of pair ${index}`, pair.weights.map(number), weights);
      held.numbers(`the title of pair ${index}`, numbers(pair.title), ks);
      held.numbers(`the label of pair ${index}`, numbers(pair.label), ks);
      const verdict = oracle.verdict(this.shown, weights);
      const said = { numbers: weights.length === 2 ? [weights[0] + weights[1]] : [], words: [] };
      if (verdict === 'never') {
        const fits = { exact: ['exact'], half: ['halved without loss'], product15: ['no product is cut'], acc16: ['fits', 'added to a sum'] };
        said.words = fits[lane] ?? [...(weights.length === 1 ? ['alone'] : []), 'safe for every input'];
      } else if (verdict === 'odd') {
        said.words = ['halved, acts as'];
        said.numbers.push(...weights.map((w) => 2 * rint(w / 2)));
      } else if (verdict === 'others') said.words = ['added to a sum'];
      else {
        said.words = [{ wrap: 'wraps around', product15: 'a product is cut' }[lane] ?? 'saturates'];
        said.numbers.push(verdict.from ?? verdict.upTo);
        said.words.push(verdict.from === undefined ? (verdict.upTo === oracle.layer.qmin ? 'at code' : 'up to code') : 'from code');
        if (this.state.direction !== 'all' && weights.length === 2) said.words.push('where both inputs have it');
      }
      held.says(`the verdict of pair ${index}`, pair.said, PAIR, said);
      held.is(`the alarm of pair ${index}`, pair.isAlarm, typeof verdict === 'object');
    }
    if (!['running16', 'acc16'].includes(lane)) {
      held.is('the row sum', rowSum, null);
      return;
    }
    const isReached = (place) => !oracle.byCode || (place >= oracle.layer.qmin && place <= oracle.layer.qmax);
    const first = this.ramp.findIndex(({ acc, exact }, place) => acc !== exact && isReached(place));
    const by = lane === 'acc16' ? 'Pairs' : 'Products';
    const lost = oracle.byCode ? 'first lost at code' : 'first lost at t';
    held.says('the row sum', rowSum, ROW_SUM, {
      numbers: first < 0 ? [] : [oracle.byCode ? first : oracle.at[first]],
      words: [by, first < 0 ? 'nothing is lost' : lost],
    });
  }

  kinkTable({ kinks, noKinks, sentences }) {
    const { oracle, held } = this;
    held.is('how many kinks there are', kinks.length, this.kinks.length);
    held.is('how many sentences there are', sentences.length, this.kinks.length);
    if (this.kinks.length === 0) {
      const words = oracle.knowsKinks(this.key) ? ['None', 'in this sweep'] : ['along a vector there are none'];
      held.says('what stands for the table of kinks', noKinks, ['None', 'in this sweep', 'along a vector there are none'], { names: [this.names[this.shown]], numbers: [], words });
      return;
    }
    held.is('what stands for the table of kinks', noKinks, null);
    const whole = (value) => String(value).replace('-', '−');
    for (const [index, kink] of this.kinks.entries()) {
      const row = kinks[index];
      if (row === undefined) return;
      const what = `kink ${kink.number}`;
      const [no, at, code, ks, weights, rails, slopes] = row.cells;
      const joined = (of) => kink.pairs.map((pair) => of(pair)).join(' · ') || '–';
      held.is(`the number of ${what}`, no, String(kink.number));
      held.is(`the place of ${what}, ${kink.at} as ${at},`, isFixed(number(at), kink.at, 3), true);
      held.is(`the code of ${what}`, code, kink.code === null ? '–' : String(kink.code));
      held.is(`the pairs of ${what}`, ks, joined((pair) => pair.ks.join(', ')));
      held.is(`the weights of ${what}`, weights, joined((pair) => pair.weights.map(whole).join(', ')));
      held.is(`the rails of ${what}`, rails, `${joined((pair) => whole(pair.rail))}${kink.isRelease ? ' (left)' : ''}`);
      held.numbers(`the slopes of ${what}`, numbers(slopes), [kink.before, kink.after]);
      held.is(`the effect of ${what}`, [row.effect, row.look], [kink.effect, `effect ${kink.effect}`]);
      const shown = oracle.shown(kink);
      held.is(`what hides ${what}`, words(row.why ?? '', Object.values(HIDDEN_BY)), HIDDEN_BY[shown] ? [HIDDEN_BY[shown]] : []);
      held.is(`whether ${what} is unseen`, row.isUnseen, shown !== 'seen');
      this.kinkSentence(what, sentences[index] ?? null, kink, shown);
    }
  }

  kinkSentence(what, text, kink, shown) {
    const verb = { wrap: 'wraps around', product15: 'is cut' }[this.lane] ?? (kink.isRelease ? 'leaves' : 'reaches');
    const said = { numbers: [kink.number, Number(kink.at.toFixed(3)), ...(kink.code === null ? [] : [kink.code])], words: [] };
    for (const { ks, weights, rail } of kink.pairs) {
      said.numbers.push(...ks, ...weights, rail);
      said.words.push(...(ks.length === 1 ? ['stands alone'] : []), verb);
    }
    if (kink.pairs.length === 0 && ['running16', 'acc16'].includes(this.lane)) said.words.push('the sum of', 'reaches');
    else if (kink.pairs.length === 0) {
      // Of the codes around it, one moves the byte and one does not.
      const bytes = [-2, -1, 0].map((step) => this.oracle.byte(this.key, kink.place + step));
      this.held.is(`whether ${what} is where the signed input is clamped`, bytes[1] - bytes[0] !== bytes[2] - bytes[1] || [0, 255].includes(bytes[1]), true);
      said.words.push('signed input is clamped');
      said.numbers.push(-128, 127);
    }
    if (kink.effect === 'jump') {
      said.words.push('jumps', 'stays');
      said.numbers.push(kink.after);
    } else {
      said.words.push(effectOf(kink.before, kink.after));
      said.numbers.push(kink.before, kink.after);
    }
    if (HIDDEN_BY[shown]) said.words.push(HIDDEN_BY[shown]);
    this.held.says(`the sentence of ${what}`, text, KINK, said);
  }

  /** The first sentence of the pipeline: how x becomes a code, and how products are added. */
  made({ made, inputs }) {
    const { oracle, held, state, codes } = this;
    const { inputZeroPoint, inputScale } = oracle.layer;
    held.is('how products are added', ADDED[this.lane].test(made), true);
    if (['saturate', 'wrap'].includes(this.lane)) {
      const two = TWO.find(([said]) => said.test(made));
      held.is(`whether “${made}” names which are added`, two?.[1](oracle.groups(this.shown)) ?? false, true);
    }
    held.is('what is taken off the code', /128 is taken off each code/.test(made), ENGINES[this.shown].below > 0);
    const isShifted = ENGINES[this.shown].shifted && inputZeroPoint !== 128;
    const shift = /made signed \(− (\d+), clamped to −128 … 127\), 128 is added/.exec(made)?.[1] ?? null;
    held.is('what is done to the code', shift, isShifted ? String(inputZeroPoint) : null);
    const value = (code) => f32((code - inputZeroPoint) * f32(inputScale));
    if (state.direction === 'all') {
      const { dynamic } = ENGINES[this.shown];
      const way = dynamic === 'onnx'
        ? /^x = (?<at>\S+) → x ÷ (?<scale>\S+) = (?<product>\S+) in float32; rounded, \+ (?<zero>\d+)/
        : dynamic === 'fbgemm'
        ? /^x = (?<at>\S+) → x · \(1 ÷ (?<scale>\S+)\) \+ (?<zero>\d+) = (?<product>\S+) in float32; rounded/
        : /^x = (?<at>\S+) → x · \(1 ÷ (?<scale>\S+)\) = (?<product>\S+) in float32; rounded, \+ (?<zero>\d+)/;
      const end = /(?: = (?<unclamped>−?\d+), clamped)? → code (?<code>\d+), which stands for (?<stands>−?[\d.e−]*\d)\. /;
      const parts = new RegExp(way.source + end.source).exec(made)?.groups ?? null;
      held.is(`whether “${made}” tells how x becomes a code`, parts !== null, true);
      if (parts === null) return;
      const { at, scale, product, zero, unclamped, code, stands } = Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, part === undefined ? null : number(part)]),
      );
      const truth = oracle.quantized(state.at, this.key);
      held.numbers('the input', [at, stands], [f32(state.at), value(truth.code)]);
      held.is('how x becomes a code', [f32(scale), f32(product), zero, unclamped, code], [
        f32(inputScale), truth.product, inputZeroPoint, truth.unclamped === truth.code ? null : truth.unclamped, truth.code,
      ]);
      return;
    }
    held.numbers('the place in the pipeline', numbers(made.split(';')[0]), this.placeNumbers);
    held.is('how many inputs there are', inputs.length, codes.length);
    for (const [k, text] of inputs.entries()) held.numbers(`input ${k}, “${text}”,`, numbers(text), [oracle.realAt(k, state.at), codes[k]]);
  }

  products({ products, rest }) {
    const { oracle, held, output } = this;
    const pairs = oracle.pairs(this.shown, this.codes, output);
    const listed = new Set(products.map((row) => numbers(row.cells[0])[0]));
    const isListed = (pair) => listed.has(pair.ks[0]);
    // Of many pairs only those that lose something stand here; and one that is looked at.
    const missing = pairs.filter((pair) => !isListed(pair) && (pairs.length <= FEW || pair.exact !== pair.kept));
    held.is('pairs that are not listed', missing.map((pair) => pair.ks), []);
    const shown = pairs.filter(isListed);
    held.is('how many pairs are listed', products.length, shown.length);
    for (const [index, pair] of shown.entries()) {
      const what = `pair ${pair.ks}`;
      const [ks, terms, sum, , kept, lost] = products[index].cells;
      const off = pair.exact - pair.kept;
      held.numbers(`the name of ${what}`, numbers(ks), pair.ks);
      held.is(`the products of ${what}`, terms.split(' + ').map((term) => term.split('·').map(number)), pair.ks.map((_, side) => [pair.bytes[side], pair.weights[side]]));
      held.is(`sum and kept of ${what}`, [sum, kept].map(number), [pair.exact, pair.kept]);
      held.is(`what ${what} has lost`, lost === '–' ? 0 : number(lost), off);
      held.is(`the alarm of ${what}`, products[index].isLost, off !== 0);
    }
    const unlisted = pairs.filter((pair) => !isListed(pair));
    if (unlisted.length > 0) held.numbers('the rest of the pairs', numbers(rest ?? ''), [unlisted.length, total(unlisted.map((pair) => pair.kept))]);
  }

  /** Every engine's row, and float32's. */
  engineTable(rows) {
    const { oracle, held, output, place, state } = this;
    held.is('the engines', rows.map((row) => row.key), [...Object.keys(ENGINES), 'float32']);
    for (const row of rows) {
      const what = `the row of ${row.key}`;
      held.is(`the name in ${what}`, row.name, this.names[row.key]);
      held.is(`the choice in ${what}`, [row.isChosen, row.isDrawn], [row.key === this.key, state.overlay.includes(row.key)]);
      if (row.key === 'float32') {
        const xs = oracle.rows[output].map((_, k) => oracle.realAt(k, f32(oracle.at[place])));
        const scale = oracle.weightScale(output);
        const line = total(xs.map((x, k) => x * scale * (oracle.rows[output][k] - oracle.weightZeroPoint(output)))) + (oracle.layer.bias?.[output] ?? 0);
        const y = oracle.layer.relu ? Math.max(0, line) : line;
        // A weight that was drawn lies within half a step of its code.
        const most = total(xs.map((x) => Math.abs(x))) * scale * 0.501 + Math.abs(y) * 1e-3;
        held.is(`${what}, ${row.cells[1]} about ${y},`, Math.abs(number(row.cells[1]) - y) <= most, true);
        continue;
      }
      held.is(`whether ${what} is out`, row.isOut, oracle.refused(row.key) !== 0);
      if (oracle.refused(row.key) !== 0) {
        held.says(what, row.cells[0], ['needs'], { names: [this.names[row.key]], numbers: [0, oracle.refused(row.key)], words: ['needs'] });
        continue;
      }
      const [code, y, bySum, byRounding, kinks] = row.cells;
      const here = oracle.along(row.key, 'auto', output)[place];
      const away = oracle.away(row.key, 'auto', output, oracle.between(oracle.sweep));
      const drawsSums = state.plot === 'accumulator';
      const value = drawsSums ? here.acc : here.code;
      held.is(`the value in ${what}`, code.replace('−', '-'), value === null ? '–' : String(value));
      held.is(`y in ${what}, ${here.real} as ${y},`, isShort(number(y), here.real), true);
      const sum = drawsSums ? away.acc : away.sum;
      held.is(`the sum in ${what}`, bySum, ENGINES[row.key].lane === 'exact' ? 'exact' : cell(sum, WRONG));
      held.is(`the rounding in ${what}`, byRounding.replace(', bias clamped to 32 bits', ''), drawsSums ? '–' : cell(away.rounding, OTHER));
      const known = oracle.kinks(row.key, 'auto', output).filter((kink) => kink.where !== 'sweep').length;
      held.is(`the kinks in ${what}`, kinks, oracle.knowsKinks(row.key) ? String(known) : '–');
    }
  }

  /** The ramp as a table: places of the window, its kinks and the cursor. */
  values({ values, caption }) {
    const { oracle, held, ramp } = this;
    held.says('the caption of the values', caption, [], { names: [this.names[this.shown]], numbers: [this.output], words: [] });
    const inside = oracle.at.flatMap((at, place) => (at >= oracle.window[0] && at <= oracle.window[1] ? [place] : []));
    const even = Array.from({ length: 17 }, (_, index) => inside[Math.floor((index * (inside.length - 1)) / 16)]);
    const kinks = this.kinks.map((kink) => kink.place).filter((place) => inside.includes(place));
    const places = [...new Set([...even, ...kinks, this.place])].filter((place) => place !== undefined).sort((a, b) => a - b);
    held.is('how many values there are', values.length, places.length);
    for (const [index, place] of places.entries()) {
      if (values[index] === undefined) return;
      const what = `the values at ${oracle.byCode ? `code ${place}` : `t = ${oracle.at[place]}`}`;
      const [at, code, acc, exactAcc, ...more] = values[index];
      const [real, note] = more.slice(-2);
      const one = ramp[place];
      const kink = this.kinks.find((each) => each.place === place);
      held.is(`${what}: ${at}`, isShort(number(at), oracle.at[place]), true);
      held.is(`${what}: code and sums`, [code, number(acc), number(exactAcc)], [oracle.byCode ? String(place) : '–', one.acc, one.exact]);
      held.is(`${what}: output codes`, more.slice(0, -2).map(number), this.hasCodes ? [one.code, one.exactCode, one.code - one.exactCode] : []);
      held.is(`${what}: y, ${one.real} as ${real},`, isShort(number(real), one.real), true);
      held.is(`${what}: what it is`, note, place === this.place ? 'cursor' : kink ? `kink ${kink.number}` : '');
    }
  }

  smalls(smalls) {
    const { oracle, held } = this;
    held.is('how many small figures there are', smalls.length, oracle.rows.length);
    for (const [output, small] of smalls.entries()) {
      const seen = oracle.kinks(this.key, this.rescale, output).filter((kink) => oracle.shown(kink) === 'seen').length;
      held.is(`the small figure of output ${output}`, [small.output, small.said, small.isChosen], [
        String(output), seen === 0 ? 'no kink' : seen === 1 ? '1 kink' : `${seen} kinks`, output === this.output,
      ]);
    }
  }

  /** What stands under the pointer, wherever that is. */
  hover(text) {
    const { oracle, held, ramp } = this;
    const variable = { all: 'x', one: `input ${this.state.dir_k}`, vector: 't' }[this.state.direction];
    const parts = /^(?:code (\d+), )?(x|t|input \d+) = (\S+) → (?:y = (\S+)(?: \(code (\d+)\))?|accumulator (\S+)), (?:as exact|(\S+)(?: codes?)? (too low|too high|below the exact ramp|above the exact ramp))$/.exec(text);
    held.is(`whether “${text}” tells of a place`, parts !== null, true);
    if (parts === null) return;
    held.is(`the variable of “${text}”`, parts[2], variable);
    const [code, x, y, output, acc, far] = [1, 3, 4, 5, 6, 7].map((at) => (parts[at] === undefined ? null : number(parts[at])));
    const off = (far ?? 0) * (/low|below/.test(parts[8] ?? '') ? -1 : 1);
    // x is shortened: it may stand for a neighbour's half step.
    const near = [x - Math.abs(x) * 5e-4, x, x + Math.abs(x) * 5e-4].map((t) => oracle.placeOf(t));
    const isTrue = (place) => {
      const one = ramp[place];
      const isReal = this.drawsCodes
        ? isShort(y, one.real) && output === one.code && off === one.code - one.exactCode
        : acc === one.acc && off === one.acc - one.exact;
      return isReal && (code === (oracle.byCode ? place : null));
    };
    held.is(`what is under the pointer, “${text}”,`, near.some(isTrue), true);
  }
}
