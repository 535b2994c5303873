import { constants, inflateRawSync } from 'node:zlib';

/** What a PDF may carry besides pages. */
export type ActiveContent = 'launch' | 'script' | 'open_action' | 'attachment' | 'oversized_part';

const names: Readonly<Partial<Record<ActiveContent, string>>> = {
  launch: '/Launch',
  script: '/JavaScript',
  open_action: '/OpenAction',
  attachment: '/EmbeddedFile',
};

/** Longest dictionary before a stream that is read. */
const DICTIONARY_BYTES = 4_096;
/** Room for a dictionary, and for a name whose letters are written as `#4a` (ISO 32000-1, 7.3.5). */
const OVERLAP_BYTES = DICTIONARY_BYTES + 64;
/** Every letter of the longest name escaped. */
const LONGEST_NAME_BYTES = 48;
const OBJECT_STREAM = '/ObjStm';
const STREAM = 'stream';
/** Dictionaries of objects are short: a larger stream of them hides something. */
const MAX_COMPRESSED_BYTES = 2 * 1024 * 1024;
const MAX_INFLATED_BYTES = 8 * 1024 * 1024;
/** RFC 1950. */
const ZLIB_HEAD_BYTES = 2;
const HASH = 0x23;
const SLASH = 0x2f;

/**
 * Watches a PDF pass by for what acts when it is opened elsewhere: in clear, under escaped names, and in the
 * compressed object streams where PDF 1.5 hides its dictionaries. Encrypted files keep their secrets.
 * Each byte is looked at a bounded number of times, however the file is made and cut.
 */
export class PdfScanner {
  readonly #found = new Set<ActiveContent>();
  #rest: Buffer = Buffer.alloc(0);
  /** Pieces of an object stream whose end has not come yet. */
  #objectStream: Buffer[] | null = null;
  #gatheredBytes = 0;

  watch(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    this.#search(bytes);
    this.#searchEscaped(bytes);
    const read = this.#followObjectStreams(bytes);
    this.#rest = Buffer.from(bytes.subarray(read));
  }

  found(): ReadonlySet<ActiveContent> {
    this.#gather(this.#rest);
    this.#closeObjectStream();
    return this.#found;
  }

  #search(bytes: Buffer): void {
    for (const [content, name] of Object.entries(names) as [ActiveContent, string][]) {
      if (!this.#found.has(content) && bytes.includes(name)) this.#found.add(content);
    }
  }

  /** Reads the few names that hide a letter; most of a PDF is compressed and has a `#` now and then by chance. */
  #searchEscaped(bytes: Buffer): void {
    for (let at = bytes.indexOf(HASH); at !== -1; at = bytes.indexOf(HASH, at + 1)) {
      if (!isHexDigit(bytes[at + 1]) || !isHexDigit(bytes[at + 2])) continue;
      const first = Math.max(0, at - LONGEST_NAME_BYTES);
      const start = bytes.subarray(first, at).lastIndexOf(SLASH);
      if (start !== -1) this.#search(Buffer.from(unescaped(bytes.toString('latin1', first + start, first + start + LONGEST_NAME_BYTES))));
    }
  }

  /** Gathers what object streams hold, one after the other; gives how many bytes need not be seen again. */
  #followObjectStreams(bytes: Buffer): number {
    let at = 0;
    for (;;) {
      const next = bytes.indexOf(STREAM, at);
      if (next === -1) break;
      const isEnd = next >= 3 && bytes.toString('latin1', next - 3, next) === 'end';
      const opens = !isEnd && isObjectStream(bytes, next);
      if (isEnd || opens) {
        this.#gather(bytes.subarray(at, isEnd ? next - 3 : next));
        this.#closeObjectStream();
      }
      // What follows the word decides where the stream begins; its dictionary is read again then.
      if (opens && next + STREAM.length + 2 > bytes.length) return Math.max(0, next - DICTIONARY_BYTES);
      const after = next + STREAM.length + (opens ? lineEndLength(bytes, next + STREAM.length) : 0);
      if (opens) this.#objectStream = [];
      else if (!isEnd) this.#gather(bytes.subarray(at, after));
      at = after;
    }
    const read = Math.max(at, bytes.length - OVERLAP_BYTES);
    this.#gather(bytes.subarray(at, read));
    return read;
  }

  #gather(bytes: Buffer): void {
    if (!this.#objectStream) return;
    this.#objectStream.push(Buffer.from(bytes));
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes <= MAX_COMPRESSED_BYTES) return;
    this.#found.add('oversized_part');
    this.#objectStream = null;
    this.#gatheredBytes = 0;
  }

  #closeObjectStream(): void {
    if (!this.#objectStream) return;
    const compressed = Buffer.concat(this.#objectStream);
    this.#objectStream = null;
    this.#gatheredBytes = 0;
    try {
      // Readers take what they can of a stream that was cut, and mind no checksum: so do we.
      this.#search(inflateRawSync(compressed.subarray(ZLIB_HEAD_BYTES), { maxOutputLength: MAX_INFLATED_BYTES, finishFlush: constants.Z_SYNC_FLUSH }));
    } catch (error) {
      // Neither Flate nor whole: a reader would not get further.
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') this.#found.add('oversized_part');
    }
  }
}

/** The dictionary that ends just before the word `stream` says that objects follow. */
function isObjectStream(bytes: Buffer, at: number): boolean {
  const before = bytes.subarray(Math.max(0, at - DICTIONARY_BYTES), at);
  if (!/>>\s*$/.test(before.toString('latin1', Math.max(0, before.length - 8)))) return false;
  const dictionary = before.subarray(Math.max(0, before.lastIndexOf('obj')));
  return dictionary.includes(OBJECT_STREAM) || (dictionary.includes(HASH) && unescaped(dictionary.toString('latin1')).includes(OBJECT_STREAM));
}

/** ISO 32000-1, 7.3.8: the word is followed by one line end. */
function lineEndLength(bytes: Buffer, at: number): number {
  if (bytes[at] === 0x0d) return bytes[at + 1] === 0x0a ? 2 : 1;
  return bytes[at] === 0x0a ? 1 : 0;
}

function isHexDigit(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66));
}

function unescaped(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
