import { chmodSync, mkdirSync } from 'node:fs';
import { appendFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { LogSink } from './log';

export interface LogFilesOptions {
  readonly folder: string;
  /** A file that would grow beyond this is put behind the others. */
  readonly maxBytes?: number;
  /** Files kept, the one being written included. */
  readonly fileCount?: number;
}

const MAX_BYTES = 1_000_000;
const FILE_COUNT = 5;
/** Their owner alone. */
const PRIVATE = 0o600;

/**
 * `instruire.log` and, behind it, `instruire.1.log` and older ones: never more than `maxBytes` × `fileCount`.
 * Lines are written in order; those that the disk refuses are lost rather than stopping the application.
 */
export function openLogFiles({ folder, maxBytes = MAX_BYTES, fileCount = FILE_COUNT }: LogFilesOptions): LogSink {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (age: number): string => join(folder, age === 0 ? 'instruire.log' : `instruire.${age}.log`);
  makePrivate(pathOf(0));
  let size: number | null = null;
  let last: Promise<void> = Promise.resolve();

  const rotate = async (): Promise<void> => {
    await rm(pathOf(fileCount - 1), { force: true });
    for (let age = fileCount - 2; age >= 0; age -= 1) await rename(pathOf(age), pathOf(age + 1)).catch(ignoreAbsent);
    size = 0;
  };
  const append = async (text: string): Promise<void> => {
    const bytes = Buffer.byteLength(text);
    size ??= await sizeOf(pathOf(0));
    if (size > 0 && size + bytes > maxBytes) await rotate();
    await appendFile(pathOf(0), text, { mode: PRIVATE });
    size += bytes;
  };
  const inOrder = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch(() => {
      // Its size is asked for again once the disk answers.
      size = null;
    });
    return last;
  };
  return {
    write: (line) => void inOrder(() => append(`${line}\n`)),
    async recent(lineCount) {
      await last;
      const lines: string[] = [];
      for (let age = 0; age < fileCount && lines.length < lineCount; age += 1) {
        const text = await readFile(pathOf(age), 'utf8').catch(() => '');
        lines.unshift(...text.split('\n').filter((line) => line !== ''));
      }
      return lines.slice(-lineCount);
    },
  };
}

/** A file of an earlier version may have been open to others. */
function makePrivate(path: string): void {
  try {
    chmodSync(path, PRIVATE);
  } catch {
    // Absent, or another account's: writing to it then fails, which is borne too.
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    ignoreAbsent(error);
    return 0;
  }
}

function ignoreAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
