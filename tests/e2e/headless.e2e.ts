import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { sandboxCompanies } from '../../electron/sandbox';
import { electronCommand, removeUserData } from '../support/app';
import { prepareService } from '../support/service-account';

test('a list in, its answers out, without a window', async () => {
  test.setTimeout(180_000);
  const userData = mkdtempSync(join(tmpdir(), 'instruire-headless-'));
  const { secretFile, dossierId, options: accountOptions } = await prepareService({ userData });
  const list = join(userData, 'fournisseurs.csv');
  writeFileSync(list, sandboxCompanies().flatMap(({ siren }) => siren ?? []).slice(0, 20).join('\n'));
  const run = async (): Promise<{ code: number | null; output: string }> => {
    const { executable, args, env } = await electronCommand({ userData });
    const options = ['--lot', list, '--dossier', dossierId, '--sortie', join(userData, 'sortie'), '--jeu', 'insee.unite_legale.v4', ...accountOptions];
    const child = spawn(executable, [...args, ...options], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  };
  expect(await run()).toMatchObject({ code: 0 });
  const lines = readFileSync(join(userData, 'sortie', 'resultats.jsonl'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(20);
  chmodSync(secretFile, 0o644);
  const refused = await run();
  expect(refused.code).toBe(2);
  expect(refused.output).toContain('"exitCode":2');
  removeUserData(userData);
});
