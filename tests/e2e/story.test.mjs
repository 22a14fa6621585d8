// The story as a reader walks through it: six scenes by links, keys and Back, each done by pointer and by keys. Its questions and what a teacher does: questions.test.mjs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeStory } from './lib/story.mjs';
import { finger, touch } from './lib/layout.mjs';
import { Key } from './lib/page.mjs';

const TITLES = ['Guess', 'Inside one point', 'What the line does then', 'Break it, mend it', 'The fixes race', 'Is it you?'];
/** Which scene teaches what the ten steps of older links did. */
const SCENE_OF_PAGE = { 1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 1, 7: 4, 8: 5, 9: 6, 10: 5 };

describeStory('the story', (story) => {
  const { page: at, fresh, onStep } = story;

  test('Next walks through all six scenes, says where one is, and puts the focus on the heading', async () => {
    await fresh('');
    for (const [index, title] of TITLES.entries()) {
      const number = index + 1;
      await onStep(number);
      assert.equal(await at().text('#step-title'), `${number}. ${title}`);
      assert.equal(await at().text('.story-bar .where'), `${number} of 6`);
      // As a screen reader has it; the eye sees the number alone.
      const current = await at().run("return [...document.querySelectorAll('.progress a[aria-current=step]')].map((e) => e.textContent)");
      assert.deepEqual(current, [`Scene ${number}: ${title}`]);
      assert.equal(await at().count('.progress a.done'), index);
      assert.equal(await at().count('.progress li'), 6);
      if (number > 1) await story.focusOnHeading();
      if (number < 6) await at().click('#next-step');
    }
    assert.equal(await at().count('#next-step'), 0);
  });

  test('n and p do the same by keyboard, and stop at the ends', async () => {
    await fresh('');
    await onStep(1);
    await at().press('p');
    for (let number = 1; number <= 6; number += 1) {
      await onStep(number);
      await at().press('n');
    }
    for (let number = 6; number >= 1; number -= 1) {
      await onStep(number);
      if (number < 6) await story.focusOnHeading();
      await at().press('p');
    }
    await onStep(1);
    // In a field they are letters.
    await fresh('#/story?page=2');
    await at().keys('input[name="answer-code"]', 'n', 'p');
    assert.equal(await at().value('input[name="answer-code"]'), 'np');
    await onStep(2);
  });

  test('links from before there were scenes open the scene that teaches the same', async () => {
    for (const [page, scene] of Object.entries(SCENE_OF_PAGE)) {
      await fresh(`#/story?page=${page}`);
      await onStep(scene);
      assert.equal(await at().count('#notice'), 0);
      const open = await at().count('.asks a[aria-current]');
      assert.equal(open, [1, 6, 10].includes(Number(page)) ? 0 : 1, `page ${page}`);
    }
  });

  test('the beginning of the next step is in sight, however far down one was', async () => {
    await at().resize({ width: 360, height: 740 });
    await fresh('#/story?page=4');
    const before = await at().box('#next-step');
    await at().click('#next-step');
    await onStep(4);
    await at().until('the heading in the window', async () => {
      const top = await at().run("return document.querySelector('#step-title').getBoundingClientRect().top");
      return top >= 0 && top < 600;
    });
    assert.ok(before.y >= 0);
    await at().resize({ width: 1280, height: 900 });
  });

  test('Next from the very end of the first scene shows the next one’s heading, below its figure', async () => {
    await at().resize({ width: 390, height: 844 });
    await fresh('');
    await at().run('scrollTo(0, document.body.scrollHeight)');
    await at().click('#next-step');
    await onStep(2);
    await story.focusOnHeading();
    await at().until('the heading below the figure and above the bar', async () => {
      const [[heading], [figure], [bar]] = [await story.boxes('#step-title'), await story.boxes('.story-figure'), await story.boxes('.story-bar')];
      return heading.top >= figure.bottom - 1 && heading.bottom <= bar.top + 1;
    });
    await at().resize({ width: 1280, height: 900 });
  });

  test('Back goes back a scene, also after an answer, and Forward forward', async () => {
    await fresh('#/story?scene=2');
    await at().click('#next-step');
    await onStep(3);
    await at().click('#ask-slope');
    await at().click('input[name="answer-effect"][value="turned"]');
    await at().click('#question-effect button');
    await story.reads('#question-effect .verdict', /Right/);
    await at().click('#next-step');
    await onStep(4);
    await at().back();
    await onStep(3);
    // What was answered is still there, and so is what it revealed.
    await story.reads('#question-effect .verdict', /Right/);
    await story.reads('#summary', /FBGEMM \(AVX2\) bends once/);
    await at().back();
    await at().until('the scene alone', async () => (await at().count('.asks a[aria-current]')) === 0);
    await at().back();
    await onStep(2);
    await at().forward();
    await onStep(3);
  });

  test('scene 2: x by pointer and by keys until a bar first hits the end', async () => {
    await fresh('#/story?scene=2');
    assert.equal(await at().count('.goals .is-reached'), 0);
    // Each pair has its bar, in sight.
    assert.deepEqual(await at().run("return [...document.querySelectorAll('.pairs rect.kept')].map((e) => getComputedStyle(e).display)"), Array(4).fill('inline'));
    await at().drag('.scene-inside canvas.mystery-plot', [0.75, 0.5], [0.3, 0.5]);
    await story.reads('#inside-said', /^At input code \d+ all four pairs fit 16 bits\.$/);
    assert.equal(await at().count('.pairs .is-saturated'), 0);
    for (let tries = 0; tries < 200 && (await at().count('.pairs .is-saturated')) === 0; tries += 1) {
      await at().keys('.scene-inside .mystery-figure', Key.PAGE_UP);
    }
    while ((await at().count('.pairs .is-saturated')) > 0) await at().keys('.scene-inside .mystery-figure', Key.ARROW_LEFT);
    await story.reads('#inside-said', /^At input code 184 all four/);
    await at().keys('.scene-inside .mystery-figure', Key.ARROW_RIGHT);
    await story.reads('#inside-said', /^✓ Here it begins: at input code 185 inputs 6 and 7 should be −32930 and stay at −32768\./);
    await story.reads('.code-of-x', /→ input code 185\./);
    await at().until('the goal', async () => (await at().count('.goals .is-reached')) === 1);
    assert.match(await at().text('.goals'), /At input code 184 every pair fits, at 185 one is cut/);
    await at().click('button[name="fbgemm_vnni"]');
    await story.reads('#inside-said', /added in 32 bits/);
  });

  test('scene 3: the rest is drawn by pointer, the real line comes, and the score is how far off it was', async () => {
    await fresh('#/story?scene=3');
    await story.reads('#draw-said', 'Begin at the dot, and draw on to where the thin line ends.');
    await at().drag('canvas.draw-plot', [0.7, 0.3], [0.82, 0.27]);
    await story.reads('#draw-said', 'Go on from its end, to where the thin line ends.');
    await at().drag('canvas.draw-plot', [0.82, 0.27], [0.97, 0.25]);
    await story.reads('#draw-said', /Your line is \d+(\.\d)? output codes off on average, \d+(\.\d)? where it is most\. It gets shallower: the weights 104 and 86 drop out, so a step of the input code adds 137 to the sum, no longer 327\./);
    const accent = await story.lab.color('--saturated');
    await at().until('the real line', async () => (await at().countPixels('canvas.draw-plot', [0.5, 0, 1, 1], accent, 2)) > 50);
    await at().click('input[name="wraps"]');
    await at().click('#draw-again');
    await story.reads('#draw-said', 'Begin at the dot, and draw on to where the thin line ends.');
  });

  test('scene 3 by keys: an end that is moved, and Enter', async () => {
    await fresh('#/story?scene=3');
    await at().keys('.scene-draw .mystery-figure', Key.ARROW_UP);
    await story.reads('#draw-said', /^Let go, or press Enter/);
    const first = await at().attribute('.scene-draw .mystery-figure', 'aria-valuenow');
    await at().keys('.scene-draw .mystery-figure', Key.ARROW_UP, Key.ARROW_DOWN, Key.ARROW_DOWN);
    assert.ok(Number(await at().attribute('.scene-draw .mystery-figure', 'aria-valuenow')) < Number(first));
    await at().keys('.scene-draw .mystery-figure', Key.ENTER);
    await story.reads('#draw-said', /output codes off on average/);
    await at().keys('#draw-again', Key.ENTER);
    await story.reads('#draw-said', 'Begin at the dot, and draw on to where the thin line ends.');
    // In another round the line is another one, and is gone on with as well.
    await at().keys('.scene-draw .mystery-figure', Key.PAGE_UP, Key.ENTER);
    await story.reads('#draw-said', /output codes off on average[\s\S]*drop out/);
  });

  test('scene 3: one can give up, and other weights are a new task on the same axes, at its heading', async () => {
    await at().resize({ width: 390, height: 844 });
    await fresh('#/story?scene=3');
    const axis = () => at().run("return JSON.parse(document.querySelector('canvas.draw-plot').dataset.frames)[0].slice(4, 6)");
    const before = await axis();
    await at().click('#show-line');
    await story.reads('#draw-said', /^It gets shallower: the weights 104 and 86 drop out/);
    const [said] = await story.boxes('#draw-said');
    assert.ok(said.top > 0 && said.bottom < 780, `what came of it is in sight: ${JSON.stringify(said)}`);
    await at().run('scrollTo(0, 400)');
    await at().click('#draw-again');
    await story.reads('#draw-task', /^Now with other weights: they add up to .* the pair \d+ and \d+ hits the end of 16 bits\.$/);
    assert.deepEqual(await axis(), before);
    await at().until('the heading', "const h = document.querySelector('#step-title').getBoundingClientRect(); const f = document.querySelector('.story-figure').getBoundingClientRect(); return h.top >= f.bottom - 1 && h.bottom < innerHeight");
    assert.deepEqual(await at().texts('.scene-draw .race-legend li'), ['before', 'exact sum']);
    await at().resize({ width: 1280, height: 900 });
  });

  // No driver but Chromium’s has a finger.
  if (story.browser === 'chromium') test('scene 3: a finger draws from the dot, and scrolls from anywhere else', async (t) => {
    await at().resize({ width: 390, height: 844 });
    await touch(at(), true);
    t.after(() => touch(at(), false));
    await fresh('#/story?scene=3');
    const dot = await at().run(`const c = document.querySelector('canvas.draw-plot'), b = c.getBoundingClientRect();
      const [l, t, r, bottom, x0, x1, y0, y1] = JSON.parse(c.dataset.frames)[0];
      const y = Number(document.querySelector('.scene-draw .mystery-figure').getAttribute('aria-valuenow'));
      return [b.left + l + (1.18 - x0) / (x1 - x0) * (r - l), b.top + bottom - (y - y0) / (y1 - y0) * (bottom - t)];`);
    await finger(at(), [120, 200], [250, 200]);
    await story.reads('#draw-said', 'Begin at the dot, and draw on to where the thin line ends.');
    await finger(at(), dot, [dot[0] + 60, dot[1] - 40]);
    await story.reads('#draw-said', /^Go on from its end/);
    assert.equal(await at().run('return scrollY'), 0);
    await finger(at(), [120, 300], [130, 120]);
    await at().until('the page scrolled', 'return scrollY > 60');
    await story.reads('#draw-said', /^Go on from its end/);
  });

  test('scene 4: one swap bends output 3, one straightens output 0, by pointer and by keys', async () => {
    await fresh('#/story?scene=4');
    const swap = async (one, other) => {
      await at().click(`button[name="chip-${one}"]`);
      await story.reads('#swap-said', /^Now tap another one/);
      await at().keys(`button[name="chip-${other}"]`, Key.ENTER);
    };
    await story.reads('#swap-said', /^The line is straight/);
    await swap(0, 1);
    await story.reads('#swap-said', /^The line is straight.*After one swap\.$/);
    assert.equal(await at().count('.goals .is-reached'), 0);
    await at().click('#swap-reset');
    await swap(1, 3);
    await story.reads('#swap-said', /^✓ The line bends: one pair adds up to 178, past 128 either way/);
    assert.equal(await at().count('.goals .is-reached'), 1);
    assert.equal(await at().count('.chip-pairs .is-saturated'), 1);
    await at().click('#swap-next');
    await story.reads('#swap-said', /^The line bends/);
    await swap(5, 7);
    await story.reads('#swap-said', /^✓ The line is straight: no pair/);
    assert.equal(await at().count('.goals .is-reached'), 2);
    await at().click('#swap-reset');
    await story.reads('#swap-said', /^The line bends/);
    // A chip dragged onto another one is swapped with it, too.
    const [[one], [other]] = [await story.boxes('button[name="chip-5"]'), await story.boxes('button[name="chip-7"]')];
    const size = { width: one.right - one.left, height: one.bottom - one.top };
    await at().drag('button[name="chip-5"]', [0.5, 0.5], [0.5 + (other.left - one.left) / size.width, 0.5 + (other.top - one.top) / size.height]);
    await story.reads('#swap-said', /^✓ The line is straight: no pair.*After one swap\.$/);
    assert.equal(await at().count('.chip[aria-pressed="true"]'), 0);
    const link = await story.addressOf('.scene-swap article .step-more a');
    const { outputs } = await story.evaluate(link);
    assert.deepEqual(outputs[0].kinks, []);
  });

  test('scene 5: one x for all; the original bends inside the calibration, reduce_range beyond it', async () => {
    await fresh('#/story?scene=5');
    const bent = () => at().texts('.race .is-saturated h3');
    const put = (x) => at().slide('#race-x', x);
    await put(0.5);
    await at().until('none is bent', async () => (await bent()).length === 0);
    await put(2);
    await at().until('the original', async () => (await bent()).join() === 'Leave it as it is');
    await put(7);
    await at().until('two', async () => (await bent()).join() === 'Leave it as it is,reduce_range for activations');
    await story.reads('.race-x output', /beyond the calibration/);
    // By a picture, too.
    await at().drag('.race li:nth-child(3) canvas', [0.2, 0.5], [0.25, 0.5]);
    await at().until('none is bent', async () => (await bent()).length === 0);
    await story.reads('.race-told', /No pair is cut at any x here with 7-bit weights, halved weights, QNNPACK, AVX-512 VNNI\. Only up to the calibrated x with reduce_range for activations\./);
    // On a phone all of them stand in a table above the cards.
    await at().resize({ width: 390, height: 844 });
    assert.deepEqual(await at().texts('.race-table td'), await at().texts('.race .standing'));
    await at().resize({ width: 1280, height: 900 });
    for (const link of await at().run("return [...document.querySelectorAll('.race .source a')].map((a) => a.getAttribute('href'))")) {
      assert.ok((await story.evaluate(link)).outputs.length > 0, link);
    }
  });

  test('scene 6: five pictures that do not tell by themselves; then the score', async () => {
    await fresh('#/story?scene=6');
    const accent = await story.lab.color('--saturated');
    for (const [index, cause] of ['saturation', 'rounding', 'saturation', 'rounding', 'saturation'].entries()) {
      const other = cause === 'rounding' ? 'saturation' : 'rounding';
      // The picture before was told in this colour.
      await at().until(`picture ${index + 1} does not tell`, async () => (await at().countPixels('canvas.quiz-plot', [0, 0, 1, 1], accent, 2)) === 0);
      await at().click(`button[name="quiz-${index === 4 ? other : cause}"]`);
      await story.reads('#quiz-said', new RegExp(`^${index === 4 ? 'No' : 'Yes'}: ${cause}\\.`));
      if (index < 4) await at().click('#quiz-next');
    }
    await story.reads('#quiz-score', /^4 of 5\./);
    assert.match(await at().value('#story-link'), /#\/story/);
    await at().click('#start-again');
    await onStep(1);
  });

  test('a scene number that none has is told, and the page stays whole', async () => {
    await fresh('#/story?scene=9');
    assert.match(await at().text('#notice'), /scene: 9 is out of range/);
    assert.equal(await at().count('#step-title'), 1);
  });

  test('“Open this in the Lab” of a step has the same state on the engine that shows the effect, and Back returns', async () => {
    await fresh('#/story?page=8');
    await at().slide('.step-controls input[name="at-slider"]', 3);
    const cursor = await story.reads('#cursor', /^x = 3(\.\d+)?: code 255/);
    await story.reads('#summary', /^Output 7 with FBGEMM \(VNNI\) has no kink/);
    await at().click('#to-lab');
    await story.reads('#figure-title', 'Output 7');
    await story.reads('#summary', /^Output 7 with FBGEMM \(AVX2\) bends/);
    assert.equal((await at().text('#cursor')).split(':')[0], cursor.split(':')[0]);
    await at().back();
    await onStep(5);
    await story.reads('#cursor', cursor);
  });

  test('the Lab begins at its top with the focus on its heading, from a click and a key, wide and narrow', async () => {
    for (const size of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      await at().resize(size);
      for (const way of ['click', 'key']) {
        await fresh('#/story?scene=2');
        await at().run("document.querySelector('#to-lab').scrollIntoView({ block: 'center', behavior: 'instant' })");
        if (way === 'click') await at().click('#to-lab');
        else await at().keys('#to-lab', Key.ENTER);
        await at().until('the heading’s focus', "return document.activeElement?.id === 'figure-title'");
        assert.equal(await at().run('return scrollY'), 0, `${way}, ${size.width} px wide`);
        await story.reads('#summary', /^Output 0 with FBGEMM \(AVX2\) bends/);
      }
    }
    await at().resize({ width: 1280, height: 900 });
  });

  for (const [name, size] of /** @type {const} */ ([
    ['a phone', { width: 360, height: 740 }],
    ['a larger phone', { width: 390, height: 844 }],
    ['320 px', { width: 320, height: 640 }],
    ['a desk', { width: 1280, height: 800 }],
    ['a larger desk', { width: 1440, height: 900 }],
  ])) {
    test(`on ${name} Next is in sight, the figure too, and nothing leaves the page`, async () => {
      await at().resize(size);
      for (let number = 1; number <= 6; number += 1) {
        await fresh(number === 1 ? '' : `#/story?scene=${number}`);
        await onStep(number);
        assert.deepEqual(await story.overflow(), { over: 0, wide: [], scrolled: [] }, `scene ${number}`);
        const next = await at().box(number < 6 ? '#next-step' : '#previous-step');
        assert.ok(next.y >= 0 && next.y + next.height <= size.height, `Next of scene ${number}: ${JSON.stringify(next)}`);
        if (number === 5) continue;
        const figure = await at().box('.story-figure canvas');
        assert.ok(figure.y >= 0 && figure.y + figure.height <= size.height, `the figure of scene ${number}: ${JSON.stringify(figure)}`);
      }
      await at().resize({ width: 1280, height: 900 });
    });
  }

  for (const [name, size] of /** @type {const} */ ([
    ['1280 px', { width: 1280, height: 800 }],
    ['1920 px', { width: 1920, height: 1080 }],
  ])) {
    test(`on a projector of ${name} nothing is scrolled sideways`, async () => {
      await at().resize(size);
      for (let number = 1; number <= 6; number += 1) {
        await fresh(`#/story?scene=${number}&theme=projector`);
        await onStep(number);
        assert.deepEqual(await story.overflow(), { over: 0, wide: [], scrolled: [] }, `scene ${number}`);
      }
      await at().resize({ width: 1280, height: 900 });
    });
  }

  // Only Chromium shows a page as it prints.
  if (story.browser === 'chromium') test('on print the scene, its figure and its questions, and nothing that one presses', async () => {
    await fresh('#/story?page=4');
    const media = (name) => at().driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: name });
    await media('print');
    const shown = (selector) => at().run('return document.querySelector(arguments[0])?.checkVisibility() ?? false', selector);
    for (const selector of ['#step-title', '.step > p', 'canvas.draw-plot', 'canvas.ramp', '#question-bend legend']) assert.equal(await shown(selector), true, selector);
    for (const selector of ['.progress', '#next-step', '#to-lab', '#question-bend button', '.asks', '#show-line', '.step-controls', '.toolbar']) {
      assert.equal(await shown(selector), false, selector);
    }
    await media('');
    // The first scene has its switches and guesses, and the race its folded words.
    await fresh('#/story');
    await media('print');
    for (const selector of ['.cpus', '.guesses', '.switches button', '.story-bar']) assert.equal(await shown(selector), false, selector);
    for (const selector of ['canvas.mystery-plot', '.said', '#step-title']) assert.equal(await shown(selector), true, selector);
    await media('');
    await fresh('#/story?scene=5');
    await at().find('canvas.race-plot');
    await media('print');
    for (const selector of ['.race-x input', '.more-questions']) assert.equal(await shown(selector), false, selector);
    for (const selector of ['canvas.race-plot', '.race details dl']) assert.equal(await shown(selector), true, selector);
    await media('');
  });
});

describeStory('the story without WebAssembly', (story) => {
  test('the mystery is told in words and a picture, with a sentence on what is missing, also in print', async () => {
    const page = story.page();
    await page.goto('about:blank');
    await page.goto(story.server.url);
    await page.until('the sentence', "return document.querySelector('#trouble')?.hidden === false");
    assert.match(await page.text('#trouble'), /could not start[\s\S]*need no WebAssembly/);
    const readable = async () => {
      assert.match(await page.run("return document.querySelector('#tell').textContent"), /two neighbouring products in 16 bits, and a pair that does not fit stays at 32767 or −32768/);
      await page.until('the picture', "const i = document.querySelector('img.mystery-plot'); return i?.complete && i.naturalWidth > 0 && i.checkVisibility()");
      assert.match(await page.attribute('img.mystery-plot', 'alt'), /the line falls straight.*turns round there/);
      assert.match(await page.text('.said'), /The thin line is what its weights say/);
    };
    await readable();
    if (page.browser !== 'chromium') return;
    await page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: 'print' });
    await readable();
    await page.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: '' });
  });
}, { wasm: false });
