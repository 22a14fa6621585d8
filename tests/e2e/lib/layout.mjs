// What a page's layout can be asked: does anything leave it, and is everything large enough to touch?

/**
 * Unfolds all that can be unfolded: groups, explanations, bits. Folded things hide what leaves the page.
 *
 * @param {import('./page.mjs').Page} page
 */
export async function unfold(page) {
  await page.run(`
    for (const one of document.querySelectorAll('details:not([open])')) one.open = true;
    for (const one of document.querySelectorAll('main [aria-expanded="false"]')) if (one.checkVisibility()) one.click();`);
  await page.frame();
}

/**
 * What makes the page scroll sideways, or sticks out of the element that should hold it: in words.
 * Inside an element that scrolls by itself anything may be wide, but that element must fit.
 *
 * @param {import('./page.mjs').Page} page
 * @returns {Promise<string[]>}
 */
export function leavers(page) {
  return page.run(`
    const name = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.getAttribute('name') ? '[' + e.getAttribute('name') + ']' : '')
      + [...e.classList].map((one) => '.' + one).join('');
    const root = document.documentElement;
    const found = [];
    if (root.scrollWidth > innerWidth) found.push('the page is ' + root.scrollWidth + ' px wide of ' + innerWidth);
    const holds = (e) => getComputedStyle(e).overflowX !== 'visible';
    for (const e of document.querySelectorAll('body *')) {
      if (!e.checkVisibility() || e.closest('.visually-hidden, option, dialog:not([open])')) continue;
      const { left, right, width } = e.getBoundingClientRect();
      if (width === 0) continue;
      let held = e.parentElement;
      while (held && !holds(held)) held = held.parentElement;
      if (held && held !== document.body && held !== root) continue;
      if (right > innerWidth + 0.5 || left < -0.5) found.push(name(e) + ': ' + Math.round(left) + ' to ' + Math.round(right) + ' of ' + innerWidth);
    }
    // What holds the others comes first; the rest is the same again.
    return found.slice(0, 8);`);
}

/**
 * What is too small for a finger: buttons, links that look like buttons, fields. Links in a line of
 * text are exempt, and a box inside a label is as large as its label.
 *
 * @param {import('./page.mjs').Page} page
 * @returns {Promise<string[]>}
 */
export function tooSmall(page, least = 44) {
  return page.run(
    `const [least] = arguments;
     const found = [];
     for (const e of document.querySelectorAll('button, select, textarea, input, summary, a[href]')) {
       if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('.visually-hidden, dialog:not([open])')) continue;
       if (e.matches('a') && getComputedStyle(e).display === 'inline') continue;
       const target = e.matches('input[type="checkbox"], input[type="radio"]') ? e.closest('label') ?? e : e;
       const { width, height } = target.getBoundingClientRect();
       if (Math.round(Math.min(width, height) * 2) / 2 < least)
         found.push((e.id || e.name || e.className || e.innerText || e.tagName) + ' (' + e.tagName.toLowerCase() + '): ' + Math.round(width) + ' × ' + Math.round(height));
     }
     return found;`,
    least,
  );
}

/**
 * Whether the pointer is a finger. Chromium only.
 *
 * @param {import('./page.mjs').Page} page
 */
export async function touch(page, on) {
  await page.driver.sendDevToolsCommand('Emulation.setTouchEmulationEnabled', { enabled: on, maxTouchPoints: on ? 5 : 1 });
}

/**
 * A finger from one place of the window to another, and off. Chromium only.
 *
 * @param {import('./page.mjs').Page} page
 * @param {number[]} from
 * @param {number[]} to
 */
export async function finger(page, from, to) {
  const send = (/** @type {string} */ type, /** @type {number[][]} */ at) =>
    page.driver.sendDevToolsCommand('Input.dispatchTouchEvent', { type, touchPoints: at.map(([x, y]) => ({ x, y })) });
  await send('touchStart', [from]);
  const steps = 8;
  for (let step = 1; step <= steps && String(from) !== String(to); step += 1) {
    await send('touchMove', [[0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * step) / steps)]);
  }
  await send('touchEnd', []);
}
