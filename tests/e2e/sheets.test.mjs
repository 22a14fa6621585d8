// A figure's style sheet goes by its column, and by nothing of the page around.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './lib/server.mjs';

const read = (name) => readFileSync(join(ROOT, 'dist', name), 'utf8');

test('no size of a figure is a part of the host page’s, or of the window', () => {
  const sheet = read('figure.css');
  // The variable that figures have another value of.
  assert.deepEqual(sheet.match(/[^{};]*\d(?:rem|vw)\b/g), ['--rem: 1rem']);
  // How high a figure may be is the window's: by its width and height together.
  assert.deepEqual(sheet.match(/@media[^{]*width[^{]*/g), ['@media(min-width:1600px)and (min-height:896px)']);
  assert.ok(sheet.match(/@container rampscope/g).length > 10);
});

test('what only the page has is not in a figure', () => {
  for (const name of ['.page-head>h1', '.brand a', '.ways-out li', '.news', '.toolbar']) {
    assert.ok(read('page.css').includes(`${name}{`), name);
    assert.ok(!read('figure.css').includes(`${name}{`), name);
  }
});
