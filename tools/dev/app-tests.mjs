// Reads `cargo metadata` and prints the integration tests that exist only with the page's features, which
// are the default ones, as arguments of `cargo test`. For ./dev.

import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(0, 'utf8'));
const { features, targets } = packages[0];
/** Features that come with the default ones. */
const given = new Set(features.default);
for (const feature of given) for (const other of features[feature] ?? []) given.add(other);
for (const { name, kind, 'required-features': needs } of targets) {
  if (kind[0] === 'test' && needs?.every((feature) => given.has(feature))) console.log(`--test=${name}`);
}
