import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { type DataCipher, PREFIX_BYTES } from '../storage/data-cipher';
import { isKeyAtHand } from '../storage/data-key';
import type { SealedItems } from '../storage/key-rotation';
import { syncFolder } from '../files/sync-folder';
import { ContentInspector, type Inspection } from './content-check';
import { diskRefused, firstBytes, writeFile } from './durable-file';
import { PARTIAL, SEALED, sealedFiles } from './sealed-files';

export interface ReceivedFile extends Inspection {
  /**
   * Makes the file permanent: it survives a crash, and a crash before leaves nothing once the next start has swept.
   * @throws {ReaderError} when the disk refuses; nothing of the file is left then.
   */
  keep(): Promise<string>;
  discard(): Promise<void>;
}

/** Sealed files in one folder. Clear bytes never touch the disk. */
export interface FileStore {
  /**
   * Seals a document while it arrives; the caller then keeps or discards it.
   * @param chunks taken over: the memory of each is given back once it is sealed.
   * @throws {ReaderError} when the disk refuses.
   */
  receive(chunks: AsyncIterable<Buffer>): Promise<ReceivedFile>;
  /** @throws {SealedDataError} when the file was altered or cut. */
  read(fileId: string): AsyncGenerator<Buffer>;
  has(fileId: string): boolean;
  /** False when the key that sealed the file is not on this workstation. */
  isOpenable(fileId: string): boolean;
  /** @throws {DataKeyUnavailableError} when the key that sealed the file is not on this workstation. */
  assertOpenable(fileId: string): void;
  /** False when there is no key to seal what would arrive. */
  canReceive(): boolean;
  remove(fileId: string): void;
  /** Deletes halves left by a crash, and files that no record names. Done at start, before any download. */
  sweep(knownFileIds: ReadonlySet<string>): void;
  /** For a new key. */
  readonly sealedItems: SealedItems;
}

/** A reading of one sealed chunk and a little more. */
const READ_BYTES = 128 * 1024;

export function createFileStore(folder: string, cipher: DataCipher): FileStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (fileId: string) => join(folder, `${fileId}${SEALED}`);
  const read = (fileId: string) => cipher.openStream(createReadStream(pathOf(fileId), { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>, placeOf(fileId));
  const assertOpenable = (fileId: string): void => cipher.assertKeyAtHand(firstBytes(pathOf(fileId), PREFIX_BYTES));
  /** Files that arrive, by the key that seals them. */
  const arriving = new Map<symbol, Buffer>();

  return {
    async receive(chunks) {
      const fileId = randomUUID();
      const partial = join(folder, `${fileId}${PARTIAL}`);
      const arrival = Symbol(fileId);
      arriving.set(arrival, cipher.currentPrefix());
      const inspector = new ContentInspector();
      const forget = async (path: string) => {
        arriving.delete(arrival);
        await rm(path, { force: true });
      };
      const written = await writeFile(partial, cipher.sealStream(watched(chunks, inspector), placeOf(fileId))).catch(async (error: unknown) => {
        await forget(partial);
        throw error;
      });
      const discard = async () => {
        await written.abandon();
        await forget(partial);
      };
      // Renamed first, so that one flush of the disk takes the bytes and the name: whole or not, what no record names is swept.
      const keep = async () => {
        try {
          await rename(partial, pathOf(fileId)).catch(diskRefused);
          arriving.delete(arrival);
          await written.flush();
          await syncFolder(folder).catch(diskRefused);
        } catch (error) {
          await written.abandon();
          await forget(pathOf(fileId));
          throw error;
        }
        return fileId;
      };
      return { ...inspector.conclude(), keep, discard };
    },
    read,
    has: (fileId) => existsSync(pathOf(fileId)),
    isOpenable: (fileId) => isKeyAtHand(() => assertOpenable(fileId)),
    assertOpenable,
    canReceive: () => isKeyAtHand(() => cipher.currentPrefix()),
    remove: (fileId) => rmSync(pathOf(fileId), { force: true }),
    sweep(knownFileIds) {
      for (const name of readdirSync(folder)) {
        const isOrphan = name.endsWith(SEALED) && !knownFileIds.has(name.slice(0, -SEALED.length));
        if (isOrphan || name.endsWith(PARTIAL)) rmSync(join(folder, name), { force: true });
      }
    },
    sealedItems: sealedFiles({ folder, cipher, pathOf, placeOf, read }, () => [...arriving.values()]),
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
