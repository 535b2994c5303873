import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { ReaderError } from '../http';
import type { DataCipher } from '../storage/data-cipher';
import { ContentInspector, type Inspection } from './content-check';

export interface ReceivedFile extends Inspection {
  /** Makes the file permanent: it survives a crash, and a crash before leaves nothing. */
  keep(): Promise<string>;
  discard(): Promise<void>;
}

/** Sealed files in one folder. Clear bytes never touch the disk. */
export interface FileStore {
  /** Seals a document while it arrives; the caller then keeps or discards it. */
  receive(chunks: AsyncIterable<Buffer>): Promise<ReceivedFile>;
  /** @throws {SealedDataError} when the file was altered or cut. */
  read(fileId: string): AsyncGenerator<Buffer>;
  has(fileId: string): boolean;
  remove(fileId: string): void;
  /** Deletes halves left by a crash, and files that no record names. Done at start, before any download. */
  sweep(knownFileIds: ReadonlySet<string>): void;
}

const SEALED = '.sealed';
const PARTIAL = '.part';

export function createFileStore(folder: string, cipher: DataCipher): FileStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (fileId: string) => join(folder, `${fileId}${SEALED}`);

  return {
    async receive(chunks) {
      const fileId = randomUUID();
      const partial = join(folder, `${fileId}${PARTIAL}`);
      const discard = () => rm(partial, { force: true });
      const inspector = new ContentInspector();
      try {
        await writeDurably(partial, cipher.sealStream(watched(chunks, inspector), placeOf(fileId)));
      } catch (error) {
        await discard();
        throw error;
      }
      const keep = async () => {
        await rename(partial, pathOf(fileId));
        await syncFolder(folder);
        return fileId;
      };
      return { ...inspector.conclude(), keep, discard };
    },
    read: (fileId) => cipher.openStream(createReadStream(pathOf(fileId)) as AsyncIterable<Buffer>, placeOf(fileId)),
    has: (fileId) => existsSync(pathOf(fileId)),
    remove: (fileId) => rmSync(pathOf(fileId), { force: true }),
    sweep(knownFileIds) {
      for (const name of readdirSync(folder)) {
        const isOrphan = name.endsWith(SEALED) && !knownFileIds.has(name.slice(0, -SEALED.length));
        if (isOrphan || name.endsWith(PARTIAL)) rmSync(join(folder, name), { force: true });
      }
    },
  };
}

function placeOf(fileId: string): string {
  return `document:${fileId}`;
}

async function* watched(chunks: AsyncIterable<Buffer>, inspector: ContentInspector): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    inspector.watch(chunk);
    yield chunk;
  }
}

/** Ours, not the network's: the exchange is ended under this name. */
export class DiskError extends ReaderError {}

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
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
