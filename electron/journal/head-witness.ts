import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';

import type { Head } from './format';

/** Remembers the last head outside the database, so that an older copy put back is noticed. */
export interface HeadWitness {
  read(): Head | null;
  write(head: Head): void;
  close(): void;
}

const RECORD_LENGTH = 128;
/** While rows keep coming the file is written no more often: each time costs as much as several of them. */
const WRITE_EVERY_MS = 20;

/**
 * A witness in a small file, overwritten in place. It is written after the rows are durable and not forced to disk: after a
 * power cut, or a kill amid a burst of rows, it may be behind the journal, which proves less but never accuses wrongly.
 */
export function fileHeadWitness(path: string): HeadWitness {
  let file: number | null = null;
  let late: Head | null = null;
  let pause: NodeJS.Timeout | null = null;
  const put = (head: Head) => {
    // Opened once, for both, created when absent, never emptied: a kill between two steps leaves the last head.
    file ??= openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    writeSync(file, JSON.stringify(head).padEnd(RECORD_LENGTH), 0, 'utf8');
  };
  const putLate = () => {
    pause = null;
    try {
      if (late) put(late);
    } catch {
      // Behind until the next row, which is refused if the file still cannot be written.
    }
    late = null;
  };
  return {
    read() {
      if (late) return late;
      try {
        return parseHead(readFileSync(path, 'utf8'));
      } catch {
        return null;
      }
    },
    write(head) {
      if (pause) late = head;
      else {
        put(head);
        pause = setTimeout(putLate, WRITE_EVERY_MS);
      }
    },
    close() {
      if (pause) clearTimeout(pause);
      putLate();
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function parseHead(text: string): Head | null {
  const value = JSON.parse(text) as Partial<Head>;
  return Number.isSafeInteger(value.seq) && /^[0-9a-f]{64}$/.test(value.hash ?? '') ? { seq: value.seq as number, hash: value.hash as string } : null;
}
