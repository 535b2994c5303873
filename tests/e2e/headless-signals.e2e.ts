import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { type Sandbox, startSandbox } from '../../electron/sandbox';
import { electronCommand, projectRoot, removeUserData } from '../support/app';
import { prepareService } from '../support/service-account';
import { madeUpSirens } from '../support/sirens';

const LINES = 120;
const LATENCY_MS = 1_000;

let sandbox: Sandbox;
let folder: string;
let appFolder: string;

test.beforeEach(async () => {
  sandbox = await startSandbox({ knowsEverySiren: true, latencyMs: LATENCY_MS });
  folder = mkdtempSync(join(tmpdir(), 'instruire-signals-'));
  appFolder = appOn(sandbox);
});
test.afterEach(async () => {
  await sandbox.close();
  rmSync(appFolder, { recursive: true, force: true });
  removeUserData(folder);
});

/** The built app, its embedded service replaced by one that outlives it and keeps its own log. */
function appOn({ apiUrl, searchUrl, controlUrl, controlSecret, tokens }: Sandbox): string {
  const copy = mkdtempSync(join(tmpdir(), 'instruire-app-'));
  cpSync(join(projectRoot, 'package.json'), join(copy, 'package.json'));
  cpSync(join(projectRoot, 'dist'), join(copy, 'dist'), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  const service = { apiBaseUrl: apiUrl, searchBaseUrl: searchUrl, controlUrl, controlSecret, token: tokens.complete };
  const worker = `const { parentPort } = require('node:worker_threads'); parentPort.postMessage(${JSON.stringify(service)}); parentPort.on('message', () => undefined);`;
  writeFileSync(join(copy, 'dist/main/sandbox-worker.cjs'), worker);
  return copy;
}

interface Ended {
  readonly code: number | null;
  readonly last: { readonly event: string; readonly exitCode: number; readonly message: string; readonly answered: number; readonly waiting: number; readonly running: number };
}

type Act = (batch: ChildProcess) => unknown;

/** Runs the command; `act` is done once, as more than `beyond` calls are answered. */
async function run(args: readonly string[], act?: Act, beyond = 0): Promise<Ended> {
  const { executable, args: switches, env } = await electronCommand({ userData: folder, appFolder });
  const child: ChildProcess = spawn(executable, [...switches, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let acted: unknown;
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    const answered = [...output.matchAll(/"answered":(\d+)/g)].map(([, count]) => Number(count)).at(-1) ?? 0;
    if (answered > beyond) acted ??= act?.(child);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  await acted;
  return { code, last: JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Ended['last'] };
}

function batchArgs({ dossierId, options }: Awaited<ReturnType<typeof prepareService>>): readonly string[] {
  const list = join(folder, 'fournisseurs.csv');
  writeFileSync(list, madeUpSirens(300_000_000, LINES).join('\n'));
  return ['--lot', list, '--dossier', dossierId, '--sortie', join(folder, 'sortie'), '--jeu', 'insee.unite_legale.v4', ...options];
}

test('a window asked for while a batch runs without one says why it does not come, and the batch goes on', async () => {
  const args = batchArgs(await prepareService({ userData: folder, appFolder }));
  const { executable, args: switches, env } = await electronCommand({ userData: folder, appFolder });
  const windows = () => spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).stdout;
  const { code, last } = await run(args, async (batch) => {
    const asked = spawn(executable, switches, { env: { ...env, TMPDIR: folder }, stdio: 'ignore' });
    try {
      await expect.poll(windows, { timeout: 30_000 }).toMatch(/"Instruire": \(/);
    } finally {
      asked.kill('SIGKILL');
      batch.kill('SIGTERM');
    }
  });
  expect({ code, ...last }).toMatchObject({ code: 4, message: expect.stringMatching(/^Interrompu après \d+ appels/) as unknown });
});

test('a signal stops a batch without a window where it is, and the next call goes on from there', async () => {
  test.setTimeout(240_000);
  const args = batchArgs(await prepareService({ userData: folder, appFolder }));
  sandbox.control.clearRequests();

  let answered = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { code, last } = await run(args, (batch) => batch.kill(signal), answered);
    expect(code).toBe(4);
    expect(last).toMatchObject({ event: 'ended', exitCode: 4, running: 0 });
    expect(last.message).toMatch(new RegExp(`^Interrompu après ${last.answered} appels sur ${LINES} `));
    expect(last.answered).toBeGreaterThan(answered);
    expect(last.waiting).toBe(LINES - last.answered);
    ({ answered } = last);
  }
  expect(await run(args)).toMatchObject({ code: 0, last: { answered: LINES } });

  const received = sandbox.requestLog().filter(({ path, status }) => path.startsWith('/v4/insee') && status !== 429).map(({ path }) => path);
  expect(new Set(received).size).toBe(LINES);
  expect(received).toHaveLength(LINES);
  expect(readFileSync(join(folder, 'sortie', 'resultats.jsonl'), 'utf8').trim().split('\n')).toHaveLength(LINES);
});
