// `npm test`: types, lint, boundaries, unit, contract, security, chaos, end-to-end in the real window.
// Closes with one plain line: N passed, N failed.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { buildAll } from './build.mjs';
import { runBounded, runInDesktop } from './runtime/desktop.mjs';
import { findElectron } from './runtime/electron.mjs';
import { projectRoot } from './runtime/paths.mjs';
import { ensureSystemPackages } from './runtime/system-packages.mjs';

const MINUTE_MS = 60_000;
const results = join(projectRoot, 'test-results');
const bin = (path) => [process.execPath, join(projectRoot, 'node_modules', path)];
const tally = { passed: 0, failed: 0, skipped: 0 };

function count(passed, failed, skipped = 0) {
  tally.passed += passed;
  tally.failed += failed;
  tally.skipped += skipped;
}

/** A check that passes or fails as one. */
async function check(name, command, timeoutMs = 5 * MINUTE_MS) {
  console.log(`\n— ${name}`);
  const code = await runBounded(command, { timeoutMs });
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1);
  if (code !== 0) console.log(`✗ ${name} (exit ${code})`);
}

async function vitest(project, timeoutMs, runIn = runBounded) {
  console.log(`\n— vitest: ${project}`);
  const report = join(results, `${project}.json`);
  const code = await runIn(
    [...bin('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { timeoutMs },
  );
  countReport(report, code, (json) => [json.numPassedTests, json.numFailedTests, json.numPendingTests]);
}

async function endToEnd() {
  console.log('\n— end to end, in the real window');
  ensureSystemPackages(['poppler-utils', 'unzip', 'x11-utils', 'at-spi2-core', 'python3-gi', 'gir1.2-atspi-2.0']);
  await findElectron();
  const report = join(results, 'e2e.json');
  const code = await runInDesktop(
    [...bin('@playwright/test/cli.js'), 'test', '--config', join(projectRoot, 'tests/e2e/playwright.config.ts'), '--project', 'e2e'],
    { timeoutMs: 40 * MINUTE_MS, env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  countReport(report, code, ({ stats }) => [stats.expected + stats.flaky, stats.unexpected, stats.skipped]);
}

/** A runner that fails without a failed test (crash, time bound, suite that does not load) counts as one failure. */
function countReport(report, code, read) {
  try {
    const [passed, failed, skipped] = read(JSON.parse(readFileSync(report, 'utf8')));
    count(passed, code !== 0 && failed === 0 ? 1 : failed, skipped);
  } catch {
    console.log(`✗ no report at ${report} (exit ${code})`);
    count(0, 1);
  }
}

async function main() {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await check('types: main, shared, tests', [...bin('typescript/bin/tsc'), '-p', 'tsconfig.node.json']);
  await check('types: renderer', [...bin('typescript/bin/tsc'), '-p', 'tsconfig.web.json']);
  await check('lint', [...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']);
  await check('boundaries', [...bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'electron', 'renderer', 'shared']);
  await check('known weaknesses of dependencies', [process.execPath, join(projectRoot, 'scripts/audit.mjs')], 2 * MINUTE_MS);
  await vitest('unit', 25 * MINUTE_MS);
  await vitest('contract', 5 * MINUTE_MS);
  await vitest('security', 10 * MINUTE_MS);
  await buildAll();
  await vitest('chaos', 20 * MINUTE_MS);
  await endToEnd();
  await vitest('packed', 6 * MINUTE_MS, runInDesktop);
}

try {
  await main();
} catch (error) {
  console.error(error);
  count(0, 1);
}
console.log(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
