import type { JournalLine, JournalOutcome } from '../../shared/domain/journal';
import type { PartFields } from './event-parts';
import { type Entry, localIso, type PartName } from './format';

/** The fields of a part; none when it is absent or deleted. */
export function fieldsOf<P extends PartName>(entry: Entry | undefined, name: P): Partial<PartFields[P]> {
  const text = entry?.parts[name]?.text;
  return text ? (JSON.parse(text) as PartFields[P]) : {};
}

/** Joins an intent and its outcome (or takes any other event alone) into the line that « Historique » shows. */
export function toLine(entry: Entry, outcomeEntry: Entry | undefined, outcome: JournalOutcome): JournalLine {
  const actor = fieldsOf(entry, 'actor');
  const subject = fieldsOf(entry, 'subject');
  const words = fieldsOf(entry, 'words');
  const purpose = fieldsOf(entry, 'purpose');
  const result = fieldsOf(outcomeEntry ?? entry, 'result');
  return {
    seq: entry.seq,
    at: localIso(entry.at, entry.offset),
    event: entry.event,
    agentId: actor.agentId ?? null,
    agentName: actor.agentName ?? null,
    workstation: actor.workstation ?? '',
    dossierId: purpose.dossierId ?? null,
    dossierTitle: words.dossierTitle ?? null,
    habilitationId: purpose.habilitationId ?? null,
    environment: purpose.environment ?? null,
    endpointId: purpose.endpointId ?? null,
    provider: purpose.provider ?? null,
    identifier: subject.identifier ?? null,
    companyName: subject.companyName ?? null,
    context: purpose.context ?? null,
    recipient: purpose.recipient ?? null,
    object: words.object ?? null,
    outcome,
    httpStatus: result.httpStatus ?? null,
    code: result.code ?? null,
    requestId: result.requestId ?? null,
    durationMs: result.durationMs ?? null,
    bodySha256: result.bodySha256 ?? null,
    documentSha256: result.documentSha256 ?? null,
    detail: joinSentences(words.writtenReason, words.detail, fieldsOf(outcomeEntry, 'words').detail),
    hash: entry.hash,
    outcomeSeq: outcomeEntry?.seq ?? null,
  };
}

function joinSentences(...sentences: readonly (string | undefined)[]): string | null {
  const said = sentences.filter((sentence) => sentence !== undefined && sentence !== '');
  return said.length === 0 ? null : said.join(' — ');
}
