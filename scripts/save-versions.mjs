// `node scripts/save-versions.mjs`: writes again what the first release kept, from which the tests of migrations start.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { rolldown } from 'rolldown';

import { projectRoot } from './runtime/paths.mjs';

const script = join(projectRoot, '.cache/save-versions.mjs');
const bundle = await rolldown({ input: join(projectRoot, 'tests/support/versions/save.ts'), platform: 'node', external: ['@photostructure/sqlite'], logLevel: 'silent' });
await bundle.write({ file: script, format: 'esm', codeSplitting: false });
await bundle.close();
const { keychainOf, saveVersion1 } = await import(pathToFileURL(script).href);

const folder = join(projectRoot, 'tests/fixtures/versions/1');
const keychainKey = createHash('sha256').update('stands for a keychain, in tests only').digest();
await saveVersion1(join(folder, 'data'), keychainOf(keychainKey));
writeFileSync(join(folder, 'keychain'), keychainKey);
console.log(`Saved in ${folder}.`);
