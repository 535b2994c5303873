// Builds the bundles of vite.config.ts: all of them, or those named on the command line.
import { build } from 'vite';

import { projectRoot } from './runtime/paths.mjs';

const TARGETS = ['renderer', 'preload', 'main'];

export async function buildAll(targets = TARGETS) {
  // Whatever is around says (a test runner's NODE_ENV=test gives a page that does not start): this is what users get.
  process.env.NODE_ENV = 'production';
  for (const mode of targets) {
    await build({ configFile: `${projectRoot}/vite.config.ts`, mode, logLevel: 'warn' });
  }
}

if (process.argv[1]?.endsWith('build.mjs')) {
  const named = process.argv.slice(2);
  await buildAll(named.length > 0 ? named : TARGETS);
}
