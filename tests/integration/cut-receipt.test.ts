import { cpSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SIREN = '299031112';

let host: TestHost;
let killed: TestHost;

beforeAll(async () => {
  await bundleWorkers();
  host = createTestHost();
});
afterAll(() => {
  host.remove();
  killed.remove();
  removeWorkers();
});

/** What a process killed before the record of its document leaves on disk. */
function copyAsKilled(): TestHost {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-killed-'));
  cpSync(host.folder, folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'data', 'instruire.db'));
  database.exec('DELETE FROM documents');
  database.close();
  return createTestHost({ folder });
}

async function receiptsAfterStart(): Promise<readonly string[]> {
  const station = await Workstation.start(killed);
  await station.ask('session.signIn', { login: account.login, password: account.password });
  const { lines } = await station.ask('journal.search', { filter: { kind: 'all', identifier: SIREN }, limit: 50 });
  await station.stop();
  const receipts = lines.filter(({ event }) => event === 'document.fetched').reverse();
  return receipts.map(({ outcome, agentName, detail }) => `${outcome}, ${agentName}: ${detail?.slice(0, 12)}`);
}

it('tells once, after « reçu », that a document whose record a kill prevented was not kept', async () => {
  const station = await Workstation.start(host);
  await station.openFirstAccount();
  const dossierId = await station.openDossier(SIREN);
  const state = await station.consult(dossierId, 'urssaf.attestation_vigilance.v4', SIREN);
  if (state.step !== 'answered') throw new Error(state.error.message);
  await station.fetchDocument(state.answer.consultationId, state.answer.documents[0]?.pointer ?? '');
  killed = copyAsKilled();
  await station.stop();
  const told = [expect.stringMatching(`^success, ${account.displayName}`), `failure, ${account.displayName}: Non conservé`];
  expect(await receiptsAfterStart()).toEqual(told);
  expect(await receiptsAfterStart()).toEqual(told);
  expect(readdirSync(join(killed.folder, 'data', 'documents'))).toEqual([]);
});
