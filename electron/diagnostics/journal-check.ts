import { statSync } from 'node:fs';

import { DatabaseSync } from '@photostructure/sqlite';

/** Above this a whole reading would keep everybody waiting; « Vérifier », in the history, does it in the background. */
const LARGEST_READ_BYTES = 64 * 1_048_576;

/** Reads the journal's file on a connection of its own; a sentence when something is wrong. */
export function journalFault(path: string): string | null {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const isSmall = statSync(path).size <= LARGEST_READ_BYTES;
      const row = database.prepare(isSmall ? 'PRAGMA quick_check(1)' : 'SELECT hash AS quick_check FROM head').get() as { quick_check: string } | undefined;
      return row === undefined || (isSmall && row.quick_check !== 'ok') ? 'Le fichier de l’historique est endommagé.' : null;
    } finally {
      database.close();
    }
  } catch {
    return 'Le fichier de l’historique ne peut pas être lu.';
  }
}
