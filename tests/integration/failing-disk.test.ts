import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { compose } from '../../electron/compose';
import { startFailureSentence } from '../../electron/start-failure';
import { EXPORT_FORMATS } from '../../shared/domain/journal';
import type { ChannelInput, ChannelName } from '../../shared/ipc';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { canBeOtherAccount, OTHER_ACCOUNT } from '../support/other-account';
import { fillDisk, mountSmallDisk, unmountDisk } from '../support/small-disk';
import { account, Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'insee.unite_legale.v4';
const SENTENCE = /^[A-ZÀÉÊÔ«].{15,}[.!]$/su;

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
const TIMEOUT_MS = 60_000;

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });
beforeAll(bundleWorkers);
afterAll(removeWorkers);

/** All that reads the journal and takes something out of it; the first one takes nothing out. */
const works: readonly (readonly [ChannelName, ChannelInput<ChannelName>])[] = [
  ['journal.verify', { verificationId: 'v' }],
  ...EXPORT_FORMATS.map((format) => ['journal.export', { exportId: 'e', filter: {}, format }] as const),
  ['journal.saveAuditAnswer', { exportId: 'e', requestIds: ['inconnu-1'], format: 'pdf' }],
  ['journal.saveProcessingRecord', undefined],
  ['journal.backUp', undefined],
] as const;

const dataFile = (host: TestHost, name: string) => join(host.folder, 'data', name);

async function signIn(station: Workstation): Promise<void> {
  await station.ask('session.signIn', { login: account.login, password: account.password });
}

describe('a full disk', () => {
  it('keeps every call from leaving without its trace, and takes up again once there is room', async (context) => {
    const host = createTestHost();
    const disk = join(host.folder, 'data');
    if (!mountSmallDisk(disk, '4m')) return context.skip('only an administrator can mount a small disk');
    try {
      const station = await Workstation.start(host);
      await station.openFirstAccount();
      const dossierId = await station.openDossier(SIREN);
      const traced = (await station.ask('journal.search', { filter: { kind: 'calls' }, limit: 1 })).total;
      await station.forgetRequests();
      fillDisk(join(disk, 'filler'));
      const refused = await consultUntilRefused(station, dossierId);
      expect(refused.message).toMatch(SENTENCE);
      const sent = (await station.receivedRequests()).length;
      const lines = (await station.ask('journal.search', { filter: { kind: 'calls' }, limit: 500 })).total - traced;
      expect(sent).toBeLessThanOrEqual(lines);
      await station.forgetRequests();
      expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'failed', error: { kind: 'journal' } });
      expect(await station.receivedRequests()).toEqual([]);
      rmSync(join(disk, 'filler'));
      expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
      expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
      await station.stop();
    } finally {
      unmountDisk(disk);
      host.remove();
    }
  });
});

describe('works on the journal', () => {
  let host: TestHost;
  let disk: string;
  let station: Workstation;
  let dossierId: string;

  beforeEach(async (context) => {
    host = createTestHost();
    disk = join(host.folder, 'data');
    if (!mountSmallDisk(disk, '4m')) return context.skip('only an administrator can mount a small disk');
    station = await Workstation.start(host);
    await station.openFirstAccount();
    dossierId = await station.openDossier(SIREN);
    return async () => {
      await station.stop();
      unmountDisk(disk);
      host.remove();
    };
  });

  it('are refused in words while the disk of the journal is full, leave nothing, and are done once there is room', async () => {
    const saved = mkdtempSync(join(tmpdir(), 'instruire-saved-'));
    fillDisk(join(disk, 'filler'));
    await consultUntilRefused(station, dossierId);
    host.saveAt(join(saved, 'fichier'));
    for (const [channel, input] of works) expect((await station.refusal(channel, input)).message).toMatch(/^Le disque est plein : l’historique/);
    expect(readdirSync(saved)).toEqual([]);
    rmSync(join(disk, 'filler'));
    await doAll(station);
    expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
    rmSync(saved, { recursive: true });
  });

  it('say that the disk where they write is full, leave nothing there, and are done elsewhere', async () => {
    const small = join(host.folder, 'cle-usb');
    mountSmallDisk(small, '16k');
    fillDisk(join(small, 'filler'));
    host.saveAt(join(small, 'fichier'));
    for (const [channel, input] of works.slice(1)) expect((await station.refusal(channel, input)).message).toMatch(/^Le disque est plein : le fichier/);
    expect(readdirSync(small)).toEqual(['filler']);
    unmountDisk(small);
    host.saveAt(join(host.folder, 'fichier'));
    await doAll(station);
  });

  it('and calls are refused while another program holds the journal, and done once it lets go', async () => {
    await station.forgetRequests();
    const release = await holdDatabase(dataFile(host, 'journal.db'), 'BEGIN IMMEDIATE');
    const state = await station.consult(dossierId, ENDPOINT, SIREN);
    expect(state).toMatchObject({ step: 'failed', error: { kind: 'journal', advice: expect.stringMatching(/^Un autre programme tient/) as string } });
    expect(await station.receivedRequests()).toEqual([]);
    expect((await station.refusal('journal.verify', { verificationId: 'v' })).message).toMatch(/^Un autre programme tient/);
    await release();
    expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
    expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
  });
});

describe.runIf(canBeOtherAccount)('a data folder closed to writing while the application runs', () => {
  // The administrator himself is never refused.
  beforeEach(() => {
    process.seteuid?.(OTHER_ACCOUNT);
    return () => process.seteuid?.(0);
  });

  it('goes on in the files that it holds, says what that folder refuses, and has lost nothing', async () => {
    const host = createTestHost();
    const folder = join(host.folder, 'data');
    const saved = mkdtempSync(join(tmpdir(), 'instruire-saved-'));
    const station = await Workstation.start(host);
    await station.openFirstAccount();
    const dossierId = await station.openDossier(SIREN);
    setModes(folder, 0o555, 0o444);
    expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
    host.saveAt(join(saved, 'fichier'));
    await doAll(station);
    const before = readdirSync(folder);
    host.saveAt(join(folder, 'fichier'));
    for (const [channel, input] of works.slice(1)) expect((await station.refusal(channel, input)).message).toMatch(/^Ce dossier n’accepte pas l’écriture/);
    expect(readdirSync(folder)).toEqual(before);
    setModes(folder, 0o700, 0o600);
    await doAll(station);
    await station.stop();
    const again = await Workstation.start(createTestHost({ folder: host.folder }));
    await signIn(again);
    expect(await again.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
    expect(await again.ask('consultation.latest', { dossierId, identifier: SIREN })).toHaveLength(1);
    await again.stop();
    rmSync(saved, { recursive: true });
    host.remove();
  });
});

async function doAll(station: Workstation): Promise<void> {
  for (const [channel, input] of works) await station.ask<ChannelName>(channel, input);
}

/** SQLite may have room left in files that it already holds: what it accepts is on disk, what it refuses is told. */
async function consultUntilRefused(station: Workstation, dossierId: string) {
  for (let turn = 0; turn < 100; turn += 1) {
    const state = await station.consult(dossierId, ENDPOINT, SIREN);
    if (state.step === 'failed' && state.error.kind === 'journal') return state.error;
  }
  throw new Error('a full disk never refused a trace');
}

describe('a start on files that are not as they were left', () => {
  let earlier: TestHost;
  let host: TestHost;
  let dossierId: string;

  beforeAll(async () => {
    earlier = createTestHost();
    const station = await Workstation.start(earlier);
    await station.openFirstAccount();
    dossierId = await station.openDossier(SIREN);
    await station.consult(dossierId, ENDPOINT, SIREN);
    await station.stop();
    return () => earlier.remove();
  });

  beforeEach(() => {
    host = leftByAnotherProcess(earlier);
    return () => host.remove();
  });

  /** What an agent reads when the application cannot start. */
  async function startFailure(again = createTestHost({ folder: host.folder })): Promise<string> {
    const error: unknown = await compose(again.host).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error === undefined) throw new Error('it started');
    return startFailureSentence(error);
  }

  it.each(['instruire.db', 'journal.db'])('%s held by another program: told, and nothing lost once it lets go', async (name) => {
    const release = await holdDatabase(dataFile(host, name));
    const sentence = await startFailure();
    await release();
    expect(sentence).toMatch(SENTENCE);
    expect(sentence).toMatch(/autre programme/);
    const station = await Workstation.start(createTestHost({ folder: host.folder }));
    await signIn(station);
    expect(await station.ask('consultation.latest', { dossierId, identifier: SIREN })).toHaveLength(1);
    expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
    await station.stop();
  });

  it.runIf(canBeOtherAccount)('closed to writing: told to whoever may not write there, and nothing lost once he may', async () => {
    const folder = join(host.folder, 'data');
    chmodSync(host.folder, 0o755);
    setModes(folder, 0o555, 0o444);
    const again = createTestHost({ folder: host.folder });
    process.seteuid?.(OTHER_ACCOUNT);
    const sentence = await startFailure(again).finally(() => process.seteuid?.(0));
    expect(sentence).toMatch(SENTENCE);
    expect(sentence).toMatch(/écriture/);
    setModes(folder, 0o700, 0o600);
    const station = await Workstation.start(createTestHost({ folder: host.folder }));
    await signIn(station);
    expect(await station.ask('consultation.latest', { dossierId, identifier: SIREN })).toHaveLength(1);
    expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
    await station.stop();
  });

  it('a damaged database is kept aside, byte for byte, and named', async () => {
    const path = dataFile(host, 'instruire.db');
    const damaged = Buffer.from('ceci n’est plus une base de données '.repeat(500));
    writeFileSync(path, damaged);
    const station = await Workstation.start(createTestHost({ folder: host.folder }));
    const { notices, hasAccounts } = await station.ask('session.start', undefined);
    expect(hasAccounts).toBe(false);
    const kept = readdirSync(join(host.folder, 'data')).find((name) => name.startsWith('instruire.db.endommage'));
    expect(notices.find(({ id }) => id === 'damaged-database')?.message).toContain(kept);
    expect(readFileSync(dataFile(host, kept ?? '')).equals(damaged)).toBe(true);
    expect(existsSync(dataFile(host, 'journal.db'))).toBe(true);
    await station.stop();
  });

  it('a damaged journal is kept aside, byte for byte, and named; the one that takes over says so', async () => {
    const damaged = Buffer.from('ceci n’est plus un historique '.repeat(500));
    writeFileSync(dataFile(host, 'journal.db'), damaged);
    const station = await Workstation.start(createTestHost({ folder: host.folder }));
    const { notices } = await station.ask('session.start', undefined);
    const kept = readdirSync(join(host.folder, 'data')).find((name) => /^journal\.db\..*endommage/.test(name) && !/-(wal|shm)$/.test(name));
    expect(readFileSync(dataFile(host, kept ?? '')).equals(damaged)).toBe(true);
    const notice = notices.find(({ message }) => message.includes(kept ?? '?'));
    expect(notice?.message).toMatch(SENTENCE);
    await signIn(station);
    expect(await station.ask('consultation.latest', { dossierId, identifier: SIREN })).toHaveLength(1);
    expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
    await station.stop();
  });
});

function setModes(folder: string, forFolders: number, forFiles: number): void {
  for (const { name, parentPath } of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(parentPath, name);
    chmodSync(path, statSync(path).isDirectory() ? forFolders : forFiles);
  }
  chmodSync(folder, forFolders);
}

/** The data as a process that has ended leaves them: no handle of this one stays on them. */
function leftByAnotherProcess(earlier: TestHost): TestHost {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-host-'));
  cpSync(earlier.folder, folder, { recursive: true });
  for (const name of ['instruire.db', 'journal.db']) {
    const database = new DatabaseSync(join(folder, 'data', name));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  }
  return createTestHost({ folder });
}

/** Another program that works on the file for a while. */
async function holdDatabase(path: string, hold = 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE'): Promise<() => Promise<void>> {
  const script = `
    const { DatabaseSync } = require('@photostructure/sqlite');
    const database = new DatabaseSync(${JSON.stringify(path)});
    database.exec(${JSON.stringify(hold)});
    process.stdout.write('held');
    process.stdin.once('data', () => process.exit(0));`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return async () => {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.write('release');
    await exited;
  };
}
