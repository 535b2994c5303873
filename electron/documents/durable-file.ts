import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { ReaderError } from '../http';
import { giveBack } from '../storage/spent-memory';

/** Ours, not the network's: the exchange is ended under this name. */
class DiskError extends ReaderError {}

/** Written together: each write is a turn of the thread pool, which downloads share. */
const WRITTEN_TOGETHER_BYTES = 256 * 1024;

/** All that was written, in the system's hands and not yet on disk for good. It holds the file open until one or the other is called. */
interface WrittenFile {
  /** Waits until the file is on disk. */
  flush(): Promise<void>;
  /** Lets go of it unflushed; nothing to do after a flush. */
  abandon(): Promise<void>;
}

/**
 * Writes a new file (never over an existing one). What comes is read while what came is written.
 * @param chunks taken over: the memory of each is given back once it is written.
 * @throws {ReaderError} when the disk refuses.
 */
export async function writeFile(path: string, chunks: AsyncIterable<Buffer>): Promise<WrittenFile> {
  const file: FileHandle = await open(path, 'wx', 0o600).catch(diskRefused);
  let closing: Promise<void> | undefined;
  const abandon = () => (closing ??= file.close());
  try {
    await writeChunks(file, chunks);
  } catch (error) {
    await abandon();
    throw error;
  }
  const flush = () => file.sync().catch(diskRefused).finally(abandon);
  return { flush, abandon };
}

/** {@link writeFile}, and waits until the file is on disk. */
export async function writeDurably(path: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  await (await writeFile(path, chunks)).flush();
}

async function writeChunks(file: FileHandle, chunks: AsyncIterable<Buffer>): Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  try {
    for await (const chunk of chunks) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes < WRITTEN_TOGETHER_BYTES) continue;
      await writing;
      writing = writeAll(file, waiting, waitingBytes);
      // Its failure is told where it is awaited.
      writing.catch(() => undefined);
      waiting = [];
      waitingBytes = 0;
    }
    await writing;
    await writeAll(file, waiting, waitingBytes);
  } finally {
    await writing.catch(() => undefined);
  }
}

/** @throws {ReaderError} always: the disk refused, for this cause. */
export function diskRefused(cause: unknown): never {
  throw new DiskError('the disk refused a write', { cause });
}

async function writeAll(file: FileHandle, chunks: readonly Buffer[], byteLength: number): Promise<void> {
  if (byteLength === 0) return;
  try {
    const { bytesWritten } = await file.writev([...chunks]);
    // A disk that is nearly full takes a part of it; the next try says why.
    if (bytesWritten < byteLength) await file.appendFile(Buffer.concat(chunks).subarray(bytesWritten));
    chunks.forEach(giveBack);
  } catch (error) {
    diskRefused(error);
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
