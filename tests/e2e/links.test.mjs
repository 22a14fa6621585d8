// The checker of links between texts finds what is broken, and only that.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorsOf, brokenLinks } from '../../tools/dev/links.mjs';

const broken = (texts) => brokenLinks(
  Object.keys(texts).filter((name) => /\.(md|html)$/.test(name)),
  (name) => texts[name],
  (name) => name in texts || Object.keys(texts).some((one) => one.startsWith(`${name}/`)),
);

test('a link leads to a file, a folder or a heading', () => {
  assert.deepEqual(broken({
    'README.md': '# A\n[b](docs/b.md#two-words) ![p](docs/p.png "title") [d](docs) [here](#a) [r]\n\n[r]: docs/b.md#two-words-1\n',
    'docs/b.md': 'Two words\n---------\n[up](../README.md#a)\n## Two *words*\n<a id="own"></a>[own](#own)\n',
    'docs/p.png': '',
  }), []);
});

test('what is broken is told with its place', () => {
  assert.deepEqual(broken({
    'README.md': 'first\n[no](docs/no.md) and [b](docs/b.md#none)\n\n[r]: gone.md\n',
    'docs/b.md': '# One\n[a](README.md)\n[b](#two)\n',
    'index.html': '<a href="docs/b.md"></a>\n<img src="gone.svg"><a href="#place"></a>',
  }), [
    'README.md:2: docs/no.md leads to no file',
    'README.md:2: docs/b.md#none: docs/b.md has no such heading or id',
    'README.md:4: gone.md leads to no file',
    'docs/b.md:2: README.md leads to no file',
    'docs/b.md:3: #two: docs/b.md has no such heading or id',
    'index.html:2: gone.svg leads to no file',
    'index.html:2: #place: index.html has no such heading or id',
  ]);
});

test('the network, the app, code and what the build makes are left out', () => {
  assert.deepEqual(broken({
    'README.md': '[a](https://example.org/x.md) [b](mailto:a@b) [s](#/lab) [d](dist/element.js)\n```md\n[c](gone.md)\n```\nand `[c](gone.md)`\n',
    'index.html': '<script src="rampscope.js"></script><script src="loader.js"></script><a href="">again</a>',
    'www/loader.js': '',
  }), []);
});

test('headings are named as GitHub names them', () => {
  assert.deepEqual(
    [...anchorsOf('a.md', '# The `code`, and more: *two*!\n## [A link](b.md) – über_all\n```\n# no heading\n```\n')],
    ['the-code-and-more-two', 'a-link--über_all'],
  );
});
