// Reads `cargo metadata` and prints the integration tests that exist only with the page's features, as
// arguments of `cargo test`; those of the command line run without them. For ./dev.

import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(0, 'utf8'));
for (const { name, kind, 'required-features': needs } of packages[0].targets) {
  if (kind[0] === 'test' && needs && !needs.includes('cli')) console.log(`--test=${name}`);
}
