import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { bundleWorkers, createTestHost, removeWorkers } from '../support/host';
import { Workstation } from '../support/workstation';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY_MS = 86_400_000;
const SIREN = '299031112';

beforeAll(bundleWorkers);
afterAll(removeWorkers);

it('says in the history of a call that waited for quota at the close that it was not sent', async () => {
  const host = createTestHost({ sandbox: { windowMs: DAY_MS, limits: { data: 1 } } });
  const station = await Workstation.start(host);
  await station.openFirstAccount();
  const dossierId = await station.openDossier(SIREN);
  expect((await station.consult(dossierId, 'insee.unite_legale.v4', SIREN)).step).toBe('answered');
  const consultationId = randomUUID();
  const waiting = station.consult(dossierId, 'insee.unite_legale.v4', SIREN, { consultationId });
  await vi.waitUntil(() => host.notified.some(({ payload }) => /"step":"queued".*quota/i.test(JSON.stringify(payload)) && JSON.stringify(payload).includes(consultationId)));
  await station.stop();
  expect(await waiting).toMatchObject({ step: 'failed', error: { kind: 'cancelled' } });
  const journal = new DatabaseSync(join(host.folder, 'data', 'journal.db'), { readOnly: true });
  const [last] = journal.prepare("SELECT words FROM entries WHERE event = 'call.outcome' ORDER BY seq DESC LIMIT 1").all() as { words: string }[];
  expect(last?.words).toContain('L’application se ferme');
  expect(journal.prepare("SELECT count(*) AS n FROM entries i WHERE event = 'call.intent' AND NOT EXISTS (SELECT 1 FROM entries o WHERE o.intent = i.seq)").get()).toEqual({ n: 0 });
  journal.close();
  expect(host.logLines.filter((line) => / error | ERROR /.test(line))).toEqual([]);
  host.remove();
});
