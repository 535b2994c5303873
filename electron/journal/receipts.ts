import type { TracedEvent } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { parseFields } from './line';

interface Row {
  readonly actor: string | null;
  readonly purpose: string | null;
  readonly result: string | null;
  readonly subject: string | null;
  readonly words: string | null;
}

/**
 * What the journal said of received documents since it was last closed in order, oldest first: none after an orderly stop.
 * @param openingSeq first row of the present opening; what it and later ones say is not told.
 */
export function receiptsBeforeCut(database: Database, openingSeq: number): readonly TracedEvent[] {
  const closing = database.prepare('SELECT seq FROM entries WHERE seq < ? AND event = \'journal.closed\' ORDER BY seq DESC LIMIT 1');
  const receipts = database.prepare(`
    SELECT actor, purpose, result, subject, words FROM entries
    WHERE seq > ? AND seq < ? AND event = 'document.fetched' ORDER BY seq`);
  const closed = closing.get(openingSeq) as { readonly seq: number } | undefined;
  return (receipts.all(closed?.seq ?? 0, openingSeq) as unknown as Row[]).map(toEvent);
}

function toEvent(row: Row): TracedEvent {
  const { agentId = null, agentName = null } = parseFields<'actor'>(row.actor);
  const { outcome = 'success', documentSha256 = '' } = parseFields<'result'>(row.result);
  const { detail = '', dossierTitle = '' } = parseFields<'words'>(row.words);
  const { dossierId, habilitationId, environment } = parseFields<'purpose'>(row.purpose);
  const { identifier = '' } = parseFields<'subject'>(row.subject);
  return {
    ...{ event: 'document.fetched', outcome, agentId, agentName, dossierTitle, identifier, documentSha256, detail },
    ...(dossierId !== undefined && { dossierId }),
    ...(habilitationId !== undefined && { habilitationId }),
    ...(environment !== undefined && { environment }),
  };
}
