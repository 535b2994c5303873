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
const ESCAPABLE_NAME = /\/(?:[A-Za-z]|#[0-9A-Fa-f]{2}){4,16}/g;
const OBJECT_STREAM = /\/ObjStm\b[^]{0,300}?>>\s*stream\r?\n/g;
/** Dictionaries of objects are short: a larger stream holds pages or pictures. */
const MAX_COMPRESSED_BYTES = 2 * 1024 * 1024;
const MAX_INFLATED_BYTES = 8 * 1024 * 1024;

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
    const text = bytes.toString('latin1');
    this.#searchEscaped(text);
    if (this.#objectStream) this.#gather(chunk);
    else this.#openObjectStreams(text);
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

  #searchEscaped(text: string): void {
    if (!text.includes('#')) return;
    for (const [name] of text.matchAll(ESCAPABLE_NAME)) if (name.includes('#')) this.#search(Buffer.from(unescaped(name)));
  }

  #openObjectStreams(text: string): void {
    for (const match of text.matchAll(OBJECT_STREAM)) {
      this.#closeObjectStream();
      this.#objectStream = Buffer.alloc(0);
      this.#gather(Buffer.from(text.slice(match.index + match[0].length), 'latin1'));
    }
  }

  #gather(bytes: Buffer): void {
    const gathered = Buffer.concat([this.#objectStream ?? Buffer.alloc(0), bytes]);
    const end = gathered.indexOf('endstream', Math.max(0, gathered.length - bytes.length - 'endstream'.length));
    this.#objectStream = end === -1 ? gathered : gathered.subarray(0, end);
    if (end === -1 && gathered.length <= MAX_COMPRESSED_BYTES) return;
    this.#closeObjectStream();
    if (end !== -1) this.#openObjectStreams(gathered.subarray(end).toString('latin1'));
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

function unescaped(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
