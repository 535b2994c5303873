import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { madeUpSirens } from '../support/sirens';
import { account, Workstation } from '../support/workstation';

beforeAll(bundleWorkers);
afterAll(removeWorkers);

const [siren = ''] = madeUpSirens(900_000_001, 1);
const TOKEN = `eyJ${'a'.repeat(20)}.${'b'.repeat(30)}.${'c'.repeat(20)}`;

let host: TestHost;
let workstation: Workstation;
beforeEach(async () => {
  host = createTestHost();
  workstation = await Workstation.start(host);
  await workstation.openFirstAccount();
});
afterEach(async () => {
  await workstation.stop();
  host.remove();
});

const prepare = (words = '') => workstation.ask('problem.prepare', { words });

describe('a problem report', () => {
  it('tells versions, states and the last lines of the log', async () => {
    host.host.log.error('a place', 'a failure that support must see');
    const { text } = await prepare('L’écran reste blanc.');
    expect(text).toContain('L’écran reste blanc.');
    expect(text).toContain(`Instruire\u00a0: ${host.host.appVersion}`);
    expect(text).toMatch(/Formats\s: .*\bdossiers \d/);
    expect(text).toContain('a place: a failure that support must see');
  });

  it('holds nothing of companies, people or secrets, whoever wrote it', async () => {
    const dossierId = await workstation.openDossier(siren);
    host.host.log.error('call', `${account.displayName} (${account.login}) for ${siren} Entreprise inventée in ${dossierId}, ${TOKEN}`);
    const { text } = await prepare(`Chez ENTREPRISE INVENTÉE (${siren}), dossier « Réfection du préau ».`);
    for (const hidden of [account.displayName, account.login, account.organisation, siren, dossierId, TOKEN, 'Réfection du préau', 'MP-2026-014']) {
      expect(text.toLowerCase()).not.toContain(hidden.toLowerCase());
    }
    expect(text.toLowerCase()).not.toContain('entreprise inventée');
  });

  it('is saved as it was read, and its digest is in the history before', async () => {
    const { reportId, text } = await prepare();
    host.host.log.error('later', 'a line that nobody read');
    const path = join(host.folder, 'rapport.txt');
    host.saveAt(path);
    expect(await workstation.ask('problem.save', { reportId })).toEqual({ path });
    expect(readFileSync(path, 'utf8')).toBe(text);
    const traced = await workstation.ask('journal.search', { filter: {}, limit: 10 });
    expect(JSON.stringify(traced)).toContain(createHash('sha256').update(text).digest('hex'));
  });

  it('is not saved once another was prepared, nor without a place', async () => {
    const first = await prepare();
    const second = await prepare();
    host.saveAt(join(host.folder, 'rapport.txt'));
    expect(await workstation.refusal('problem.save', { reportId: first.reportId })).toMatchObject({ code: 'not_found' });
    host.saveAt(null);
    expect(await workstation.ask('problem.save', { reportId: second.reportId })).toBeNull();
  });

  it('is made from a broken database too, without the log whose names it can no longer tell', async () => {
    host.host.log.error('call', `for ${account.displayName}`);
    const database = new DatabaseSync(join(host.host.userDataPath, 'instruire.db'));
    database.exec('DROP TABLE dossier_companies');
    database.close();
    const { text } = await prepare('Plus rien ne s’ouvre.');
    expect(text).toContain('Plus rien ne s’ouvre.');
    expect(text).toContain('Trousseau du système\u00a0: présent');
    expect(text).toContain('laissé de côté');
    expect(text).not.toContain(account.displayName);
  });

  it('is told of screens that could not be drawn', async () => {
    await workstation.ask('problem.screenFailed', { screen: 'home', error: `TypeError: x is undefined ${TOKEN}` });
    const { text } = await prepare();
    expect(text).toContain('screen home: TypeError: x is undefined [jeton]');
  });
});

it('the log says more or less as the responsable chose, at once', async () => {
  await workstation.ask('settings.update', { logLevel: 'error' });
  const before = host.logLines.length;
  host.host.log.info('not wanted');
  expect(host.logLines.length).toBe(before);
  await workstation.ask('settings.update', { logLevel: 'debug' });
  host.host.log.debug('wanted now');
  expect(host.logLines.at(-1)).toContain('wanted now');
});
