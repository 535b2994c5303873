import type { JournalLine, JournalOutcome } from '../../shared/domain/journal';
import type { PartFields } from './event-parts';
import { type Entry, localIso, type PartName } from './format';

/** The fields of a part; none when it is absent or deleted. */
export function fieldsOf<P extends PartName>(entry: Entry | undefined, name: P): Partial<PartFields[P]> {
  return parseFields<P>(entry?.parts[name] ?? null);
}

/** None when a part was damaged or tampered with: the row still shows, and the verification names it. */
export function parseFields<P extends PartName>(text: string | null): Partial<PartFields[P]> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as PartFields[P]) : {};
  } catch {
    return {};
  }
}

/** Joins an intent and its outcome (or takes any other event alone) into the line that « Historique » shows. */
export function toLine(entry: Entry, outcomeEntry: Entry | undefined, outcome: JournalOutcome): JournalLine {
  const actor = fieldsOf(entry, 'actor');
  const words = fieldsOf(entry, 'words');
  const result = fieldsOf(outcomeEntry ?? entry, 'result');
  return {
    seq: entry.seq,
    at: localIso(entry.at, entry.offset),
    event: entry.event,
    workstation: actor.workstation ?? '',
    ...orNull(actor, 'agentId', 'agentName'),
    ...orNull(fieldsOf(entry, 'subject'), 'identifier', 'companyName'),
    ...orNull(words, 'dossierTitle', 'object'),
    ...orNull(fieldsOf(entry, 'purpose'), 'dossierId', 'habilitationId', 'environment', 'endpointId', 'provider', 'context', 'recipient'),
    ...orNull(result, 'httpStatus', 'code', 'requestId', 'durationMs', 'bodySha256', 'documentSha256'),
    outcome,
    detail: joinSentences(words.writtenReason, words.detail, fieldsOf(outcomeEntry, 'words').detail),
    hash: entry.hash,
    outcomeSeq: outcomeEntry?.seq ?? null,
  };
}

/** The named fields; null says that a field is not known. */
function orNull<T extends object, K extends keyof T>(fields: T, ...names: readonly K[]): { readonly [N in K]-?: NonNullable<T[N]> | null } {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null])) as { [N in K]-?: NonNullable<T[N]> | null };
}

function joinSentences(...sentences: readonly (string | undefined)[]): string | null {
  const said = sentences.filter((sentence) => sentence !== undefined && sentence !== '');
  return said.length === 0 ? null : said.join(' — ');
}
