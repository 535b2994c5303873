import type { DocumentLine } from '../../shared/domain/listed-document';
import type { Database } from '../storage/database';
import { readableOr } from './journal-error';
import { parseFields } from './line';

/** What the journal says of the call that brought a document: a restored or new journal counts again from lower numbers. */
export function documentLine(database: Database): (seq: number, sha256: string) => DocumentLine {
  const intents = database.prepare('SELECT salt FROM entries WHERE seq = ? AND event = \'call.intent\'');
  // Close to its intent: what follows the outcome is not read.
  const outcomes = database.prepare('SELECT result FROM entries WHERE seq > ? AND intent = ? AND event = \'call.outcome\' ORDER BY seq LIMIT 1');
  const read = (seq: number, sha256: string): DocumentLine => {
    const intent = intents.get(seq) as { readonly salt: string | null } | undefined;
    if (!intent) return 'absent';
    const outcome = outcomes.get(seq, seq) as { readonly result: string | null } | undefined;
    if (outcome && parseFields<'result'>(outcome.result).documentSha256 === sha256) return 'present';
    return outcome && intent.salt === null && outcome.result === null ? 'emptied' : 'absent';
  };
  // The documents are not the journal: their list opens however damaged its file is.
  return (seq, sha256) => readableOr<DocumentLine>('unreadable', () => read(seq, sha256));
}
