import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { issueToken } from '../../electron/sandbox';
import { launchApp, removeUserData, type RunningApp, waitUntilReady } from '../support/app';
import { runMainJob } from '../support/main-job';
import { filesHolding, holds } from '../support/search-bytes';
import { addCompany, consultAll, createDossier, goTo } from '../support/steps';

const canary = issueToken({ uid: randomUUID(), sub: 'canari' });
const [header = '', payload = '', signature = ''] = canary.split('.');
/** Any part of the canary; any token of the sandbox, by its header; any document link. */
const needles = { token: canary, payload: payload.slice(0, 60), signature, header, link: '/proxy/files/' };
const control = 'temoin-du-canari';

interface Evidence {
  /** What each picture shows, as text; errors included. */
  readonly screens: string[];
  /** What the application writes to the terminal. */
  readonly terminal: Buffer[];
}

test('neither a token nor a document link is anywhere after a full run', async () => {
  test.setTimeout(300_000);
  const running = await launchApp();
  const exportsFolder = mkdtempSync(join(tmpdir(), 'instruire-canary-'));
  const evidence = collect(running);
  const logs = await running.app.evaluate(({ app }) => app.getPath('logs'));
  try {
    await waitUntilReady(running.window);
    await runMainJob(running, { folder: exportsFolder, picture: () => keepScreen(running.window, evidence), say: () => undefined });
    await serveWithCanary(running, evidence);
    await workWithCanary(running, evidence);
    await meetErrors(running, evidence);
    const heap = await rendererHeap(running.window);
    expect(findingsIn('screens', Buffer.from(evidence.screens.join('\n')))).toEqual([]);
    expect(findingsIn('terminal', Buffer.concat(evidence.terminal))).toEqual([]);
    expect(findingsIn('renderer heap', heap)).toEqual([]);
    // The search finds what is really there.
    expect(evidence.screens.join('\n')).toContain(control);
    expect(holds(heap, control)).toBe(true);
  } finally {
    await running.close();
  }
  checkFolder(logs);
  checkFolder(running.userData);
  expect(filesHolding(running.userData, control)).not.toEqual([]);
  checkFolder(exportsFolder);
  expect(filesHolding(exportsFolder, 'MAPA-2026-014')).not.toEqual([]);
  removeUserData(running.userData);
  removeUserData(exportsFolder);
});

test('the search for the canary finds it where it is planted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-canary-control-'));
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', 'utf8'), `x${canary}x`);
  writeFileSync(join(folder, 'utf16'), Buffer.from(`x${canary}x`, 'utf16le'));
  expect(filesHolding(folder, needles.payload)).toHaveLength(2);
  expect(findingsIn('a planted link', Buffer.from('http://127.0.0.1:1/proxy/files/abc'))).toEqual(['a planted link: link']);
  removeUserData(folder);
});

function collect({ app }: RunningApp): Evidence {
  const terminal: Buffer[] = [];
  app.process().stdout?.on('data', (chunk: Buffer) => terminal.push(chunk));
  app.process().stderr?.on('data', (chunk: Buffer) => terminal.push(chunk));
  return { screens: [], terminal };
}

/** Text, and everything that only the page's code shows: attributes, fields, titles. */
async function keepScreen(window: Page, { screens }: Evidence): Promise<void> {
  const fields = await window.locator('input, textarea').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  screens.push(await window.locator('body').innerText(), await window.content(), fields.join('\n'));
}

/** Pasted as a responsable does; its test makes it serve in place of the former one. */
async function serveWithCanary({ window, sandbox }: RunningApp, evidence: Evidence): Promise<void> {
  await goTo(window, 'Habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button').first().click();
  await window.getByLabel(/Coller le jeton/).fill(canary);
  await window.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await window.getByRole('button', { name: 'Tester le nouveau jeton' }).click();
  await expect(window.getByRole('button', { name: 'Tester le jeton' })).toBeVisible();
  await keepScreen(window, evidence);
  await sandbox('DELETE /requests');
}

async function workWithCanary({ window, sandbox }: RunningApp, evidence: Evidence): Promise<void> {
  await createDossier(window, { title: 'Deuxième dossier', object: control });
  await addCompany(window, 'horizons dessinés');
  await consultAll(window);
  await keepScreen(window, evidence);
  const requests = (await sandbox('GET /requests')) as { tokenKey: string | null; status: number; path: string }[];
  const tokenKey = createHash('sha256').update(canary).digest('hex');
  const answered = requests.filter(({ path, status }) => status === 200 && !path.includes('/proxy/'));
  expect(answered.length).toBeGreaterThan(5);
  expect(new Set(answered.map((request) => request.tokenKey))).toEqual(new Set([tokenKey]));
}

/** A failed download, then a refused token: what is said of them says nothing of the secrets. */
async function meetErrors({ window, sandbox }: RunningApp, evidence: Evidence): Promise<void> {
  await sandbox('POST /faults', { path: '/proxy/files/', effect: { kind: 'status', status: 500 } });
  await window.getByRole('button', { name: /^Télécharger : / }).first().click();
  await expect(window.getByRole('listitem').getByRole('button', { name: /^Reprendre : / }).first()).toBeVisible({ timeout: 60_000 });
  await keepScreen(window, evidence);
  await sandbox('DELETE /faults');
  await goTo(window, 'Habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button').first().click();
  await window.getByLabel(/Coller le jeton/).fill(`${header}.${payload}`);
  await window.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(window.getByText(/n’est pas un jeton API Entreprise/)).toBeVisible();
  await keepScreen(window, evidence);
  await goTo(window, 'Historique');
  await expect(window.getByRole('row').nth(2)).toBeVisible();
  await keepScreen(window, evidence);
}

/** Every string that the page's engine still holds, after it has collected its garbage. */
async function rendererHeap(window: Page): Promise<Buffer> {
  const session = await window.context().newCDPSession(window);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return Buffer.from(chunks.join(''));
}

function findingsIn(place: string, bytes: Buffer): string[] {
  return Object.entries(needles).flatMap(([name, text]) => (holds(bytes, text) ? [`${place}: ${name}`] : []));
}

function checkFolder(folder: string): void {
  for (const [name, text] of Object.entries(needles)) {
    expect(filesHolding(folder, text).map((path) => `${name} in ${path}: ${readFileSync(path).length}`)).toEqual([]);
  }
}
