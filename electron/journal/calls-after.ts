import type { Database } from '../storage/database';
import type { Entry } from './format';
import { readEntries } from './journal-database';
import { fieldsOf } from './line';

/** An intent, with its outcome when it has one. */
export interface TracedCall {
  readonly seq: number;
  readonly agentId: string | null;
  readonly dossierId: string | null;
  readonly endpointId: string | null;
  readonly identifier: string | null;
  readonly object: string | null;
  readonly outcome: {
    readonly isSuccess: boolean;
    readonly httpStatus: number | null;
    readonly code: string | null;
    readonly durationMs: number;
    readonly detail: string | null;
  } | null;
}

/** Calls whose intent comes after a row, oldest first. */
export function callsAfter(database: Database, seq: number): readonly TracedCall[] {
  const calls = new Map<number, TracedCall>();
  for (const entry of readEntries(database, seq + 1)) {
    if (entry.event === 'call.intent') calls.set(entry.seq, intentOf(entry));
    const intent = entry.event === 'call.outcome' && entry.intent !== null ? calls.get(entry.intent) : undefined;
    if (intent) calls.set(intent.seq, { ...intent, outcome: outcomeOf(entry) });
  }
  return [...calls.values()];
}

function intentOf(entry: Entry): TracedCall {
  const { agentId = null } = fieldsOf(entry, 'actor');
  const { dossierId = null, endpointId = null } = fieldsOf(entry, 'purpose');
  const { identifier = null } = fieldsOf(entry, 'subject');
  const { object = null } = fieldsOf(entry, 'words');
  return { seq: entry.seq, agentId, dossierId, endpointId, identifier, object, outcome: null };
}

function outcomeOf(entry: Entry): TracedCall['outcome'] {
  const { outcome, httpStatus = null, code = null, durationMs = 0 } = fieldsOf(entry, 'result');
  return { isSuccess: outcome === 'success', httpStatus, code, durationMs, detail: fieldsOf(entry, 'words').detail ?? null };
}
