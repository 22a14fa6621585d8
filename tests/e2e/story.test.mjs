// The story as a reader walks through it: ten steps by links, keys and Back, links to every step, and
// the step's own first states. Its questions and what a teacher does: questions.test.mjs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeStory } from './lib/story.mjs';
import { Key } from './lib/page.mjs';

const TITLES = [
  'A ramp that should be straight',
  'From a real number to a code',
  'Eight bits times eight bits, and the pair',
  'Saturating is not wrapping',
  'What a saturated pair does to the slope',
  'The suspects',
  'One input, two, three',
  'What reduce_range does, and what it does not',
  'Other engines, other roundings',
  'What to do about it',
];

describeStory('the story', (story) => {
  const { page: at, fresh, onStep } = story;

  test('Next walks through all ten steps, says where one is, and puts the focus on the heading', async () => {
    await fresh('');
    for (const [index, title] of TITLES.entries()) {
      const number = index + 1;
      await onStep(number);
      assert.equal(await at().text('#step-title'), `${number}. ${title}`);
      // As a screen reader has it; the eye sees the number alone.
      const current = await at().run("return [...document.querySelectorAll('.progress a[aria-current=step]')].map((e) => e.textContent)");
      assert.deepEqual(current, [`Step ${number}: ${title}`]);
      assert.equal(await at().count('.progress a.done'), index);
      assert.equal(await at().count('.progress li'), 10);
      if (number > 1) await story.focusOnHeading();
      if (number < 10) await at().click('#next-step');
    }
    assert.equal(await at().count('#next-step'), 0);
  });

  test('n and p do the same by keyboard, and stop at the ends', async () => {
    await fresh('');
    await onStep(1);
    await at().press('p');
    for (let number = 1; number <= 10; number += 1) {
      await onStep(number);
      await at().press('n');
    }
    for (let number = 10; number >= 1; number -= 1) {
      await onStep(number);
      if (number < 10) await story.focusOnHeading();
      await at().press('p');
    }
    await onStep(1);
    // In a field they are letters.
    await at().press('n');
    await onStep(2);
    await at().keys('input[name="answer-code"]', 'n', 'p');
    assert.equal(await at().value('input[name="answer-code"]'), 'np');
    await onStep(2);
  });

  test('the beginning of the next step is in sight, however far down one was', async () => {
    await at().resize({ width: 360, height: 740 });
    await fresh('#/story?page=4');
    const before = await at().box('#next-step');
    await at().click('#next-step');
    await onStep(5);
    await at().until('the heading in the window', async () => {
      const top = await at().run("return document.querySelector('#step-title').getBoundingClientRect().top");
      return top >= 0 && top < 400;
    });
    assert.ok(before.y >= 0);
    await at().resize({ width: 1280, height: 900 });
  });

  test('Back goes back a step, also after an answer, and Forward forward', async () => {
    await fresh('#/story?page=4');
    await at().click('#next-step');
    await onStep(5);
    await at().click('input[name="answer-effect"][value="turned"]');
    await at().click('#question-effect button');
    await story.reads('#question-effect .verdict', /Right/);
    await at().click('#next-step');
    await onStep(6);
    await at().back();
    await onStep(5);
    // What was answered is still there, and so is what it revealed.
    await story.reads('#question-effect .verdict', /Right/);
    await story.reads('#summary', /FBGEMM \(AVX2\) bends once/);
    assert.equal(await at().run("return document.querySelector('input[value=turned]').checked"), true);
    await at().back();
    await onStep(4);
    await at().forward();
    await onStep(5);
  });

  const OWN = {
    1: async () => assert.match((await at().attribute('.mystery-figure', 'aria-valuetext')), /^x = 2: code 207,/),
    2: async () => story.reads('#cursor', 'x = 2: code 200'),
    3: async () => {
      await story.reads('#pairs .products', '100·127 + 100·127');
      await story.reads('#pairs td.kept', /25400/);
    },
    4: async () => story.reads('#summary', /^Output 0 with FBGEMM \(VNNI\) has no kink/),
    5: async () => story.reads('#cursor', /^x = 60: code 60/),
    6: async () => {
      assert.deepEqual(
        (await at().texts('.legend')).join(' ').match(/Theory: [^\n]+/g)?.length,
        3,
      );
      await story.reads('#cursor', /^x = 2.5/);
    },
    7: async () => assert.equal(await at().count('.options input[type="checkbox"]'), 4),
    8: async () => {
      const address = await story.addressOf('#to-lab');
      assert.match(address, /reduce_range=1/);
      assert.match(address, /inputs=10/);
      await story.reads('#summary', /^Output 7 with FBGEMM \(VNNI\) has no kink/);
    },
    9: async () => assert.equal(await at().value('select[name="engine"]'), 'fbgemm_vnni'),
    10: async () => assert.equal(await at().count('#fixes li'), 7),
  };
  for (const number of Object.keys(OWN).map(Number)) {
    test(`a link that names step ${number} alone opens its own state`, async () => {
      await fresh(`#/story?page=${number}`);
      await onStep(number);
      await OWN[number]();
      assert.equal(await at().count('#step-again'), 0);
      assert.equal(await at().count('#notice'), 0);
    });
  }

  test('the address of a step typed into an open page opens its own state, too', async () => {
    await fresh('#/lab?seed=7&engine=qnnpack');
    await at().goto(`${story.server.url}#/story?page=3`);
    await onStep(3);
    await OWN[3]();
  });

  test('a page number that no step has is told, and the page stays whole', async () => {
    await fresh('#/story?page=11');
    assert.match(await at().text('#notice'), /page: 11 is out of range/);
    assert.equal(await at().count('#step-title'), 1);
  });

  test('a change brings “Start this step again”, which restores the step', async () => {
    await fresh('#/story?page=2');
    assert.equal(await at().count('#step-again'), 0);
    await at().fill('input[name="x_zp"]', '100');
    await story.reads('#cursor', 'x = 2: code 180');
    await at().click('#step-again');
    await story.reads('#cursor', 'x = 2: code 200');
    assert.equal(await at().value('input[name="x_zp"]'), '120');
    await at().until('no button', async () => (await at().count('#step-again')) === 0);
  });

  test('reload keeps the step and what was set in it', async () => {
    await fresh('#/story?page=7&room=3&theme=dark');
    await at().keys('#figure', Key.ARROW_RIGHT, Key.ARROW_RIGHT);
    const cursor = await story.reads('#cursor', /code 102/);
    await at().reload();
    await onStep(7);
    await story.reads('#cursor', cursor);
    assert.match(await at().hash(), /room=3/);
    assert.equal(await at().run('return document.documentElement.dataset.theme'), 'dark');
  });

  test('“Open this in the Lab” has the same state on the engine that shows the effect, and Back returns', async () => {
    await fresh('#/story?page=8');
    await at().slide('.step-controls input[name="at-slider"]', 3);
    const cursor = await story.reads('#cursor', /^x = [23]\.\d+/);
    await story.reads('#summary', /^Output 7 with FBGEMM \(VNNI\) has no kink/);
    await at().click('#to-lab');
    await story.reads('#figure-title', 'Output 7');
    assert.match(await at().hash(), /^#\/lab\?/);
    await story.reads('#summary', /^Output 7 with FBGEMM \(AVX2\) bends/);
    assert.equal((await at().text('#cursor')).split(':')[0], cursor.split(':')[0]);
    assert.equal(await at().run("return document.querySelector('input[name=reduce_range]').checked"), true);
    await at().back();
    await onStep(8);
    await story.reads('#cursor', cursor);
  });

  test('Back to the story begins nothing anew, also after a preset was followed in the Lab', async () => {
    await fresh('#/story?page=8');
    await at().click('#to-lab');
    await story.reads('#figure-title', 'Output 7');
    await at().click('#presets summary');
    await at().click('#presets a[data-preset="one-pair"]');
    await story.reads('#figure-title', 'Output 0');
    await at().back();
    await story.reads('#figure-title', 'Output 7');
    await at().back();
    await onStep(8);
    // What happens once a view is drawn has happened when the next frame is.
    await at().run('return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))');
    assert.equal(await at().run("return document.activeElement.matches('h2')"), false);
  });

  test('the Lab begins at its top with the focus on its heading, from a click and a key, wide and narrow', async () => {
    for (const size of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      await at().resize(size);
      for (const way of ['click', 'key']) {
        await fresh('#/story?page=5');
        await at().run("document.querySelector('#to-lab').scrollIntoView({ block: 'center', behavior: 'instant' })");
        const down = await at().run('return scrollY');
        if (way === 'click') await at().click('#to-lab');
        else await at().keys('#to-lab', Key.ENTER);
        await at().until('the heading’s focus', "return document.activeElement?.id === 'figure-title'");
        assert.equal(await at().run('return scrollY'), 0, `${way}, ${size.width} px wide, from ${down}`);
        const title = await at().box('#figure-title');
        assert.ok(title.y >= 0 && title.y + title.height <= size.height, JSON.stringify(title));
        await story.reads('#summary', /^Output 0 with FBGEMM \(AVX2\) bends/);
      }
      // A way out is a link to the Lab, too. Back is where the reader was.
      await fresh('#/story?page=10');
      await at().click('#fixes li:last-child a');
      await at().until('the heading’s focus', "return document.activeElement?.id === 'figure-title'");
      assert.equal(await at().run('return scrollY'), 0);
      await at().back();
      await onStep(10);
      assert.notEqual(await at().run('return document.activeElement?.id'), 'step-title');
    }
    await at().resize({ width: 1280, height: 900 });
  });

  test('every way out of step 10 opens in the Lab with what the step says of it', async () => {
    await fresh('#/story?page=10');
    const rows = await at().texts('#fixes .fix-head');
    assert.match(rows.join('\n'), /Leave it as it is\s*11 kinks, up to 84 codes off[\s\S]*reduce_range for activations\s*no kink left, up to 2\.6 codes off[\s\S]*7-bit weights\s*no kink left, up to 2 codes off/);
    const links = await at().run("return [...document.querySelectorAll('#fixes .source a')].map((a) => a.getAttribute('href'))");
    assert.equal(links.length, rows.length);
    for (const [index, link] of links.entries()) {
      const { outputs } = await story.evaluate(link);
      const seen = outputs.flatMap(({ kinks }) => kinks).filter(({ sentence }) => !/It is /.test(sentence)).length;
      const said = /no kink/.test(rows[index]) ? 0 : Number(/(\d+) kinks?/.exec(rows[index])[1]);
      assert.equal(seen, said, rows[index]);
    }
  });

  for (const [name, size] of /** @type {const} */ ([
    ['a phone', { width: 360, height: 740 }],
    ['320 px', { width: 320, height: 640 }],
  ])) {
    test(`on ${name} text, figure and question follow each other, and nothing leaves the page`, async () => {
      await at().resize(size);
      for (let number = 1; number <= 10; number += 1) {
        await fresh(`#/story?page=${number}`);
        await onStep(number);
        const [text, figure, ask] = await story.boxes('.step', '.story-figure', '.ask');
        // The mystery comes before any word.
        const [above, below] = number === 1 ? [figure, text] : [text, figure];
        assert.ok(above.bottom <= below.top && below.bottom <= ask.top, `step ${number}: ${JSON.stringify([text, figure, ask])}`);
        assert.deepEqual(await story.overflow(), { over: 0, wide: [], scrolled: [] }, `step ${number}`);
      }
      await at().resize({ width: 1280, height: 900 });
    });
  }

  for (const [name, size] of /** @type {const} */ ([
    ['1280 px', { width: 1280, height: 800 }],
    ['1920 px', { width: 1920, height: 1080 }],
  ])) {
    test(`on a projector of ${name} nothing is scrolled sideways, and the figure fits the window`, async () => {
      await at().resize(size);
      for (let number = 1; number <= 10; number += 1) {
        await fresh(`#/story?page=${number}&theme=projector`);
        await onStep(number);
        assert.deepEqual(await story.overflow(), { over: 0, wide: [], scrolled: [] }, `step ${number}`);
        const { scrolls } = await at().run(
          `const figure = document.querySelector('.story-figure');
           return { scrolls: getComputedStyle(figure).position === 'sticky' && figure.scrollHeight > figure.clientHeight + 1 };`,
        );
        assert.equal(scrolls, false, `the figure of step ${number} is higher than the window`);
      }
      await at().resize({ width: 1280, height: 900 });
    });
  }

  // Only Chromium shows a page as it prints.
  if (story.browser === 'chromium') test('on print the step, its figure and its questions, and nothing that one presses', async () => {
    await fresh('#/story?page=4');
    const media = (name) => at().driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: name });
    await media('print');
    const shown = (selector) => at().run('return document.querySelector(arguments[0])?.checkVisibility() ?? false', selector);
    for (const selector of ['#step-title', '.step > p', 'canvas.ramp', '#question-bend legend']) assert.equal(await shown(selector), true, selector);
    for (const selector of ['.progress', '#next-step', '#to-lab', '#question-bend button', '.mini-figure', '.step-controls', '.toolbar']) {
      assert.equal(await shown(selector), false, selector);
    }
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
