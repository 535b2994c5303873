import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { ReaderError } from '../http';

/** Ours, not the network's: the exchange is ended under this name. */
class DiskError extends ReaderError {}

/** Writes a new file (never over an existing one) and waits until it is on disk. */
export async function writeDurably(path: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of chunks) {
      await file.appendFile(chunk).catch(() => {
        throw new DiskError('the disk refused a write');
      });
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable; Windows has no such call and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
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
