import { createCipheriv, createHash, hkdfSync } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';

import { createPasswordHasher } from '../../../electron/agents/password-hash';
import { storedSchemas } from '../../../electron/composition/stored-formats';
import { fileHeadWitness, generateSealKey, openJournal } from '../../../electron/journal';
import type { Database } from '../../../electron/storage/database';
import { appPaths } from '../../../electron/storage/paths';
import type { SecretCipher } from '../../../electron/storage/secret-cipher';
import { keptAccount, keptAnswer, keptDocument, keptIds, keptPiece, keptRows, keptSettings } from './kept-then';

/** Small pages: these files are kept with the sources. */
const PAGE_BYTES = 512;
const SAVED_AT = Date.parse('2026-01-05T08:00:00.000Z');

/**
 * Writes what the first release kept, each format in its first version. Sealed data and the key file are written
 * here as that release did, since today's code only reads those forms.
 * @param keychain what stands for the keychain; its key is saved with the data.
 */
export async function saveVersion1(userDataPath: string, keychain: SecretCipher): Promise<void> {
  rmSync(userDataPath, { recursive: true, force: true });
  for (const folder of ['documents', 'supplied-pieces']) mkdirSync(join(userDataPath, folder), { recursive: true });
  const paths = appPaths(userDataPath);
  const dataKey = createHash('sha256').update('a key that protects made-up data only').digest();
  writeFileSync(paths.dataKey, Buffer.concat([Buffer.from('instruire-data-key.1.keychain\n'), keychain.encrypt(dataKey.toString('base64'))]));
  writeFileSync(join(paths.documents, `${keptIds.file}.sealed`), sealedFile(dataKey, keptDocument.bytes, keptIds.file));
  writeFileSync(join(paths.suppliedPieces, `${keptIds.pieceFile}.sealed`), sealedFile(dataKey, keptPiece.bytes, keptIds.pieceFile));
  writeFileSync(join(userDataPath, 'instruire.settings.json'), JSON.stringify({ content: { version: 1, settings: keptSettings } }));
  const { key, pkcs8 } = generateSealKey();
  const database = firstTables(paths.database);
  await fill(database, keychain, pkcs8, dataKey);
  database.close();
  const journal = openJournal({ path: paths.journal, clock: { now: () => SAVED_AT, monotonic: () => 0 }, workstation: 'POSTE-ESSAI', sealKey: key, witness: fileHeadWitness(`${paths.journal}.head`) });
  await journal.record({ event: 'session.opened', agent: { id: keptIds.agent, displayName: keptAccount.displayName } });
  journal.close();
  withoutVersion(paths.journal);
}

/** The first step of each feature, as the first release knew it. */
function firstTables(path: string): Database {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA page_size = ${PAGE_BYTES}; CREATE TABLE schema_version (feature TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;`);
  for (const { feature, migrations } of storedSchemas) {
    const first = migrations.find(({ version }) => version === 1);
    if (!first) throw new Error(`${feature} has no first version`);
    database.exec(first.sql);
    database.prepare('INSERT INTO schema_version VALUES (?, 1)').run(feature);
  }
  return database;
}

async function fill(database: Database, keychain: SecretCipher, sealKey: Buffer, dataKey: Buffer): Promise<void> {
  const passwordHash = await createPasswordHasher().hash(keptAccount.password);
  const secret = (name: string, value: string) => ({ name, cipher_kind: keychain.kind, sealed: keychain.encrypt(value) });
  insert(database, 'vault_secrets', [secret('journal-seal-key', sealKey.toString('base64'))]);
  for (const [table, rows] of Object.entries(keptRows({ passwordHash, sealedAnswer: sealedAnswer(dataKey) }))) insert(database, table, rows);
}

function insert(database: Database, table: string, rows: readonly Readonly<Record<string, string | number | Buffer | null>>[]): void {
  for (const row of rows) {
    const names = Object.keys(row);
    database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(row));
  }
}

/** Place of `user_version` in the header of a SQLite file. */
const USER_VERSION_OFFSET = 60;

/** The first release wrote no version number in its journal; all of it is in the file itself once closed. */
function withoutVersion(path: string): void {
  const bytes = readFileSync(path);
  bytes.writeUInt32BE(0, USER_VERSION_OFFSET);
  writeFileSync(path, bytes);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** Form 1: version, nonce, text, tag; the key has no name yet. */
function sealedAnswer(dataKey: Buffer): Buffer {
  const nonce = createHash('sha256').update('nonce').digest().subarray(0, 12);
  return Buffer.concat([Buffer.from([1]), nonce, encrypt(dataKey, nonce, Buffer.from(JSON.stringify(keptAnswer)), `answer:${keptAnswer.consultationId}`)]);
}

/** Form 1 of a file: version, salt, then one chunk that says it is the last. */
function sealedFile(dataKey: Buffer, bytes: Buffer, fileId: string): Buffer {
  const salt = createHash('sha256').update(fileId).digest();
  const key = Buffer.from(hkdfSync('sha256', dataKey, salt, 'instruire stream 1', 32));
  const nonceOfLastChunk = Buffer.from([...new Array<number>(11).fill(0), 1]);
  return Buffer.concat([Buffer.from([1]), salt, encrypt(key, nonceOfLastChunk, bytes, `document:${fileId}`)]);
}

function encrypt(key: Buffer, nonce: Buffer, plain: Buffer, place: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
