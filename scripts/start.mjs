// `npm start`: builds and opens the app; without a display, runs the main job by itself under Xvfb.
import { join } from 'node:path';

import { buildAll } from './build.mjs';
import { hasDisplay, runBounded, runInDesktop } from './runtime/desktop.mjs';
import { findElectron } from './runtime/electron.mjs';
import { electronSwitches } from './runtime/switches.mjs';
import { projectRoot } from './runtime/paths.mjs';
import { ensureSystemPackages } from './runtime/system-packages.mjs';

const DEMO_TIMEOUT_MS = 5 * 60_000;

async function openWindow() {
  const { executable } = await findElectron();
  return runBounded([executable, ...electronSwitches(), projectRoot, ...process.argv.slice(2)]);
}

async function runDemo() {
  console.log('No display here: running the main job by itself in the sandbox, under Xvfb.');
  ensureSystemPackages();
  await findElectron();
  const playwright = join(projectRoot, 'node_modules/@playwright/test/cli.js');
  return runInDesktop(
    [process.execPath, playwright, 'test', '--config', join(projectRoot, 'tests/e2e/playwright.config.ts'), '--project', 'demo'],
    { timeoutMs: DEMO_TIMEOUT_MS },
  );
}

await buildAll();
process.exitCode = hasDisplay() ? await openWindow() : await runDemo();
