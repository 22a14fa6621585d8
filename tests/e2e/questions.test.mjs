// The questions of the story: answered rightly and wrongly, in several rooms, once only where answers
// are final; the score, the file of answers, and the link that a teacher makes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Key } from './lib/page.mjs';
import { ROOT } from './lib/server.mjs';
import { describeStory } from './lib/story.mjs';

const ORDER = ['code', 'safe', 'bend', 'wrap', 'effect', 'which', 'beyond', 'rounding'];
const PAGES = { code: 2, safe: 3, bend: 4, wrap: 4, effect: 5, which: 7, beyond: 8, rounding: 9 };
const SCENES = { code: 2, safe: 2, bend: 3, wrap: 3, effect: 3, which: 4, beyond: 5, rounding: 6 };
/** What the link to a question's step is called by. */
const STEPS = { code: 'codes', safe: 'pair', bend: 'saturate', wrap: 'saturate', effect: 'slope', which: 'pairs', beyond: 'reduce_range', rounding: 'engines' };
const SAME = { wrap: 'jump', beyond: 'beyond', rounding: '1' };

/** The key of docs/workshop.md by room: what to give as an answer. */
function key() {
  const text = readFileSync(join(ROOT, 'docs/workshop.md'), 'utf8').split('| room | 2: code |')[1];
  const rows = text.split('\n').slice(2);
  return rows.slice(0, rows.indexOf('')).map((row) => {
    const [room, code, safe, bend, effect, which, kink] = row.split(' | ').map((cell) => cell.replaceAll('|', '').trim());
    const pairs = [...which.matchAll(/\((\d+), \d+\)/g)].map(([, first]) => Number(first) / 2).join(',');
    return { room, code, safe, bend, effect, which: pairs, kink, ...SAME };
  });
}

const KEY = key();

describeStory('the questions', (story) => {
  const { page: at, fresh, onStep, answer, reads } = story;
  const verdict = (question, wanted) => reads(`#question-${question} .verdict`, wanted);
  // WebKitGTK's driver overlooks a field set that is disabled.
  const closed = (selector) => at().run("return document.querySelector(arguments[0]).matches(':disabled')", selector);
  const why = (question) => at().text(`#question-${question} .outcome p:nth-of-type(2)`);

  test('the key has nine rooms, and they differ', () => {
    assert.equal(KEY.length, 9);
    assert.equal(new Set(KEY.map(({ code, safe, bend }) => [code, safe, bend].join())).size, 9);
  });

  test('a number: how far off, what it is, why, and the figure shows it', async () => {
    await fresh('#/story?page=2');
    assert.equal(await at().attribute('#question-code button', 'disabled'), 'true');
    await answer('code', '170');
    // The first wrong answer gets a hint: neither the words nor the figure tell.
    await verdict('code', '✗ 2 too low. Try once more.');
    assert.equal(await why('code'), 'Divide first: x ÷ 0.025. Round to a whole number, then add 120.');
    await reads('#cursor', 'x = 2: code 200');
    await answer('code', '300');
    await verdict('code', '✗ 128 too high. It is 172.');
    assert.equal(await why('code'), '1.3 ÷ 0.025 + 120 is code 172.');
    await reads('#cursor', 'x = 1.3: code 172');
    await answer('code', '172');
    await verdict('code', '✓ Right: 172.');
  });

  test('the largest code that fits: the pair saturates in the figure', async () => {
    await fresh('#/story?page=3');
    assert.equal(await at().count('#pairs .is-saturated'), 0);
    await answer('safe', '130');
    await verdict('safe', '✗ 1 too high. Try once more.');
    assert.equal(await at().count('#pairs .is-saturated'), 0);
    await answer('safe', '131');
    await verdict('safe', '✗ 2 too high. It is 129.');
    await reads('#cursor', 'x = 255: code 255');
    await reads('#pairs .is-saturated td.kept', /32767/);
    await reads('#pairs td.lost', /32003/);
    await answer('safe', '129');
    await verdict('safe', '✓ Right: 129.');
  });

  test('a place: the cursor by keys and by a drag, and the ramp leaves there', async () => {
    await fresh('#/story?page=4');
    await reads('.placed strong', 'code 60');
    await at().keys('#figure', Key.PAGE_UP, Key.ARROW_RIGHT);
    await reads('.placed strong', 'code 77');
    await at().click('#question-bend button');
    await verdict('bend', '✗ 96 too low. Try once more.');
    await at().click('#question-bend button');
    await verdict('bend', '✗ 96 too low. It is 173.');
    assert.match(await why('bend'), /first one at which code · 190 is more than 32767/);
    await reads('#summary', /^Output 0 with FBGEMM \(AVX2\) bends once/);
    // The curve has the colour of saturation now.
    const accent = await story.lab.color('--saturated');
    await at().until('the bend in the figure', async () => (await at().countPixels('canvas.ramp', [0, 0, 1, 0.8], accent, 2)) > 50);
    const [from, to] = [await story.lab.place(77, 0), await story.lab.place(173, 0)];
    await at().drag('canvas.ramp', from, to);
    await reads('.placed strong', /code 17[0-6]/);
    const placed = Number((await at().text('.placed strong')).replace('code ', ''));
    for (let code = placed; code !== 173; code += Math.sign(173 - code)) {
      await at().keys('#figure', code < 173 ? Key.ARROW_RIGHT : Key.ARROW_LEFT);
    }
    await reads('.placed strong', 'code 173');
    await at().click('#question-bend button');
    await verdict('bend', '✓ Right: 173.');
  });

  test('options: the wrong one is answered with the right one, and the theory is drawn', async () => {
    await fresh('#/story?page=4');
    await answer('wrap', 'bend');
    await verdict('wrap', '✗ Not quite. Try once more.');
    await answer('wrap', 'straight');
    await verdict('wrap', '✗ Not quite. It is jump down, and go on rising as before.');
    await reads('.legend', /Theory: pairs wrap/);
    await answer('wrap', 'jump');
    await verdict('wrap', '✓ Right: jump down, and go on rising as before.');
    await fresh('#/story?page=5');
    await answer('effect', 'flat');
    await answer('effect', 'steeper');
    await verdict('effect', '✗ Not quite. It is turned: it goes the other way.');
    await reads('#summary', /FBGEMM \(AVX2\) bends once/);
    await reads('.legend', /kink: turned/);
  });

  test('pairs: all that saturate, and no other', async () => {
    await fresh('#/story?page=7');
    await at().click('#question-which button');
    await verdict('which', '✗ Not quite. Try once more.');
    await at().click('#question-which button');
    await verdict('which', '✗ Not quite. It is (2, 3), (4, 5).');
    await reads('#summary', /bends twice/);
    await answer('which', '1');
    await verdict('which', /^✗/);
    await answer('which', '0,1,2');
    await verdict('which', /^✗/);
    await answer('which', '2,1');
    await verdict('which', '✓ Right: (2, 3), (4, 5).');
  });

  test('reduce_range and roundings: the figure bends beyond the range; single codes are off', async () => {
    await fresh('#/story?page=8');
    await answer('beyond', 'straight');
    await answer('beyond', 'everywhere');
    await verdict('beyond', '✗ Not quite. It is straight inside the calibrated range, bent beyond.');
    await reads('#summary', /^Output 7 with FBGEMM \(AVX2\) bends/);
    await at().click('#next-step');
    await onStep(6);
    await at().click('#ask-engines');
    await answer('rounding', '0');
    await answer('rounding', '2');
    await verdict('rounding', '✗ 1 too high. It is 1.');
    await reads('#summary', /its rounding takes it up to 1 output code (below|above) the exact ramp/);
    assert.equal(await at().value('select[name="engine"]'), 'tflite_ruy');
  });

  test('on a phone the figure that reveals is beside the verdict', async () => {
    await at().resize({ width: 360, height: 740 });
    for (const [question, given] of [['code', '1'], ['safe', '1'], ['effect', 'flat'], ['which', ''], ['beyond', 'straight'], ['rounding', '7']]) {
      await fresh(`#/story?page=${PAGES[question]}`);
      await answer(question, given);
      await verdict(question, /^✗/);
      await at().run("document.querySelector('.verdict').scrollIntoView({ block: 'center', behavior: 'instant' })");
      const seen = await at().run(
        `return [...document.querySelectorAll('.asked :is(canvas, .gauge-bar)')].some((figure) => {
           const { top, bottom, height } = figure.getBoundingClientRect();
           return height > 0 && Math.min(bottom, innerHeight) - Math.max(top, 0) >= Math.min(height, 44); })`,
      );
      assert.ok(seen, `no figure beside the answer to ${question}`);
    }
    await at().resize({ width: 1280, height: 900 });
  });

  for (const row of KEY.filter(({ room }) => ['0', '3', '8'].includes(room))) {
    test(`room ${row.room}: every answer of the key is right`, async () => {
      await fresh(row.room === '0' ? '' : `#/story?room=${row.room}`);
      for (let number = 1; number <= 6; number += 1) {
        await onStep(number);
        for (const question of ORDER.filter((one) => SCENES[one] === number)) {
          await at().click(`#ask-${STEPS[question]}`);
          await answer(question, row[question]);
          await verdict(question, /^✓ Right/);
          if (question === 'which') assert.ok((await why('which')).includes(`at code ${row.kink}:`));
        }
        if (number < 6) await at().click('#next-step');
      }
      await reads('#score', '8 of 8 questions answered, 8 right at the first try, 0 tried again.');
    });
  }

  test('the other rooms have other numbers, and a right answer of one is wrong in the next', async () => {
    for (const room of [1, 2, 4, 5, 6, 7]) {
      await fresh(`#/story?page=3&room=${room}`);
      const { safe } = KEY[room];
      await answer('safe', KEY[room - 1].safe);
      await verdict('safe', /^✗ .*Try once more\.$/);
      await answer('safe', safe);
      await verdict('safe', `✓ Right: ${safe}.`);
    }
  });

  test('where answers are final the second one is the last, also after coming back', async () => {
    await fresh('#/story?page=3&room=3&locked=1');
    assert.match(await at().text('#question-safe'), /Your first answer counts/);
    await answer('safe', '170');
    await verdict('safe', '✗ 4 too low. Try once more.');
    assert.equal(await closed('#question-safe input'), false);
    await answer('safe', '171');
    await verdict('safe', '✗ 3 too low. It is 174.');
    assert.match(await at().text('#question-safe'), /final/);
    assert.equal(await at().count('#question-safe button'), 0);
    assert.equal(await closed('#question-safe input'), true);
    // Sent all the same, as a script could; the field has it once the page has heard of it.
    await at().run(
      `const field = document.querySelector('#question-safe input');
       field.value = '174';
       field.dispatchEvent(new Event('input', { bubbles: true }));`,
    );
    await at().frame();
    await at().run("document.querySelector('#question-safe').requestSubmit()");
    await at().frame();
    await at().click('#next-step');
    await onStep(3);
    await at().click('#previous-step');
    await onStep(2);
    await at().click('#ask-pair');
    await verdict('safe', '✗ 3 too low. It is 174.');
    assert.equal(await at().value('#question-safe input'), '171');
    assert.equal(await closed('#question-safe input'), true);
    // Another room is another set of questions; this one’s answer is found again.
    await at().goto(`${story.server.url}#/story?page=3&room=4&locked=1`);
    await at().until('no verdict', async () => (await at().count('.verdict')) === 0);
    await at().goto(`${story.server.url}#/story?page=3&room=3&locked=1`);
    await verdict('safe', '✗ 3 too low. It is 174.');
  });

  test('the score counts, and the file has a row for every question, with the name if there is one', async () => {
    await fresh('#/story?page=2&room=3');
    await reads('#score', '0 of 8 questions answered, 0 right at the first try, 0 tried again.');
    await answer('code', KEY[3].code);
    await verdict('code', /Right/);
    await at().click('#ask-pair');
    await answer('safe', '170');
    await verdict('safe', /too low/);
    await answer('safe', KEY[3].safe);
    await verdict('safe', /Right/);
    await at().click('.progress li:nth-child(4) a');
    await onStep(4);
    await at().click('#ask-pairs');
    await answer('which', '0,3');
    await verdict('which', /^✗/);
    await reads('#score', '3 of 8 questions answered, 1 right at the first try, 1 tried again.');
    await story.catchFiles();
    const asked = story.server.requests.length;
    await at().click('#save-answers');
    await at().keys('#answers-name', '=Ada "L", table 3');
    // A letter of a name is no key of the story.
    await onStep(4);
    await at().click('#save-answers');
    const files = await at().until('both files', 'return window.files.length === 2 && window.files.every(({ text }) => text) && window.files');
    assert.deepEqual(files.map(({ name, type }) => [name, type]), Array(2).fill(['rampscope-answers.csv', 'text/csv']));
    const rows = (name) => [
      'name,room,question,given,right,is_right,again',
      `${name},3,code,"${KEY[3].code}","${KEY[3].code}",1,""`,
      `${name},3,safe,"170","174",0,"174"`,
      `${name},3,bend,"","",,""`,
      `${name},3,wrap,"","",,""`,
      `${name},3,effect,"","",,""`,
      `${name},3,which,"0,3","(0, 1), (2, 3), (4, 5)",0,""`,
      `${name},3,beyond,"","",,""`,
      `${name},3,rounding,"","",,""`,
      '',
    ];
    assert.deepEqual(files[0].text.split('\n'), rows('""'));
    assert.deepEqual(files[1].text.split('\n'), rows(`"'=Ada ""L"", table 3"`));
    // The name stays in the tab: not in the address, not in a store, not on the wire.
    assert.doesNotMatch(await at().run('return location.href'), /Ada/);
    assert.equal(await at().run('return localStorage.length + sessionStorage.length + document.cookie.length'), 0);
    assert.equal(story.server.requests.length, asked);
    await at().click('#previous-step');
    await onStep(3);
    await at().click('#next-step');
    await onStep(4);
    assert.equal(await at().value('#answers-name'), '=Ada "L", table 3');
    await at().reload();
    await onStep(4);
    assert.equal(await at().count('#answers-name'), 0);
  });

  test('a teacher’s link: some scenes, a room, final answers, a theme; it opens just that', async () => {
    await fresh('#/teach');
    for (const one of ['guess', 'race', 'you']) {
      await at().click(`#teacher input[name="teach-${one}"]`);
    }
    await at().fill('#teacher input[name="room"]', '5');
    await at().click('#teacher input[name="locked"]');
    await at().click('#teacher select[name="theme"] option[value="projector"]');
    const link = await at().until('the whole link', async () => {
      const value = await at().value('#teacher-link');
      return ['room=5', 'locked=1', 'theme=projector', 'steps=2,3,4,5,7'].every((part) => decodeURIComponent(value).includes(part)) && value;
    });
    // The teacher’s own page stays as it was.
    assert.doesNotMatch(await at().hash(), /room|locked|steps/);
    assert.ok(link.startsWith(story.server.url));

    await at().goto('about:blank');
    await at().goto(link);
    await onStep(2);
    assert.equal(await at().run('return document.documentElement.dataset.theme'), 'projector');
    assert.equal(await at().count('#notice, #previous-step, #step-again'), 0);
    const shown = async () => (await at().texts('.progress li')).map((text) => Number(/\d+/.exec(text)[0]));
    assert.deepEqual(await shown(), [2, 3, 4]);
    assert.equal(await at().text('.story-bar .where'), '1 of 3');
    await at().click('#ask-pair');
    await answer('safe', KEY[5].safe);
    await verdict('safe', `✓ Right: ${KEY[5].safe}.`);
    assert.equal(await at().count('#question-safe button'), 0);
    await at().click('#next-step');
    await onStep(3);
    await at().press('n');
    await onStep(4);
    assert.equal(await at().count('#next-step'), 0);
    assert.deepEqual(await shown(), [2, 3, 4]);
    await at().click('#ask-pairs');
    await answer('which', KEY[5].which);
    await verdict('which', /^✓/);
    assert.equal(await at().run('return document.documentElement.dataset.theme'), 'projector');
  });

  test('hide= leaves a control away, from step to step', async () => {
    await fresh('#/story?page=2&hide=x_scale');
    assert.equal(await at().count('input[name="x_scale"]'), 0);
    assert.equal(await at().count('input[name="x_zp"]'), 1);
    await at().press('n', 'p');
    await onStep(2);
    await at().click('#ask-codes');
    await at().find('input[name="x_zp"]');
    assert.equal(await at().count('input[name="x_scale"]'), 0);
  });
});
