import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';

import type { CallingAgent } from '../consultation/ports';
import { setAside } from '../storage/database';
import type { Head } from './format';
import { fileHeadWitness } from './head-witness';
import { type JournalOptions, openJournal } from './journal';
import { openForWriting, removeJournalFiles } from './journal-database';
import { JournalWriteError } from './journal-error';

/** Where a backup is copied and verified before anybody decides. */
export function candidatePath(journalPath: string): string {
  return `${journalPath}.candidat`;
}

function readyPath(journalPath: string): string {
  return `${journalPath}.a-restaurer`;
}

/** Witness of a journal that waits to be put in place. */
function witnessOf(path: string): string {
  return `${path}.temoin`;
}

export interface Restoration {
  readonly agent: CallingAgent;
  /** File name of the backup. */
  readonly fileName: string;
  /** Head of the verified copy, and of the journal that it replaces. */
  readonly restored: Head;
  readonly replaced: Head;
}

/**
 * Writes in the verified copy itself who restores it and what it replaces, then makes it the journal of the next start: from
 * that moment, and not before, {@link placeRestored} finds it.
 * @throws {JournalWriteError}
 */
export async function makeReady(options: Pick<JournalOptions, 'path' | 'clock' | 'workstation' | 'sealKey' | 'clockDueAt'>, { agent, fileName, restored, replaced }: Restoration): Promise<void> {
  const { path } = options;
  const candidate = candidatePath(path);
  rmSync(witnessOf(candidate), { force: true });
  const journal = openJournal({ ...options, path: candidate, witness: fileHeadWitness(witnessOf(candidate)) });
  try {
    // A copy damaged meanwhile would have been set aside for an empty journal: that is not a restoration.
    if (journal.head().seq !== restored.seq + 1) throw new JournalWriteError('damaged');
    await journal.record({
      event: 'journal.restored',
      agent,
      detail: `Sauvegarde « ${fileName} » (jusqu’à la ligne ${restored.seq}) remise en place. L’historique remplacé (ligne ${replaced.seq}) est gardé à côté sous un nom daté.`,
      data: { restoredSeq: restored.seq, restoredHash: restored.hash, replacedSeq: replaced.seq, replacedHash: replaced.hash },
    });
  } finally {
    journal.close();
  }
  renameSync(witnessOf(candidate), witnessOf(readyPath(path)));
  renameSync(candidate, readyPath(path));
}

/**
 * At the start, before the journal is opened: puts a restored journal in its place, when there is one. Each step leaves a
 * state from which the next start goes on. The witness saw the history set aside, whose head the restored one states: it is
 * told the restored one's instead.
 * @returns where the replaced journal is kept; null when nothing was restored.
 */
export function placeRestored(path: string, witnessPath: string, now: number): string | null {
  // Verified and not restored: it holds what retention may since have deleted.
  removeJournalFiles(candidatePath(path));
  rmSync(witnessOf(candidatePath(path)), { force: true });
  const ready = readyPath(path);
  if (!existsSync(ready)) return null;
  settle(path);
  const keptAt = setAside(path, now, 'remplace');
  rmSync(witnessPath, { force: true });
  if (existsSync(witnessOf(ready))) copyFileSync(witnessOf(ready), witnessPath);
  renameSync(ready, path);
  rmSync(witnessOf(ready), { force: true });
  return keptAt;
}

/** Brings what a crash may have left in the log into the file itself. A damaged file is set aside as it is. */
function settle(path: string): void {
  if (!existsSync(path)) return;
  try {
    const database = openForWriting(path);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  } catch {
    // Its log goes along under the same name.
  }
}
