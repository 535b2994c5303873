import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

import type { Database } from './database';

/**
 * Brings to the disk what a database in WAL mode has committed without waiting for it (`synchronous = NORMAL`), on a thread
 * of the runtime's own: the loop goes on meanwhile. The bytes are the same file's, whoever asks for them to be flushed; no
 * lock of SQLite's is on that file, so that closing it here releases none.
 */
export class LogFlush {
  #file: number | null = null;
  #underWay = 0;
  #closed = false;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Opens the log unless it is. Throws the system's error: before anything is committed that could not be flushed. */
  prepare(): number {
    // Windows flushes only for whoever may write.
    this.#file ??= openSync(`${this.#database.location()}-wal`, 'r+');
    return this.#file;
  }

  /** Settles once everything committed so far is on disk; rejects with the system's error when it may not be. */
  flush(): Promise<void> {
    const file = this.prepare();
    this.#underWay += 1;
    return new Promise((resolve, reject) => {
      fdatasync(file, (error) => {
        this.#underWay -= 1;
        if (this.#closed) this.#release();
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** The same, at the return. @throws the system's error. */
  flushNow(): void {
    fdatasyncSync(this.prepare());
  }

  /** Lets the file go, once nothing is under way any more. */
  close(): void {
    this.#closed = true;
    this.#release();
  }

  #release(): void {
    if (this.#file === null || this.#underWay > 0) return;
    closeSync(this.#file);
    this.#file = null;
  }
}
