import type { Readable } from 'node:stream';

import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';

import { unreadable } from './table';

/** Far above the parts of any workbook; an archive made to exhaust memory has more. */
const MAX_ENTRIES = 5_000;
/** Bytes of one part once inflated: 100,000 lines take a tenth of it. */
const MAX_PART_BYTES = 600_000_000;
/** Inflated over deflated: sheets reach 50; a bomb passes 1,000. */
const MAX_RATIO = 400;
/** Below this, repetition alone explains any ratio. */
const SMALL_PART_BYTES = 5_000_000;

/** The parts of a workbook, read one at a time within bounds. */
export interface PartArchive {
  readonly has: (name: string) => boolean;
  /** Throws an {@link IpcFailure} when there is no such part. */
  readonly read: (name: string) => AsyncIterable<Buffer>;
  readonly close: () => void;
}

/** Opens a ZIP from a path or from bytes. Throws an {@link IpcFailure} when it is none, or is not what it says. */
export async function openArchive(place: string | Buffer): Promise<PartArchive> {
  try {
    const zip = typeof place === 'string' ? await openPromise(place, { autoClose: false }) : await fromBufferPromise(place, {});
    const entries = await entriesOf(zip);
    return { has: (name) => entries.has(name), read: (name) => partOf(zip, entries.get(name)), close: () => zip.close() };
  } catch {
    throw unreadable('Ce classeur est abîmé ou incomplet\u00a0: ouvrez-le dans le tableur, puis enregistrez-le à nouveau.');
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) throw tooBig();
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

async function* partOf(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<Buffer> {
  if (!entry) throw unreadable('Ce classeur est incomplet\u00a0: ouvrez-le dans le tableur, puis enregistrez-le à nouveau.');
  if (entry.isEncrypted()) throw unreadable('Ce classeur est protégé par un mot de passe\u00a0: enregistrez-en une copie sans mot de passe.');
  const isBomb = entry.uncompressedSize > SMALL_PART_BYTES && entry.uncompressedSize > MAX_RATIO * entry.compressedSize;
  if (entry.uncompressedSize > MAX_PART_BYTES || isBomb) throw tooBig();
  // The library fails the stream when the part inflates to another size than it says.
  const stream: Readable = await zip.openReadStreamPromise(entry);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } finally {
    stream.destroy();
  }
}

function tooBig(): Error {
  return unreadable('Ce classeur est démesuré\u00a0: gardez-y la seule feuille de la liste, ou enregistrez-la en CSV.');
}
