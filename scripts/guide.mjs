// `npm run guide`: builds the app, drives its sandbox through every screen and takes the pictures of the documentation.
import { join } from 'node:path';

import { buildAll } from './build.mjs';
import { runInDesktop } from './runtime/desktop.mjs';
import { findElectron } from './runtime/electron.mjs';
import { projectRoot } from './runtime/paths.mjs';
import { ensureSystemPackages } from './runtime/system-packages.mjs';

const GUIDE_TIMEOUT_MS = 8 * 60_000;

await buildAll();
ensureSystemPackages();
await findElectron();
const playwright = join(projectRoot, 'node_modules/@playwright/test/cli.js');
process.exitCode = await runInDesktop(
  [process.execPath, playwright, 'test', '--config', join(projectRoot, 'tests/e2e/playwright.config.ts'), '--project', 'guide'],
  { timeoutMs: GUIDE_TIMEOUT_MS },
);
