import { inflateSync } from 'node:zlib';

/** What a PDF may carry besides pages. */
export type ActiveContent = 'launch' | 'script' | 'open_action' | 'attachment';

const names: Readonly<Record<ActiveContent, string>> = {
  launch: '/Launch',
  script: '/JavaScript',
  open_action: '/OpenAction',
  attachment: '/EmbeddedFile',
};

/** Room for the head of an object stream, and for a name whose letters are written as `#4a` (ISO 32000-1, 7.3.5). */
const OVERLAP_BYTES = 384;
/** Every letter of the longest name escaped. */
const LONGEST_NAME_BYTES = 48;
const OBJECT_STREAM = Buffer.from('/ObjStm');
const OBJECT_STREAM_HEAD = /^[^]{0,300}?>>\s*stream\r?\n/;
/** Dictionaries of objects are short: a larger stream holds pages or pictures. */
const MAX_COMPRESSED_BYTES = 2 * 1024 * 1024;
const MAX_INFLATED_BYTES = 8 * 1024 * 1024;
const HASH = 0x23;
const SLASH = 0x2f;

/**
 * Watches a PDF pass by for what acts when it is opened elsewhere: in clear, under escaped names, and in the
 * compressed object streams where PDF 1.5 hides its dictionaries. Encrypted files keep their secrets.
 */
export class PdfScanner {
  readonly #found = new Set<ActiveContent>();
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of an object stream whose end has not come yet. */
  #objectStream: Buffer | null = null;

  watch(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    this.#search(bytes);
    this.#searchEscaped(bytes);
    if (this.#objectStream) this.#gather(chunk);
    else this.#openObjectStreams(bytes);
    this.#rest = Buffer.from(bytes.subarray(-OVERLAP_BYTES));
  }

  found(): ReadonlySet<ActiveContent> {
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
      const start = bytes.lastIndexOf(SLASH, at);
      if (start === -1 || at - start > LONGEST_NAME_BYTES) continue;
      this.#search(Buffer.from(unescaped(bytes.toString('latin1', start, start + LONGEST_NAME_BYTES))));
    }
  }

  #openObjectStreams(bytes: Buffer): void {
    for (let at = bytes.indexOf(OBJECT_STREAM); at !== -1; at = bytes.indexOf(OBJECT_STREAM, at + 1)) {
      const [head] = OBJECT_STREAM_HEAD.exec(bytes.toString('latin1', at, at + OVERLAP_BYTES)) ?? [];
      if (head === undefined) continue;
      this.#closeObjectStream();
      this.#objectStream = Buffer.alloc(0);
      this.#gather(bytes.subarray(at + head.length));
    }
  }

  #gather(bytes: Buffer): void {
    const gathered = Buffer.concat([this.#objectStream ?? Buffer.alloc(0), bytes]);
    const end = gathered.indexOf('endstream', Math.max(0, gathered.length - bytes.length - 'endstream'.length));
    this.#objectStream = end === -1 ? gathered : gathered.subarray(0, end);
    if (end === -1 && gathered.length <= MAX_COMPRESSED_BYTES) return;
    this.#closeObjectStream();
    if (end !== -1) this.#openObjectStreams(gathered.subarray(end));
  }

  #closeObjectStream(): void {
    if (!this.#objectStream) return;
    const compressed = this.#objectStream;
    this.#objectStream = null;
    try {
      this.#search(inflateSync(compressed, { maxOutputLength: MAX_INFLATED_BYTES }));
    } catch {
      // Neither Flate nor whole: a reader would not get further.
    }
  }
}

function isHexDigit(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66));
}

function unescaped(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
