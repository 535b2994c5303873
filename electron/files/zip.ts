import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';

/** One file of the archive; its bytes must give `sha256`, or the archive is not handed out. */
export interface ArchiveFile {
  readonly path: string;
  readonly sha256: string;
  readonly byteLength: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly open: () => AsyncIterable<Buffer>;
  /** Data compress well; PDF and images do not. */
  readonly compress: boolean;
}

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

/** A ZIP written as it is read: one file is open at a time, and memory does not grow with them. */
export async function* zipChunks(files: readonly ArchiveFile[], control: ArchiveControl): AsyncGenerator<Buffer> {
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

export function bufferFile(path: string, bytes: Buffer, at: number): ArchiveFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, sha256, byteLength: bytes.length, at, open: () => oneChunk(bytes), compress: true };
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

/** Gives each name once, without regard to case: the second becomes `nom_2.pdf`. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const [, stem = name, extension = ''] = /^(.*?)(\.[^.]+)?$/.exec(name) ?? [];
    for (let rank = 1; ; rank += 1) {
      const candidate = rank === 1 ? name : `${stem}_${rank}${extension}`;
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  };
}
