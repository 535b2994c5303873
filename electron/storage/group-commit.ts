import { setImmediate as nextTurn } from 'node:timers/promises';

import { type Database, inTransaction, reserveLog } from './database';

/** Runs a piece of work in a transaction that others may share; answers once all of it is on disk. */
export type CommitTogether = <T>(work: () => T) => Promise<T>;

interface Group {
  readonly pieces: (() => void)[];
  readonly committed: Promise<void>;
}

/**
 * Pieces of work that come in the same turn of the loop share one commit, and the one wait for the disk that it takes.
 * The first of them gives the log its length: a commit that makes a file longer waits longer for the disk.
 * A piece that throws undoes itself alone; when the commit fails, all of them fail.
 */
export function createCommitTogether(database: Database): CommitTogether {
  let next: Group | undefined;
  let isLogReserved = false;
  const openGroup = (): Group => {
    const pieces: (() => void)[] = [];
    const committed = nextTurn().then(() => {
      next = undefined;
      // At the first group, not at the start of the program: most days begin with reading.
      if (!isLogReserved) reserveLog(database);
      isLogReserved = true;
      inTransaction(database, () => pieces.forEach((run) => run()));
    });
    return { pieces, committed };
  };
  return async <T>(work: () => T) => {
    const outcomes: PromiseSettledResult<T>[] = [];
    next ??= openGroup();
    next.pieces.push(() => void outcomes.push(inSavepoint(database, work)));
    await next.committed;
    const [outcome] = outcomes;
    if (outcome?.status !== 'fulfilled') throw outcome?.reason ?? new Error('a piece of work was not run');
    return outcome.value;
  };
}

function inSavepoint<T>(database: Database, work: () => T): PromiseSettledResult<T> {
  database.exec('SAVEPOINT piece');
  try {
    const value = work();
    database.exec('RELEASE piece');
    return { status: 'fulfilled', value };
  } catch (reason) {
    // A full disk may have undone the whole transaction: the commit then says so.
    if (database.isTransaction) database.exec('ROLLBACK TO piece; RELEASE piece');
    return { status: 'rejected', reason };
  }
}
