import type { MediaType } from './content-check';

const extensions: Readonly<Record<MediaType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/zip': 'zip',
};

const MAX_PART_LENGTH = 60;
/** A company's name with what stands around it stays under the 255 bytes that file systems give to a name. */
const MAX_PART_BYTES = 120;
/** Of a name, the rest is not looked at. */
const LONGEST_READ = 1_000;
/** Windows keeps these names whatever follows their first dot. */
const WINDOWS_RESERVED = /^(con|prn|aux|nul|com[\d\u00b9\u00b2\u00b3]|lpt[\d\u00b9\u00b2\u00b3])(?=\.|$)/i;

export interface FileNameParts {
  readonly identifier: string;
  readonly companyName: string | null;
  /** `attestation_fiscale`… */
  readonly fileLabel: string;
  /** ISO day. */
  readonly day: string;
  readonly mediaType: MediaType;
}

/** `SIREN_nom_type_date.pdf`: accents kept, safe on Windows, macOS and Linux. */
export function documentFileName({ identifier, companyName, fileLabel, day, mediaType }: FileNameParts): string {
  const siren = /^\d{14}$/.test(identifier) ? identifier.slice(0, 9) : identifier;
  const parts = [siren, companyName ?? '', fileLabel, day].map(safePart).filter((part) => part !== '');
  return `${parts.join('_') || 'document'}.${extensions[mediaType]}`;
}

/** Keeps letters and digits of any script, dots and dashes inside; everything else becomes one underscore. */
export function safePart(text: string): string {
  const cleaned = shortened(text.slice(0, LONGEST_READ).normalize('NFC').replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '_'));
  const trimmed = cleaned.replace(/^[_.-]+|[_.-]+$/g, '');
  return WINDOWS_RESERVED.test(trimmed) ? `_${trimmed}` : trimmed;
}

function shortened(text: string): string {
  let short = '';
  for (const character of [...text].slice(0, MAX_PART_LENGTH)) {
    if (Buffer.byteLength(short + character) > MAX_PART_BYTES) break;
    short += character;
  }
  return short;
}
