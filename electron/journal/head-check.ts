import type { Database } from '../storage/database';
import type { Head } from './format';
import { readLastEntry } from './journal-database';

/** The journal's end is not where it was left. */
export interface HeadBreak {
  /** `truncated`: the file itself knows of later rows; `older_copy`: only the witness does, or it saw another history. */
  readonly kind: 'truncated' | 'older_copy';
  readonly expected: Head;
}

export const headBreakSentences: Readonly<Record<HeadBreak['kind'], string>> = {
  truncated: 'Les dernières lignes de l’historique ont été supprimées.',
  older_copy: 'Une copie plus ancienne de l’historique a été remise en place.',
};

/** Compares the end of the file with what the file and the witness remember of it. */
export function findHeadBreak(database: Database, witnessed: Head | null): HeadBreak | null {
  const last = readLastEntry(database);
  const remembered = database.prepare('SELECT seq, hash FROM head').get() as Head | undefined;
  const lastSeal = database.prepare('SELECT seq, hash FROM seals ORDER BY seq DESC LIMIT 1').get() as Head | undefined;
  const lastSeq = last?.seq ?? 0;
  for (const known of [remembered, lastSeal]) {
    if (known && known.seq > lastSeq) return { kind: 'truncated', expected: { seq: known.seq, hash: known.hash } };
  }
  if (!witnessed) return null;
  if (witnessed.seq > lastSeq) return { kind: 'older_copy', expected: witnessed };
  const row = database.prepare('SELECT hash FROM entries WHERE seq = ?').get(witnessed.seq) as { hash: string } | undefined;
  return row && row.hash !== witnessed.hash ? { kind: 'older_copy', expected: witnessed } : null;
}
