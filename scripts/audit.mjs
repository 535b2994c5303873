// Known weaknesses of what the product carries, where a registry answers that question; its silence is said, never waited for.
import { spawnSync } from 'node:child_process';

import { projectRoot } from './runtime/paths.mjs';

const BOUND_MS = 60_000;

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: projectRoot,
  encoding: 'utf8',
  timeout: BOUND_MS,
  shell: process.platform === 'win32',
});

/** @returns {Record<string, number> | undefined} how many of each severity; undefined without an answer */
function severities() {
  try {
    return JSON.parse(stdout).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}

const found = severities();
if (!found) {
  console.log(`No audit: the registry in use does not answer it${error ? ` (${error.code ?? error.message})` : ''}. Run it again where it does.`);
} else {
  console.log(`Known weaknesses: ${found.critical} critical, ${found.high} high, ${found.moderate} moderate, ${found.low} low.`);
  process.exitCode = found.critical + found.high > 0 ? 1 : 0;
}
