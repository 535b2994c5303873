import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { storedSchemas } from '../../electron/composition/stored-formats';
import { startFailureSentence } from '../../electron/start-failure';
import { type FeatureSchema, openDatabase } from '../../electron/storage/database';
import { appPaths } from '../../electron/storage/paths';
import type { SettingsContent } from '../../electron/storage/settings';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { keptAccount, keptAnswer, keptDocument, keptIds, keptPiece, keptSettings, keptSiren } from '../support/versions/kept-then';
import { Workstation } from '../support/workstation';

const SAVED = join(import.meta.dirname, '../fixtures/versions/1');
const folders: string[] = [];

beforeAll(bundleWorkers);
afterAll(removeWorkers);
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-versions-'));
  folders.push(folder);
  return folder;
}

/** A workstation whose data are those that the first release saved. */
function hostOfVersion1(): TestHost {
  const folder = newFolder();
  cpSync(SAVED, folder, { recursive: true });
  const test = createTestHost({ folder });
  const path = join(test.host.userDataPath, 'instruire.settings.json');
  const settingsFile = {
    read: () => (JSON.parse(readFileSync(path, 'utf8')) as { content: unknown }).content,
    write: (content: SettingsContent) => writeFileSync(path, JSON.stringify({ content })),
  };
  return { ...test, host: { ...test.host, settingsFile } };
}

describe('what the first release kept', () => {
  it('is all there today: accounts, dossiers, sealed answers and files, lists, reminders, settings, history', async () => {
    const workstation = await Workstation.start(hostOfVersion1());
    try {
      const { agent } = await workstation.ask('session.signIn', { login: keptAccount.login, password: keptAccount.password });
      expect(agent).toMatchObject({ id: keptIds.agent, role: 'responsable' });
      const dossier = await workstation.ask('dossiers.get', { id: keptIds.dossier });
      expect(dossier).toMatchObject({ title: 'Aide à la rénovation', procedure: 'aides_publiques', companies: [{ identifier: keptSiren, role: 'beneficiaire' }] });
      expect(await workstation.ask('consultation.latest', { dossierId: keptIds.dossier, identifier: keptSiren })).toEqual([keptAnswer]);
      expect(await bytesOf(workstation, 'documents.read', keptIds.document)).toEqual(keptDocument.bytes);
      expect(await bytesOf(workstation, 'pieces.read', keptIds.piece)).toEqual(keptPiece.bytes);
      expect(await workstation.ask('batches.get', { id: keptIds.batch })).toMatchObject({ state: 'done', lineCount: 1, counts: { answered: 1, total: 1 } });
      expect(await workstation.ask('batches.aside', { id: keptIds.batch, offset: 0, limit: 10 })).toMatchObject([{ number: 2, text: '12', name: '' }]);
      expect(await workstation.ask('reminders.list', {})).toMatchObject([{ id: keptIds.reminder, identifier: keptSiren }]);
      expect(await workstation.ask('settings.get', undefined)).toMatchObject(keptSettings);
    } finally {
      await workstation.stop();
    }
  });

  it('has its history intact, and goes on in it', async () => {
    const workstation = await Workstation.start(hostOfVersion1());
    try {
      await workstation.ask('session.signIn', { login: keptAccount.login, password: keptAccount.password });
      const report = await workstation.ask('journal.verify', { verificationId: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd' });
      expect(report).toMatchObject({ ok: true, break: null });
      const { notices } = await workstation.ask('session.start', undefined);
      expect(notices.filter(({ tone }) => tone === 'error')).toEqual([]);
    } finally {
      await workstation.stop();
    }
  });
});

async function bytesOf(workstation: Workstation, channel: 'documents.read' | 'pieces.read', id: string): Promise<Buffer> {
  return Buffer.from((await workstation.ask(channel, { id })).bytes);
}

describe('the tables of every version', () => {
  const starts = storedSchemas.flatMap(({ feature, migrations }) => migrations.map(({ version }) => ({ feature, version })));

  it.each(starts)('$feature from version $version become those of a new workstation', ({ feature, version }) => {
    const former: FeatureSchema[] = storedSchemas.map((schema) => (schema.feature === feature ? { feature, migrations: schema.migrations.filter((one) => one.version <= version) } : schema));
    const path = join(newFolder(), 'instruire.db');
    openDatabase(path, former).database.close();
    expect(shapeOf(path, storedSchemas)).toEqual(shapeOf(join(newFolder(), 'instruire.db'), storedSchemas));
  });

  it('are made by steps that nobody edits once they are out', async () => {
    const steps = storedSchemas.flatMap(({ feature, migrations }) => migrations.map(({ version, sql }) => `${feature} ${version} ${createHash('sha256').update(sql).digest('hex')}`));
    await expect(`${steps.join('\n')}\n`).toMatchFileSnapshot('../fixtures/versions/steps.txt');
  });
});

/** Columns of each table, and the text of each index and trigger. */
function shapeOf(path: string, schemas: readonly FeatureSchema[]): unknown {
  const { database } = openDatabase(path, schemas);
  const columns = database.prepare("SELECT t.name AS tableName, c.* FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid").all();
  const others = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY name").all();
  const versions = database.prepare('SELECT * FROM schema_version ORDER BY feature').all();
  database.close();
  return { columns, others, versions };
}

describe('data of a version that is still to come', () => {
  const newer: readonly (readonly [string, (userData: string) => void])[] = [
    ['a step that this version does not know', (userData) => change(appPaths(userData).database, "UPDATE schema_version SET version = 99 WHERE feature = 'dossiers'")],
    ['a feature that this version does not know', (userData) => change(appPaths(userData).database, "INSERT INTO schema_version VALUES ('later', 1)")],
    ['the history', (userData) => change(appPaths(userData).journal, 'PRAGMA user_version = 2')],
    ['the key of the data', (userData) => writeFileSync(appPaths(userData).dataKey, 'instruire-data-key.3.keychain\nsealed')],
    ['the settings', (userData) => writeFileSync(join(userData, 'instruire.settings.json'), JSON.stringify({ content: { version: 2, settings: {} } }))],
  ];

  it.each(newer)('are refused with a sentence and left as they are: %s', async (_what, makeNewer) => {
    const test = hostOfVersion1();
    makeNewer(test.host.userDataPath);
    const before = filesOf(test.host.userDataPath);
    const failure: unknown = await Workstation.start(test).catch((error: unknown) => error);
    expect(startFailureSentence(failure)).toMatch(/version plus récente d’Instruire[\s\S]*rien n’a été modifié/);
    expect(filesOf(test.host.userDataPath)).toEqual(before);
  });
});

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = DELETE; ${sql}`);
  database.close();
}

/** SQLite's own memory and its empty log beside a file hold no data. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) => !name.endsWith('-shm'));
  const paths = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const written = paths.filter((path) => !path.endsWith('-wal') || statSync(path).size > 0);
  return Object.fromEntries(written.sort().map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]));
}
