import { createHash } from 'node:crypto';

import type { DocumentWarning, StoredDocument } from '../../shared/domain/document';
import { type ActiveContent, PdfScanner } from './pdf-scanner';
import { ZipScanner } from './zip-scanner';

export type MediaType = StoredDocument['mediaType'];

export type ContentProblem =
  | 'empty'
  | 'not_a_document'
  | 'truncated'
  | 'infected'
  | 'launches_program'
  | 'script_at_opening'
  | 'oversized_part'
  | 'program_in_archive'
  | 'leaves_its_folder';

/** What is learnt of a document while it passes by, without keeping it. */
export interface Inspection {
  readonly byteLength: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly verdict: { readonly mediaType: MediaType; readonly warnings: readonly DocumentWarning[] } | { readonly problem: ContentProblem };
}

const HEAD_BYTES = 1_024;
const TAIL_BYTES = 1_024;

// In two parts, so that an antivirus does not take this file for the test file itself.
const TEST_VIRUS_MARKER = Buffer.from(['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-'));
/** A short needle is looked for three times as fast as a long one, and tells nearly every file that has no marker. */
const MARKER_START = TEST_VIRUS_MARKER.subarray(0, 6);

/** Watches a document chunk by chunk: length, hash, first and last bytes, known harmful marker. Keeps no chunk. */
export class ContentInspector {
  readonly #hash = createHash('sha256');
  #byteLength = 0;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #isInfected = false;
  readonly #pdf = new PdfScanner();
  readonly #zip = new ZipScanner();

  watch(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.#byteLength += chunk.length;
    if (this.#head.length < HEAD_BYTES) this.#head = Buffer.concat([this.#head, chunk.subarray(0, HEAD_BYTES)]).subarray(0, HEAD_BYTES);
    this.#pdf.watch(chunk);
    if (isArchive(this.#head)) this.#zip.watch(chunk);
    // The end of what came before is searched again: the marker may straddle two chunks.
    const border = Buffer.concat([this.#tail.subarray(-TEST_VIRUS_MARKER.length), chunk.subarray(0, TEST_VIRUS_MARKER.length)]);
    this.#isInfected ||= holdsMarker(chunk) || holdsMarker(border);
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  }

  conclude(): Inspection {
    return { byteLength: this.#byteLength, sha256: this.#hash.digest('hex'), verdict: this.#verdict() };
  }

  #verdict(): Inspection['verdict'] {
    if (this.#byteLength === 0) return { problem: 'empty' };
    if (this.#isInfected) return { problem: 'infected' };
    const mediaType = mediaTypeOf(this.#head);
    if (!mediaType) return { problem: 'not_a_document' };
    if (mediaType === 'application/zip') return verdictOfZip(this.#zip);
    if (!isComplete[mediaType](this.#tail)) return { problem: 'truncated' };
    if (mediaType === 'application/pdf') return verdictOfPdf(this.#pdf.found());
    return { mediaType, warnings: [] };
  }
}

function holdsMarker(bytes: Buffer): boolean {
  const start = bytes.indexOf(MARKER_START);
  return start !== -1 && bytes.includes(TEST_VIRUS_MARKER, start);
}

/**
 * A certificate starts no program and runs nothing when it opens: such a file is refused. Forms check their fields
 * with scripts and accounts carry their data as attachments: those are kept, and the agent is warned.
 */
function verdictOfPdf(found: ReadonlySet<ActiveContent>): Inspection['verdict'] {
  if (found.has('oversized_part')) return { problem: 'oversized_part' };
  if (found.has('launch')) return { problem: 'launches_program' };
  if (found.has('script') && found.has('open_action')) return { problem: 'script_at_opening' };
  return { mediaType: 'application/pdf', warnings: (['script', 'attachment'] as const).filter((content) => found.has(content)) };
}

function verdictOfZip(archive: ZipScanner): Inspection['verdict'] {
  if (!archive.isComplete()) return { problem: 'truncated' };
  const found = archive.found();
  if (found.has('program')) return { problem: 'program_in_archive' };
  if (found.has('leaves_its_folder')) return { problem: 'leaves_its_folder' };
  return { mediaType: 'application/zip', warnings: [] };
}

/** Markup, programs of Windows, Linux and macOS, scripts, archives: whatever they hold further on, they are no PDF. */
const OTHER_FORMAT = /^(?:\xef\xbb\xbf)?[\s\0]*<|^MZ|^.ELF|^\xca\xfe\xba\xbe|^[\xce\xcf]\xfa\xed\xfe|^#!|^PK|^GIF8|^\xd0\xcf/;

/** The first bytes say what a file is; the announced type and the name do not (a JPEG was seen served as PDF). */
function mediaTypeOf(head: Buffer): MediaType | undefined {
  // The PDF header may come after a few bytes of noise (ISO 32000, implementation note 13).
  const noise = head.subarray(0, Math.max(0, head.indexOf('%PDF-'))).toString('latin1');
  if (head.includes('%PDF-') && !OTHER_FORMAT.test(noise)) return 'application/pdf';
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  return isArchive(head) ? 'application/zip' : undefined;
}

const ARCHIVE_HEAD = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** Its directory, which is what is watched, comes long after these bytes. */
function isArchive(head: Buffer): boolean {
  return head.subarray(0, ARCHIVE_HEAD.length).equals(ARCHIVE_HEAD);
}

/** Each format ends with a mark of its own: without it, the end is missing. An archive's may lie far from it. */
const isComplete: Readonly<Record<Exclude<MediaType, 'application/zip'>, (tail: Buffer) => boolean>> = {
  'application/pdf': (tail) => tail.includes('%%EOF'),
  'image/jpeg': (tail) => tail.subarray(-64).includes(Buffer.from([0xff, 0xd9])),
  'image/png': (tail) => tail.subarray(-64).includes('IEND'),
};
