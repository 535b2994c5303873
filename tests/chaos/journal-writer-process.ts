import { existsSync, readFileSync, writeSync } from 'node:fs';

import { exportJournal } from '../../electron/journal/export/index';
import { fileHeadWitness, openJournal, openJournalReader, placeRestored, sealKeyFromPrivate } from '../../electron/journal/index';
import { openForReading } from '../../electron/journal/journal-database';
import { candidatePath, makeReady } from '../../electron/journal/restore';
import { copyForRestore } from '../../electron/journal/restore-copy';
import { walkHere } from '../../electron/journal/walk';

/**
 * Killed at a random moment by `journal.chaos.test.ts`: writes, exports, purges or restores without end,
 * and says on its output which rows were acknowledged.
 */
const [folder = '', work = 'write'] = process.argv.slice(2);
const path = `${folder}/journal.db`;
const sealKey = sealKeyFromPrivate(readFileSync(`${folder}/key`));
const oldDays = Date.parse('2020-01-01T00:00:00Z');
const clock = { now: () => (work === 'purge' ? oldDays : Date.now()), monotonic: () => performance.now() };

const options = { path, clock, workstation: 'POSTE-1', sealKey };

/** As the application starts. */
function start() {
  placeRestored(path, `${folder}/head`, Date.now());
  return openJournal({ ...options, witness: fileHeadWitness(`${folder}/head`) });
}

let journal = start();
writeSync(1, 'open\n');

async function writeBurst(size: number): Promise<void> {
  const rows = Array.from({ length: size }, async (_, index) => {
    const { seq } = await journal.record({ event: 'session.opened', agent: { id: `agent-${index}`, displayName: 'Agent' }, detail: 'x'.repeat(200) });
    writeSync(1, `${seq}\n`);
  });
  await Promise.all(rows);
}

async function exportOnce(): Promise<void> {
  const reader = openJournalReader(path);
  const request = { filter: {}, generatedAt: Date.now(), publicKey: sealKey.publicKey().toString('base64') };
  await exportJournal(reader.database, reader.index, { path: `${folder}/export.jsonl`, format: 'jsonl' }, request);
  reader.close();
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
  journal = start();
}

for (let turn = 1; existsSync(folder); turn += 1) {
  await writeBurst((turn % 20) + 1);
  if (work === 'export') await exportOnce();
  if (work === 'restore') await restoreOnce();
  if (work === 'purge') await journal.purge(Date.now(), 36);
}
