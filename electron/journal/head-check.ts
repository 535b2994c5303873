import type { Database } from '../storage/database';
import type { Head } from './format';
import { READ_SEQ } from './journal-database';

export type HeadBreakKind = 'truncated' | 'older_copy' | 'inserted' | 'edited';

/** The journal's end is not where it was left. */
export interface HeadBreak {
  /**
   * `truncated`: the file itself knows of later rows, or no longer says where it ended; `older_copy`: only the witness does, or it
   * saw another history; `inserted`, `edited`: the last rows are not those that the file remembers.
   */
  readonly kind: HeadBreakKind;
  /** First row concerned. */
  readonly seq: number;
  readonly expected: Head;
}

export const headBreakSentences: Readonly<Record<HeadBreakKind, string>> = {
  truncated: 'Les dernières lignes de l’historique ont été supprimées.',
  older_copy: 'Une copie plus ancienne de l’historique a été remise en place.',
  inserted: 'Des lignes ont été ajoutées à la fin de l’historique par un autre programme.',
  edited: 'La dernière ligne de l’historique a été modifiée par un autre programme.',
};

interface End {
  readonly lastSeq: number;
  readonly lastHash: string | null;
  readonly headSeq: number | null;
  readonly headHash: string | null;
  readonly sealSeq: number | null;
  readonly sealHash: string | null;
  readonly witnessedHash: string | null;
}

// One statement, hence one state of the file: rows may be added meanwhile.
const END = `SELECT coalesce((SELECT ${READ_SEQ} FROM entries ORDER BY entries.seq DESC LIMIT 1), 0) AS lastSeq, (SELECT hash FROM entries ORDER BY seq DESC LIMIT 1) AS lastHash,
  (SELECT seq FROM head) AS headSeq, (SELECT hash FROM head) AS headHash,
  (SELECT max(seq) FROM seals) AS sealSeq, (SELECT hash FROM seals ORDER BY seq DESC LIMIT 1) AS sealHash,
  (SELECT hash FROM entries WHERE seq = ?) AS witnessedHash`;

/** Compares the end of the file with what the file and the witness remember of it. */
export function findHeadBreak(database: Database, witnessed: Head | null): HeadBreak | null {
  const end = database.prepare(END).get(witnessed?.seq ?? 0) as unknown as End;
  return missingEnd(end) ?? forgottenEnd(end, witnessed) ?? foreignEnd(end);
}

function missingEnd({ lastSeq, headSeq, headHash, sealSeq, sealHash }: End): HeadBreak | null {
  const known = [
    { seq: headSeq, hash: headHash },
    { seq: sealSeq, hash: sealHash },
  ].find(({ seq }) => (seq ?? 0) > lastSeq);
  return known ? { kind: 'truncated', seq: lastSeq + 1, expected: { seq: known.seq ?? 0, hash: known.hash ?? '' } } : null;
}

function forgottenEnd({ lastSeq, witnessedHash }: End, witnessed: Head | null): HeadBreak | null {
  if (!witnessed || (witnessed.seq <= lastSeq && (witnessedHash === null || witnessedHash === witnessed.hash))) return null;
  return { kind: 'older_copy', seq: lastSeq + 1, expected: witnessed };
}

/** Rows and head are written together: where they differ, somebody else wrote. */
function foreignEnd({ lastSeq, lastHash, headSeq, headHash }: End): HeadBreak | null {
  if (lastSeq === 0) return null;
  if (headSeq === null || headHash === null) return { kind: 'truncated', seq: lastSeq + 1, expected: { seq: lastSeq, hash: lastHash ?? '' } };
  const expected = { seq: headSeq, hash: headHash };
  if (headSeq < lastSeq) return { kind: 'inserted', seq: headSeq + 1, expected };
  return headHash === lastHash ? null : { kind: 'edited', seq: headSeq, expected };
}
