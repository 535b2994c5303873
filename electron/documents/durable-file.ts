import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { ReaderError } from '../http';

/** Ours, not the network's: the exchange is ended under this name. */
class DiskError extends ReaderError {}

/** Written together: each write is a turn of the thread pool, which downloads share. */
const WRITTEN_TOGETHER_BYTES = 256 * 1024;

/** Writes a new file (never over an existing one) and waits until it is on disk. What comes is read while what came is written. */
export async function writeDurably(path: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  let writing: Promise<void> = Promise.resolve();
  try {
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    for await (const chunk of chunks) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes < WRITTEN_TOGETHER_BYTES) continue;
      await writing;
      writing = writeAll(file, waiting);
      // Its failure is told where it is awaited.
      writing.catch(() => undefined);
      waiting = [];
      waitingBytes = 0;
    }
    await writing;
    await writeAll(file, waiting);
    await file.sync();
  } finally {
    await writing.catch(() => undefined);
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  await file.appendFile(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).catch(() => {
    throw new DiskError('the disk refused a write');
  });
}

/** Flushes of a folder that have not begun: whoever renames meanwhile shares the next one. */
const nextFlush = new Map<string, Promise<void>>();
const lastFlush = new Map<string, Promise<void>>();

/** Makes a rename durable; Windows has no such call and does not need it. */
export function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return Promise.resolve();
  const waiting = nextFlush.get(folder);
  if (waiting) return waiting;
  const flush = (lastFlush.get(folder) ?? Promise.resolve()).catch(() => undefined).then(() => {
    nextFlush.delete(folder);
    const running = flushFolder(folder);
    lastFlush.set(folder, running);
    return running;
  });
  nextFlush.set(folder, flush);
  return flush;
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Empty when the file has gone meanwhile. */
export function firstBytes(path: string, count: number): Buffer {
  if (!existsSync(path)) return Buffer.alloc(0);
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(file, bytes, 0, count, 0));
  } finally {
    closeSync(file);
  }
}
