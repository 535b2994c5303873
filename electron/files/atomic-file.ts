import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const BUFFER_BYTES = 256 * 1_024;

export interface AtomicFileOptions {
  /** Path from {@link temporaryPathOf}, for whoever must find it again after a crash. */
  readonly temporary?: string;
  /** Called once the file is whole and on disk, before it gets its name; when it rejects, nothing is left. */
  readonly beforeNaming?: (sha256: string) => Promise<void>;
}

/** A path beside `path` where the file is written until it gets its name, whatever the length of that name. */
export function temporaryPathOf(path: string): string {
  return join(dirname(path), `.${randomUUID()}.part`);
}

/**
 * Writes chunks beside `path` and puts the file under its name only once whole and on disk.
 * Nothing is left behind when the chunks throw.
 * @returns hexadecimal SHA-256 of the file.
 */
export async function writeAtomically(
  path: string,
  chunks: AsyncIterable<Buffer | string>,
  { temporary = temporaryPathOf(path), beforeNaming }: AtomicFileOptions = {},
): Promise<string> {
  try {
    const sha256 = await writeDurably(temporary, chunks);
    await beforeNaming?.(sha256);
    await rename(temporary, path);
    return sha256;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeDurably(path: string, chunks: AsyncIterable<Buffer | string>): Promise<string> {
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
