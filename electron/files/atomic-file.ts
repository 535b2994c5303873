import { createHash, randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type FileSubject, isRemoved, type PendingFiles } from './pending-files';
import { syncFolder } from './sync-folder';

const BUFFER_BYTES = 256 * 1_024;

/** A file and what it is. */
export interface NamedFile extends FileSubject {
  readonly path: string;
}

/**
 * Has `write` fill a file beside `path`, then gives it its name: whole, or nothing is left, not after a crash either.
 * @param write puts it whole on disk, and says what must be said before it has its name; when it rejects, the file goes.
 */
export async function writeAtomically<T>(pending: PendingFiles, { path, ...subject }: NamedFile, write: (temporaryPath: string) => Promise<T>): Promise<T> {
  // Short, whatever the length of the name that it will have.
  const temporaryPath = join(dirname(path), `.${randomUUID()}.part`);
  const file = pending.begin(temporaryPath, subject);
  try {
    const written = await write(temporaryPath);
    await rename(temporaryPath, path);
    // It has its name from now on: a folder that cannot be flushed, as on some shares, takes it from nobody.
    await syncFolder(dirname(path)).catch(() => undefined);
    forget(file);
    return written;
  } catch (error) {
    // What cannot be taken away now is at the next start.
    if (await isRemoved(temporaryPath)) forget(file);
    throw error;
  }
}

/**
 * The same for chunks.
 * @param beforeNaming is told the digest of the file that is about to get its name.
 * @returns hexadecimal SHA-256 of the file.
 */
export function saveChunks(
  pending: PendingFiles,
  file: NamedFile,
  chunks: AsyncIterable<Buffer | string>,
  beforeNaming: (sha256: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  return writeAtomically(pending, file, async (temporaryPath) => {
    const sha256 = await writeDurably(temporaryPath, chunks);
    await beforeNaming(sha256);
    return sha256;
  });
}

function forget(file: ReturnType<PendingFiles['begin']>): void {
  try {
    file.end();
  } catch {
    // What was written keeps its own outcome: the next start finds nothing there, and forgets it.
  }
}

/**
 * Writes chunks to a new file, which is on disk once this resolves. Errors are the file system's own.
 * @returns hexadecimal SHA-256 of the file.
 */
export async function writeDurably(path: string, chunks: AsyncIterable<Buffer | string>): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  try {
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    const flush = async () => {
      const bytes = Buffer.concat(waiting);
      waiting = [];
      waitingBytes = 0;
      hash.update(bytes);
      await file.writeFile(bytes);
    };
    for await (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= BUFFER_BYTES) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
