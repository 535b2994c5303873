import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { sandboxCompanies } from '../../electron/sandbox';
import { electronCommand, launchApp, removeUserData, waitUntilReady } from '../support/app';
import { account } from '../support/workstation';

const LOGIN = 'lots-de-nuit';

async function call<T>(page: Page, channel: string, input: unknown): Promise<T> {
  const result = await page.evaluate(([name, value]) => window.instruire.call(name, value), [channel, input] as const);
  if (!result.ok) throw new Error(`${channel}: ${result.error.message}`);
  return result.value as T;
}

/** What the responsable does once, on screen: a service account, a dossier. */
async function prepare(userData: string): Promise<{ readonly secret: string; readonly dossierId: string }> {
  const running = await launchApp({ userData });
  try {
    await waitUntilReady(running.window);
    await call(running.window, 'session.createFirstAccount', account);
    const { temporaryPassword: secret } = await call<{ temporaryPassword: string }>(running.window, 'agents.create', {
      ...{ login: LOGIN, displayName: 'Lots de nuit', organisation: account.organisation, role: 'service' },
    });
    const [habilitation] = await call<{ id: string; contexts: string[]; recipients: string[] }[]>(running.window, 'habilitations.list', undefined);
    const { id: dossierId } = await call<{ id: string }>(running.window, 'dossiers.create', {
      ...{ title: 'Marché de nuit', habilitationId: habilitation?.id, useCase: 'marches_publics', object: 'MP-2026-014' },
      ...{ context: habilitation?.contexts[0], recipient: habilitation?.recipients[0] },
    });
    return { secret, dossierId };
  } finally {
    await running.close();
  }
}

test('a list in, its answers out, without a window', async () => {
  test.setTimeout(180_000);
  const userData = mkdtempSync(join(tmpdir(), 'instruire-headless-'));
  const { secret, dossierId } = await prepare(userData);
  const list = join(userData, 'fournisseurs.csv');
  writeFileSync(list, sandboxCompanies().flatMap(({ siren }) => siren ?? []).slice(0, 20).join('\n'));
  const secretFile = join(userData, 'secret');
  writeFileSync(secretFile, secret, { mode: 0o600 });
  const run = async (...more: readonly string[]): Promise<{ code: number | null; output: string }> => {
    const { executable, args, env } = await electronCommand({ userData });
    const options = ['--lot', list, '--dossier', dossierId, '--sortie', join(userData, 'sortie'), '--compte', LOGIN, '--jeu', 'insee.unite_legale.v4'];
    const child = spawn(executable, [...args, ...options, ...more], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  };
  expect(await run('--secret', secretFile)).toMatchObject({ code: 0 });
  const lines = readFileSync(join(userData, 'sortie', 'resultats.jsonl'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(20);
  chmodSync(secretFile, 0o644);
  const refused = await run('--secret', secretFile);
  expect(refused.code).toBe(2);
  expect(refused.output).toContain('"exitCode":2');
  removeUserData(userData);
});
