import { truncateSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { openForReading } from '../../electron/journal/journal-database';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'insee.unite_legale.v4';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let dossierId: string;

beforeAll(bundleWorkers);
afterAll(removeWorkers);
beforeEach(async () => {
  host = createTestHost();
  const station = await Workstation.start(host);
  await station.openFirstAccount();
  dossierId = await station.openDossier(SIREN);
  await station.stop();
});
afterEach(() => host.remove());

const journalPath = () => join(host.folder, 'data', 'journal.db');
const noticeIds = async (station: Workstation) => (await station.ask('session.start', undefined)).notices.map(({ id }) => id).filter((id) => id.startsWith('journal-'));
const waitFor = (station: Workstation, ids: readonly string[]) => vi.waitFor(async () => expect(await noticeIds(station)).toEqual(ids), { timeout: 30_000, interval: 50 });
const signIn = (station: Workstation) => station.ask('session.signIn', { login: account.login, password: account.password });
/** What the journal itself keeps of verifications that found a break. */
function countBreaks(): number {
  const database = openForReading(journalPath());
  const { n } = database.prepare("SELECT count(*) AS n FROM entries WHERE event = 'journal.verified' AND json_extract(result, '$.data.breakSeq') = 2").get() as { n: number };
  database.close();
  return n;
}

it('tells an altered row on every screen and in the journal once, until somebody has verified; calls go on', async () => {
  const database = new DatabaseSync(journalPath());
  database.exec("DROP TRIGGER entries_do_not_change; UPDATE entries SET at = at + 1 WHERE seq = 2");
  database.close();
  let station = await Workstation.start(host);
  await signIn(station);
  await waitFor(station, ['journal-broken']);
  expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
  await station.stop();
  station = await Workstation.start(host);
  await signIn(station);
  await waitFor(station, ['journal-broken']);
  expect(countBreaks()).toBe(1);
  expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ break: { kind: 'edited', seq: 2 } });
  expect(await noticeIds(station)).toEqual(['journal-broken-seen']);
  await station.stop();
  station = await Workstation.start(host);
  await signIn(station);
  await waitFor(station, ['journal-broken-seen']);
  expect(countBreaks()).toBe(2);
  await station.stop();
});

it('says that the disk fails, and lets no call leave', async () => {
  const station = await Workstation.start(host);
  await signIn(station);
  // Rows that are still in the log cannot be read back: SQLite answers « disk I/O error ».
  truncateSync(`${journalPath()}-wal`, 4_128);
  await waitFor(station, ['journal-failing']);
  await station.forgetRequests();
  expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'failed', error: { kind: 'journal' } });
  expect(await station.receivedRequests()).toEqual([]);
  await station.stop();
});
