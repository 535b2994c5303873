import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const BUFFER_BYTES = 256 * 1_024;

/**
 * Writes chunks beside `path` and puts the file under its name only once whole and on disk.
 * Nothing is left behind when the chunks throw.
 * @returns hexadecimal SHA-256 of the file.
 */
export async function writeAtomically(path: string, chunks: AsyncIterable<Buffer | string>): Promise<string> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  const hash = createHash('sha256');
  const file = await open(temporary, 'wx', 0o600);
  try {
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
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return hash.digest('hex');
}
