import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Sandbox, startSandbox } from '../../electron/sandbox';
import type { SandboxReady } from '../../electron/sandbox/worker';
import { findEndpoint } from '../../shared/catalogue';
import { gatherEvidence, itemsOf, sirensOfBatch } from './batch-evidence';
import { bundleProgram, runAndKill, runToEnd } from './killed-process';

const KILLS = 8;
const LONGEST_LIFE_MS = 250;
const WINDOW_MS = 1_000;
const LIMIT = 2_000;
/** The pipeline itself insists once: both calls fail, and the one at the end of the batch is answered. */
const FAILURES = 2;
/** Of one company, not of its provider's health: no breaker opens. */
const PASSING = { errors: [{ code: '01501', title: 'Erreur du fournisseur', detail: 'Indisponible', meta: { retry_in: 1 } }] };

let script: string;
let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  script = await bundleProgram('batch-runner-process');
  sandbox = await startSandbox({ windowMs: WINDOW_MS, limits: { data: LIMIT, documents: LIMIT }, ipLimit: 100_000, refusalsBeforeBan: 100_000, latencyMs: 20, knowsEverySiren: true });
  const path = findEndpoint('insee.unite_legale.v4')?.path ?? '';
  for (let rank = 0; rank < KILLS; rank += 1) {
    for (const siren of sirensOfBatch(rank)) sandbox.control.addFault({ path: path.replace(/\{\w+\}/, siren), times: FAILURES, effect: { kind: 'status', status: 502, body: PASSING } });
  }
  folder = mkdtempSync(join(tmpdir(), 'last-tries-chaos-'));
});
afterAll(async () => {
  await sandbox.close();
  for (const path of [script, folder]) rmSync(path, { recursive: true, force: true });
});

describe('batches killed while their failures are called once more', () => {
  it(`lose no call and make none twice without saying so, over ${KILLS} kills`, async () => {
    const { apiUrl, searchUrl, controlUrl, controlSecret, tokens } = sandbox;
    const service = JSON.stringify({ apiBaseUrl: apiUrl, searchBaseUrl: searchUrl, controlUrl, controlSecret, token: tokens.complete } satisfies SandboxReady);
    for (let kill = 0; kill < KILLS; kill += 1) await runAndKill(script, folder, LONGEST_LIFE_MS, service, String(WINDOW_MS), 'last-tries');
    const leftByKill = itemsOf(folder).filter(({ state }) => state !== 'answered').length;
    expect(await runToEnd(script, folder, service, String(WINDOW_MS), 'finish')).toBe(0);

    const { items, repeats, missing, untraced, double } = gatherEvidence(folder, sandbox, FAILURES + 1);
    console.log(
      `${KILLS} kills in the last tries, ${items.length} calls, ${leftByKill} left by the last kill, ${repeats.size} announced repetitions, ` +
        `missing ${missing.length}, untraced ${untraced.length}, double ${double.length}`,
    );
    expect(missing).toEqual([]);
    expect(untraced).toEqual([]);
    expect(double).toEqual([]);
    // The kills did fall among calls.
    expect(repeats.size).toBeGreaterThan(0);
  });
});
