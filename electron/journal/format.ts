import * as crypto from 'node:crypto';

import canonicalize from 'canonicalize';

import type { JournalEvent } from '../../shared/domain/journal';

/** Version of `docs/journal-format.md` that this code writes. */
export const FORMAT_VERSION = 1;

/** Hash that the first row names as its predecessor. */
export const GENESIS_PREV = '0'.repeat(64);

/** A seal is added each time the sequence number reaches a multiple of this. */
export const SEAL_INTERVAL = 1_000;

/**
 * A row's content, by subject; in alphabetical order, as RFC 8785 sorts them.
 * `actor`, `subject` and `words` may name a natural person; `purpose` and `result` do not.
 */
export const PART_NAMES = ['actor', 'purpose', 'result', 'subject', 'words'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** Canonical JSON text of each part present in a row; none once deleted at the end of retention. */
export type PartTexts = { readonly [P in PartName]?: string | undefined };

export interface Entry {
  readonly seq: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Minutes east of UTC on the workstation's clock. */
  readonly offset: number;
  readonly event: JournalEvent;
  /** Sequence number of the intent that an outcome answers. */
  readonly intent: number | null;
  readonly parts: PartTexts;
  /** 32 lowercase hexadecimal digits; deleted with the parts. */
  readonly salt: string | null;
  /** Hexadecimal SHA-256 that binds salt and content to the chain. */
  readonly commitment: string;
  readonly prev: string;
  readonly hash: string;
}

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

type HashOneShot = (algorithm: string, data: string | Buffer, encoding: 'hex') => string;
const oneShot = (crypto as { hash?: HashOneShot }).hash;

/** Hexadecimal SHA-256 of bytes, or of the UTF-8 bytes of a text. */
export const sha256Hex: (data: string | Buffer) => string = oneShot
  ? (data) => oneShot('sha256', data, 'hex')
  : (data) => crypto.createHash('sha256').update(data).digest('hex');

/** RFC 8785 text of a value; numbers must be integers. */
export function canonicalText(value: Readonly<Record<string, unknown>>): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this value has no canonical JSON');
  return text;
}

/** Canonical JSON of a row's content: every part by its name, null for one that says nothing. */
export function contentText({ actor = 'null', purpose = 'null', result = 'null', subject = 'null', words = 'null' }: PartTexts): string {
  return `{"actor":${actor},"purpose":${purpose},"result":${result},"subject":${subject},"words":${words}}`;
}

/** Binds a row's content to the chain without revealing it: guessing needs the salt. */
export function commitmentOf(salt: string, parts: PartTexts): string {
  return sha256Hex(salt + contentText(parts));
}

/**
 * Canonical JSON of a row's envelope, whose SHA-256 is the row's hash. Written out because every value in it is a number,
 * an event name or hexadecimal, so that a million rows are checked without parsing; a test compares it with RFC 8785.
 */
export function envelopeText(entry: Omit<Entry, 'hash' | 'parts' | 'salt'>): string {
  const intent = entry.intent === null ? '' : `"intent":${entry.intent},`;
  return `{"at":${entry.at},"content":"${entry.commitment}","event":"${entry.event}",${intent}"offset":${entry.offset},"prev":"${entry.prev}","seq":${entry.seq},"v":${FORMAT_VERSION}}`;
}

/** ISO 8601 of an instant, on the clock of the workstation that wrote it. */
export function localIso(at: number, offsetMinutes: number): string {
  const shifted = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${shifted}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
