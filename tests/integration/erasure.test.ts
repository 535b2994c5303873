import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { finishErasure, isErasable } from '../../electron/erasure/erase';
import { sealMessage } from '../../electron/journal/seal';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { Workstation } from '../support/workstation';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(bundleWorkers);
afterAll(removeWorkers);

describe('the erasure of a workstation', () => {
  let host: TestHost;
  let station: Workstation;
  const mark = (): string => join(host.host.userDataPath, 'effacement-demande');
  beforeEach(async () => {
    host = createTestHost();
    station = await Workstation.start(host);
    await station.openFirstAccount();
    await station.openDossier('299031112');
    return async () => {
      await station.stop();
      host.remove();
    };
  });

  it('says what goes, and gives the head of the history under a seal that anybody can check', async () => {
    const { head, ...counts } = await station.ask('erasure.prepare', undefined);
    expect(counts).toEqual({ retentionMonths: 36, dossierCount: 1, documentCount: 0, answerCount: 0 });
    const message = sealMessage({ seq: head.seq, hash: head.hash, at: Date.parse(head.at) });
    expect(verify(null, message, createPublicKey(head.publicKeyPem), Buffer.from(head.signature, 'base64'))).toBe(true);
    expect(existsSync(mark())).toBe(false);
  });

  it('is neither ordered without the word, nor without the history kept or given up aloud', async () => {
    expect((await station.refusal('erasure.run', { word: 'effacer', isJournalGivenUp: true })).code).toBe('invalid_input');
    expect((await station.refusal('erasure.run', { word: 'EFFACER', isJournalGivenUp: false })).message).toContain('Enregistrez d’abord');
    host.saveAt(null);
    expect(await station.ask('erasure.saveJournal', undefined)).toBeNull();
    expect((await station.refusal('erasure.run', { word: 'EFFACER', isJournalGivenUp: false })).code).toBe('refused');
    expect(existsSync(mark())).toBe(false);
    expect(host.restarts()).toBe(0);
  });

  it('is not ordered on a copy that was stopped: no file of it is kept, and the history says so', async () => {
    const copy = join(host.folder, 'dernier.jsonl');
    host.saveAt(copy);
    const saving = station.ask('erasure.saveJournal', undefined);
    expect((await station.refusal('erasure.saveJournal', undefined)).code).toBe('conflict');
    await station.ask('erasure.cancelSave', undefined);
    expect(await saving).toBeNull();
    expect(readdirSync(host.folder).filter((name) => name.startsWith('dernier'))).toEqual([]);
    expect((await station.refusal('erasure.run', { word: 'EFFACER', isJournalGivenUp: false })).code).toBe('refused');
    const { lines } = await station.ask('journal.search', { filter: {}, limit: 500 });
    expect(lines.filter(({ detail }) => detail?.startsWith('Dernière copie de l’historique arrêtée'))).toHaveLength(1);
    expect(await station.ask('erasure.saveJournal', undefined)).toMatchObject({ path: copy });
  });

  it('is told by the last line of the copy, is ordered, and the next start leaves nothing', async () => {
    const copy = join(host.folder, 'dernier.jsonl');
    host.saveAt(copy);
    const saved = await station.ask('erasure.saveJournal', undefined);
    const text = readFileSync(copy, 'utf8');
    expect(text).toContain('Effacement de ce poste préparé');
    expect(createHash('sha256').update(text).digest('hex')).toBe(saved?.sha256);
    const key = join(host.folder, 'key.pem');
    writeFileSync(key, saved?.head.publicKeyPem ?? '');
    const verified = execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/verify-journal.mjs'), copy, '--key', key, '--head', `${saved?.head.seq}:${saved?.head.hash}`], { encoding: 'utf8' });
    expect(verified).toContain('Intact');
    await station.ask('erasure.run', { word: 'EFFACER', isJournalGivenUp: false });
    expect([existsSync(mark()), host.restarts()]).toEqual([true, 1]);
    await station.stop();
    let isKeychainForgotten = false;
    const logs = join(host.folder, 'logs');
    mkdirSync(logs);
    writeFileSync(join(logs, 'instruire.log'), 'a line');
    expect(finishErasure({ userDataPath: host.host.userDataPath, otherFolders: [logs], forgetKeychain: () => (isKeychainForgotten = true) })).toBe(true);
    expect(isKeychainForgotten).toBe(true);
    expect(readdirSync(host.host.userDataPath)).toEqual([]);
    expect(existsSync(logs)).toBe(false);
    expect(existsSync(copy)).toBe(true);
    station = await Workstation.start(host);
    expect(await station.ask('session.start', undefined)).toMatchObject({ hasAccounts: false, session: null });
    expect(finishErasure({ userDataPath: host.host.userDataPath, otherFolders: [], forgetKeychain: () => undefined })).toBe(false);
  });
});

it('a folder that holds other things is not erased', () => {
  expect(isErasable('/home/camille/.config/Instruire', '/home/camille')).toBe(true);
  expect(isErasable('/var/lib/instruire', '/home/camille')).toBe(true);
  for (const folder of ['/home/camille', '/home', '/']) expect(isErasable(folder, '/home/camille')).toBe(false);
});
