import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';

import { type ArchiveFile, bufferFile, planArchive } from './archive-plan';
import type { DossierContents } from './contents';
import { manifestOf } from './json';
import { summaryPdf } from './summary-pdf';

/** A kept file does not give the bytes that were recorded: the archive is not handed out. */
export class AlteredFileError extends Error {
  constructor(readonly path: string) {
    super(`the file ${path} is not the one that was kept`);
    this.name = 'AlteredFileError';
  }
}

export interface ArchiveControl {
  readonly signal: AbortSignal;
  readonly onProgress: (written: number, total: number) => void;
}

export interface Archive {
  readonly fileCount: number;
  readonly chunks: AsyncIterable<Buffer>;
}

/** A ZIP written as it is read: one file is open at a time, and memory does not grow with the dossier. */
export async function openArchive(contents: DossierContents, control: ArchiveControl): Promise<Archive> {
  const plan = planArchive(contents);
  const kept = plan.flatMap(({ files }) => files.map(({ file }) => file));
  const at = contents.generatedAt;
  const manifest = bufferFile('manifest.json', Buffer.from(`${JSON.stringify(manifestOf(contents, plan), null, 2)}\n`), at);
  const summary = bufferFile('recapitulatif.pdf', await summaryPdf(contents, plan), at);
  const files = [summary, manifest, ...kept];
  const sums = bufferFile('SHA256SUMS', Buffer.from(files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('')), at);
  return { fileCount: files.length + 1, chunks: zipChunks([...files, sums], control) };
}

async function* zipChunks(files: readonly ArchiveFile[], control: ArchiveControl): AsyncGenerator<Buffer> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const output = new PassThrough();
  const count = counter(files, control);
  for (const file of files) {
    const options = { mtime: new Date(file.at), compress: file.compress, ...(file.compress ? {} : { size: file.byteLength }) };
    zip.addReadStreamLazy(file.path, options, (give) => {
      const stream = Readable.from(checked(file, count));
      stream.on('error', (error) => output.destroy(error));
      give(null, stream);
    });
  }
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();
  (zip.outputStream as Readable).pipe(output);
  for await (const chunk of output) yield chunk as Buffer;
}

/** Passes the bytes on, and fails when they are not those that were recorded. */
async function* checked({ path, sha256, open }: ArchiveFile, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of open()) {
    count(chunk.length);
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw new AlteredFileError(path);
}

/** Tells progress by whole percents, and throws when cancelled. */
function counter(files: readonly ArchiveFile[], { signal, onProgress }: ArchiveControl): (bytes: number) => void {
  const total = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  let written = 0;
  let toldPercent = -1;
  return (bytes) => {
    signal.throwIfAborted();
    written += bytes;
    const percent = Math.floor((100 * written) / Math.max(total, 1));
    if (percent === toldPercent) return;
    toldPercent = percent;
    onProgress(written, total);
  };
}
