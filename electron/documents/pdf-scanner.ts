import { constants, inflateRawSync } from 'node:zlib';

/** What a PDF may carry besides pages. */
export type ActiveContent = 'launch' | 'script' | 'open_action' | 'attachment' | 'oversized_part';

const names = [
  { content: 'launch', name: '/Launch' },
  { content: 'script', name: '/JavaScript' },
  { content: 'open_action', name: '/OpenAction' },
  { content: 'attachment', name: '/EmbeddedFile' },
] as const satisfies readonly { readonly content: ActiveContent; readonly name: string }[];
/** Their first letters differ: the one after the slash says which name it may be. A table: it is asked for every slash of a file. */
const namesByLetter = Array.from({ length: 256 }, (_none, letter) => names.find(({ name }) => name.charCodeAt(1) === letter));

/** What a letter that hides is written with. */
const ESCAPE = '#'.charCodeAt(0);

/** Longest dictionary before a stream that is read. */
const DICTIONARY_BYTES = 4_096;
/** Room for a dictionary, and for a name whose letters are written as `#4a` (ISO 32000-1, 7.3.5). */
const OVERLAP_BYTES = DICTIONARY_BYTES + 64;
/** What is looked through at once: the usual chunk of a network. */
const PIECE_BYTES = 64 * 1024;
/** Every letter of the longest name escaped. */
const LONGEST_NAME_BYTES = 48;
const OBJECT_STREAM = '/ObjStm';
const STREAM = 'stream';
/** Dictionaries of objects are short: a larger stream of them hides something. */
const MAX_COMPRESSED_BYTES = 2 * 1024 * 1024;
const MAX_INFLATED_BYTES = 8 * 1024 * 1024;
/** RFC 1950. */
const ZLIB_HEAD_BYTES = 2;

/**
 * Watches a PDF pass by for what acts when it is opened elsewhere: in clear, under escaped names, and in the
 * compressed object streams where PDF 1.5 hides its dictionaries. Encrypted files keep their secrets.
 * Each byte is looked at a bounded number of times, however the file is made and cut. Bytes are read as Latin-1 text:
 * looking for a rare letter in it takes a fifth of the time that looking for names in a buffer does.
 */
export class PdfScanner {
  readonly #found = new Set<ActiveContent>();
  #rest = '';
  /** Pieces of an object stream whose end has not come yet. */
  #objectStream: string[] | null = null;
  #gatheredBytes = 0;

  watch(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) this.#watchPiece(chunk.subarray(at, at + PIECE_BYTES));
  }

  #watchPiece(piece: Buffer): void {
    const text = joined(this.#rest, piece);
    this.#search(text);
    this.#rest = text.slice(this.#followObjectStreams(text));
  }

  found(): ReadonlySet<ActiveContent> {
    this.#gather(this.#rest);
    this.#closeObjectStream();
    return this.#found;
  }

  #search(text: string): void {
    for (let at = text.indexOf('/'); at !== -1; at = text.indexOf('/', at + 1)) {
      const letter = text.charCodeAt(at + 1);
      const named = namesByLetter[letter];
      if (named && text.startsWith(named.name, at)) this.#found.add(named.content);
      else if (named || letter === ESCAPE) this.#searchHidden(text.slice(at, at + LONGEST_NAME_BYTES));
    }
    this.#searchHiddenSlashes(text);
  }

  #searchHidden(start: string): void {
    if (!start.includes('#')) return;
    const name = unescaped(start);
    for (const named of names) if (name.includes(named.name)) this.#found.add(named.content);
  }

  /** A slash that is written as `#2f` begins no name, but who writes so hides something. */
  #searchHiddenSlashes(text: string): void {
    for (let at = text.indexOf('#2'); at !== -1; at = text.indexOf('#2', at + 1)) {
      if (!isLetterF(text.charCodeAt(at + 2))) continue;
      const before = Math.max(0, at - LONGEST_NAME_BYTES);
      const slash = text.slice(before, at).lastIndexOf('/');
      if (slash !== -1) this.#searchHidden(text.slice(before + slash, before + slash + LONGEST_NAME_BYTES));
    }
  }

  /** Gathers what object streams hold, one after the other; gives how many bytes need not be seen again. */
  #followObjectStreams(text: string): number {
    let at = 0;
    for (;;) {
      const next = text.indexOf(STREAM, at);
      if (next === -1) break;
      const isEnd = next >= 3 && text.startsWith('end', next - 3);
      const opens = !isEnd && isObjectStream(text, next);
      if (isEnd || opens) {
        this.#gather(text.slice(at, isEnd ? next - 3 : next));
        this.#closeObjectStream();
      }
      // What follows the word decides where the stream begins; its dictionary is read again then.
      if (opens && next + STREAM.length + 2 > text.length) return Math.max(0, next - DICTIONARY_BYTES);
      const after = next + STREAM.length + (opens ? lineEndLength(text, next + STREAM.length) : 0);
      if (opens) this.#objectStream = [];
      else if (!isEnd) this.#gather(text.slice(at, after));
      at = after;
    }
    const read = Math.max(at, text.length - OVERLAP_BYTES);
    this.#gather(text.slice(at, read));
    return read;
  }

  #gather(text: string): void {
    if (!this.#objectStream) return;
    this.#objectStream.push(text);
    this.#gatheredBytes += text.length;
    if (this.#gatheredBytes <= MAX_COMPRESSED_BYTES) return;
    this.#found.add('oversized_part');
    this.#objectStream = null;
    this.#gatheredBytes = 0;
  }

  #closeObjectStream(): void {
    if (!this.#objectStream) return;
    const compressed = Buffer.from(this.#objectStream.join(''), 'latin1');
    this.#objectStream = null;
    this.#gatheredBytes = 0;
    try {
      // Readers take what they can of a stream that was cut, and mind no checksum: so do we.
      const inflated = inflateRawSync(compressed.subarray(ZLIB_HEAD_BYTES), { maxOutputLength: MAX_INFLATED_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
      this.#search(inflated.toString('latin1'));
    } catch (error) {
      // Neither Flate nor whole: a reader would not get further.
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') this.#found.add('oversized_part');
    }
  }
}

/** Where a piece is put behind what is seen again of the one before; read at once, so that all scanners share it. */
const joining = Buffer.alloc(OVERLAP_BYTES + PIECE_BYTES);

/** One text made at once: of two texts put together, whoever looks into them makes a third. */
function joined(before: string, piece: Buffer): string {
  joining.write(before, 'latin1');
  piece.copy(joining, before.length);
  return joining.toString('latin1', 0, before.length + piece.length);
}

/** The dictionary that ends just before the word `stream` says that objects follow. */
function isObjectStream(text: string, at: number): boolean {
  if (!/>>\s*$/.test(text.slice(Math.max(0, at - 8), at))) return false;
  const before = text.slice(Math.max(0, at - DICTIONARY_BYTES), at);
  const dictionary = before.slice(Math.max(0, before.lastIndexOf('obj')));
  return dictionary.includes(OBJECT_STREAM) || (dictionary.includes('#') && unescaped(dictionary).includes(OBJECT_STREAM));
}

/** ISO 32000-1, 7.3.8: the word is followed by one line end. */
function lineEndLength(text: string, at: number): number {
  if (text[at] === '\r') return text[at + 1] === '\n' ? 2 : 1;
  return text[at] === '\n' ? 1 : 0;
}

function isLetterF(code: number): boolean {
  return code === 0x46 || code === 0x66;
}

function unescaped(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
