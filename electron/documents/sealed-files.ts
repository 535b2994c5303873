import { existsSync, renameSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { type DataCipher, PREFIX_BYTES } from '../storage/data-cipher';
import type { SealedItems } from '../storage/key-rotation';
import { syncFolder } from '../files/sync-folder';
import { diskRefused, firstBytes, writeDurably } from './durable-file';

export const SEALED = '.sealed';
export const PARTIAL = '.part';

interface Folder {
  readonly folder: string;
  readonly cipher: DataCipher;
  readonly pathOf: (fileId: string) => string;
  readonly placeOf: (fileId: string) => string;
  readonly read: (fileId: string) => AsyncGenerator<Buffer>;
}

/**
 * The files of a folder, as a new key finds them. Each is written anew beside itself, then takes its own place:
 * killed in between, the former file is whole and the half is swept at the next start.
 * @param arriving prefixes of the files that are being received.
 */
export function sealedFiles(files: Folder, arriving: () => readonly Buffer[]): SealedItems {
  const { folder, cipher, pathOf } = files;
  return {
    batchSize: 1,
    async listFormer() {
      const current = cipher.currentPrefix();
      const isFormer = (name: string): boolean => {
        const prefix = firstBytes(join(folder, name), PREFIX_BYTES);
        return prefix.length > 0 && !prefix.equals(current);
      };
      const names = await readdir(folder);
      return names.filter((name) => name.endsWith(SEALED) && isFormer(name)).map((name) => name.slice(0, -SEALED.length));
    },
    async reseal(fileIds) {
      for (const fileId of fileIds) if (existsSync(pathOf(fileId))) await resealFile(files, fileId);
      await syncFolder(folder).catch(diskRefused);
    },
    pendingCount: () => arriving().filter((prefix) => !prefix.equals(cipher.currentPrefix())).length,
  };
}

async function resealFile({ folder, cipher, pathOf, placeOf, read }: Folder, fileId: string): Promise<void> {
  const partial = join(folder, `${fileId}${PARTIAL}`);
  await rm(partial, { force: true });
  try {
    await writeDurably(partial, cipher.sealStream(read(fileId), placeOf(fileId)));
    // Deleted while it was sealed anew: it must not come back.
    if (existsSync(pathOf(fileId))) renameSync(partial, pathOf(fileId));
  } catch (error) {
    if (existsSync(pathOf(fileId))) throw error;
  } finally {
    await rm(partial, { force: true });
  }
}
