// `npm run pack`: an unpacked app by electron-builder, on the runtime at hand where the official one cannot be fetched.
import { dirname } from 'node:path';

import { build, Platform } from 'electron-builder';

import { buildAll } from './build.mjs';
import { findElectron } from './runtime/electron.mjs';
import { projectRoot } from './runtime/paths.mjs';

const { executable, kind } = await findElectron();
await buildAll();
const fallback = kind === 'fallback' ? { electronDist: dirname(executable), electronVersion: '25.1.1' } : {};
const artefacts = await build({
  projectDir: projectRoot,
  targets: Platform.current().createTarget('dir'),
  config: { extends: 'electron-builder.yml', ...fallback },
  publish: 'never',
});
console.log(`Packed with the ${kind} runtime.`, ...artefacts);
