import { existsSync, readFileSync, writeSync } from 'node:fs';

import { writeAtomically } from '../../electron/files/atomic-file';
import { createPendingFiles, pendingFilesSchema } from '../../electron/files/pending-files';
import { backUpTo } from '../../electron/journal/backup';
import { exportJournal } from '../../electron/journal/export/index';
import { fileHeadWitness, openJournal, openJournalReader, placeRestored, sealKeyFromPrivate } from '../../electron/journal/index';
import { openForReading, readLastEntry } from '../../electron/journal/journal-database';
import { candidatePath, makeReady } from '../../electron/journal/restore';
import { copyForRestore } from '../../electron/journal/restore-copy';
import { walkHere } from '../../electron/journal/walk';
import { openDatabase } from '../../electron/storage/database';
import { EXPORT_FORMATS, type ExportFormat } from '../../shared/domain/journal';

/**
 * Killed at a random moment by `journal.chaos.test.ts`: writes, exports, backs up, purges or restores without end,
 * and says on its output which rows were acknowledged.
 */
const [folder = '', work = 'write'] = process.argv.slice(2);
const path = `${folder}/journal.db`;
const sealKey = sealKeyFromPrivate(readFileSync(`${folder}/key`));
const MONTH_MS = 31 * 86_400_000;
/** For purges a month passes each turn, from where the last process stopped: some rows reach their end of retention every time. */
let month = lastAt();
const clock = { now: () => (work === 'purge' ? month : Date.now()), monotonic: () => performance.now() };

const options = { path, clock, workstation: 'POSTE-1', sealKey };

const { database: instruire } = openDatabase(`${folder}/instruire.db`, [pendingFilesSchema]);
const pending = createPendingFiles(instruire);

function lastAt(): number {
  if (!existsSync(path)) return 0;
  const database = openForReading(path);
  const last = readLastEntry(database);
  database.close();
  return last?.at ?? 0;
}

/** As the application starts. */
async function start() {
  await pending.sweep(() => Promise.resolve());
  placeRestored(path, `${folder}/head`, Date.now());
  return openJournal({ ...options, witness: fileHeadWitness(`${folder}/head`) });
}

let journal = await start();
writeSync(1, 'open\n');

async function writeBurst(size: number): Promise<void> {
  const rows = Array.from({ length: size }, async (_, index) => {
    const { seq } = await journal.record({ event: 'session.opened', agent: { id: `agent-${index}`, displayName: 'Agent' }, detail: 'x'.repeat(200) });
    writeSync(1, `${seq}\n`);
  });
  await Promise.all(rows);
}

async function exportOnce(format: ExportFormat): Promise<void> {
  await journal.seal();
  const reader = openJournalReader(path);
  const request = { filter: {}, generatedAt: Date.now(), publicKey: sealKey.publicKey().toString('base64') };
  const file = { path: `${folder}/export.${format}`, event: 'journal.exported', what: 'export' } as const;
  await writeAtomically(pending, file, (temporaryPath) => exportJournal(reader.database, reader.index, { path: temporaryPath, format }, request));
  reader.close();
}

async function backUpOnce(): Promise<void> {
  await journal.seal();
  const reading = openForReading(path);
  const file = { path: `${folder}/copie.db`, event: 'journal.backed_up', what: 'copie' } as const;
  await writeAtomically(pending, file, (temporaryPath) => backUpTo(reading, temporaryPath));
  reading.close();
}

/** Takes the backup that the test made, then starts again on it. */
async function restoreOnce(): Promise<void> {
  const present = openForReading(path);
  const copy = { backupPath: `${folder}/backup.db`, candidatePath: candidatePath(path), publicKey: sealKey.publicKey().toString('base64') };
  const { report } = await copyForRestore(present, copy, {}, (database) => (stretch, control) => walkHere(database, stretch, control));
  present.close();
  const restored = { seq: report.toSeq, hash: report.headHash ?? '' };
  await makeReady(options, { agent: { id: 'agent-1', displayName: 'Agent' }, fileName: 'backup.db', restored, replaced: journal.head() });
  journal.close();
  journal = await start();
}

const format = EXPORT_FORMATS.find((each) => each === work);
for (let turn = 1; existsSync(folder); turn += 1) {
  await writeBurst((turn % 20) + 1);
  if (format) await exportOnce(format);
  if (work === 'backup') await backUpOnce();
  if (work === 'restore') await restoreOnce();
  if (work !== 'purge') continue;
  month += MONTH_MS;
  await journal.purge(month, 36);
}
