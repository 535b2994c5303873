import { createHash } from 'node:crypto';

import type { Database } from '../storage/database';

const FREE_FAILURES = 3;
const LONGEST_DELAY_SECONDS = 900;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Seconds to wait after so many failures in a row: nothing for the first ones, then twice as long each time. */
export function delayAfterFailures(count: number): number {
  if (count < FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_SECONDS, 2 ** Math.min(count - FREE_FAILURES + 1, 30));
}

export interface SignInDelays {
  /** Seconds still to wait before this login may be tried; 0: now. */
  remainingSeconds(login: string): number;
  /** @returns the seconds to wait from now on. */
  addFailure(login: string): number;
  clear(login: string): void;
}

/**
 * Failures by login, known or not, kept on disk: restarting the application does not reset them.
 * Logins are kept as hashes, since people type their password in the wrong field.
 */
export function createSignInDelays(database: Database, now: () => number): SignInDelays {
  const find = database.prepare('SELECT count, last_failed_at_ms FROM sign_in_failures WHERE login_hash = ?');
  const add = database.prepare(
    `INSERT INTO sign_in_failures (login_hash, count, last_failed_at_ms) VALUES (?, 1, ?)
     ON CONFLICT (login_hash) DO UPDATE SET count = count + 1, last_failed_at_ms = excluded.last_failed_at_ms`,
  );
  const remove = database.prepare('DELETE FROM sign_in_failures WHERE login_hash = ?');
  const forget = database.prepare('DELETE FROM sign_in_failures WHERE last_failed_at_ms < ?');

  const read = (login: string) => find.get(hashOf(login)) as { count: number; last_failed_at_ms: number } | undefined;

  return {
    remainingSeconds(login) {
      const row = read(login);
      if (!row) return 0;
      const delay = delayAfterFailures(row.count);
      const elapsed = (now() - row.last_failed_at_ms) / 1_000;
      // A clock set back does not lengthen the wait beyond its due.
      return Math.max(0, Math.min(delay, Math.ceil(delay - elapsed)));
    },
    addFailure(login) {
      forget.run(now() - FORGOTTEN_AFTER_MS);
      add.run(hashOf(login), now());
      return delayAfterFailures(read(login)?.count ?? 0);
    },
    clear(login) {
      remove.run(hashOf(login));
    },
  };
}

function hashOf(login: string): string {
  return createHash('sha256').update(login).digest('hex');
}
