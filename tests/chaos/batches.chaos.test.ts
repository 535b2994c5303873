import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Sandbox, startSandbox } from '../../electron/sandbox';
import type { SandboxReady } from '../../electron/sandbox/worker';
import { gatherEvidence } from './batch-evidence';
import { bundleProgram, runAndKill, runToEnd } from './killed-process';

const KILLS = 100;
const LONGEST_LIFE_MS = 700;
const WINDOW_MS = 1_000;
/** Wide enough for kills to fall among calls, not among waits. */
const LIMIT = 2_000;

let script: string;
let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  script = await bundleProgram('batch-runner-process');
  const limits = { data: LIMIT, documents: LIMIT };
  sandbox = await startSandbox({ windowMs: WINDOW_MS, limits, ipLimit: 100_000, refusalsBeforeBan: 100_000, latencyMs: 5, knowsEverySiren: true });
  folder = mkdtempSync(join(tmpdir(), 'batches-chaos-'));
});
afterAll(async () => {
  await sandbox.close();
  for (const path of [script, folder]) rmSync(path, { recursive: true, force: true });
});

describe('batches killed at random points', () => {
  it(`lose no call and make none twice without saying so, over ${KILLS} kills`, async () => {
    const { apiUrl, searchUrl, controlUrl, controlSecret, tokens } = sandbox;
    const service = JSON.stringify({ apiBaseUrl: apiUrl, searchBaseUrl: searchUrl, controlUrl, controlSecret, token: tokens.complete } satisfies SandboxReady);
    for (let kill = 0; kill < KILLS; kill += 1) await runAndKill(script, folder, LONGEST_LIFE_MS, service, String(WINDOW_MS));
    expect(await runToEnd(script, folder, service, String(WINDOW_MS), 'finish')).toBe(0);

    const { items, repeats, lostAnswers, requestsInAll, missing, untraced, unknown, double } = gatherEvidence(folder, sandbox, 1);
    const repeatedInAll = [...repeats.values()].reduce((sum, one) => sum + one, 0);
    console.log(
      `${KILLS} kills, ${items.length} calls, ${requestsInAll} requests served, ${repeatedInAll} announced repetitions (${lostAnswers} after a lost answer), ` +
        `${unknown.length} twice unknown, missing ${missing.length}, untraced ${untraced.length}, double ${double.length}`,
    );
    expect(missing).toEqual([]);
    expect(untraced).toEqual([]);
    expect(double).toEqual([]);
    // The kills did fall among calls, and calls do get through.
    expect(repeatedInAll).toBeGreaterThan(0);
    expect(items.length).toBeGreaterThan(KILLS);
  });
});
