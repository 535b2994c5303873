import { JOURNAL_EVENTS, type JournalFilter, type JournalLine } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import type { PartFields } from './event-parts';
import type { Entry } from './format';
import { foldText } from '../../shared/domain/fold-text';
import { type EntryRow, READ_COLUMNS, toEntry } from './journal-database';
import { toLine } from './line';
import { type Dictionary, foldRequestId, OUTCOMES, requestDigest, type SearchIndex, type SharedPart } from './search-index';

export interface SearchRequest {
  readonly filter: JournalFilter;
  /** Restricts to one agent's lines, whatever the filter says. */
  readonly agentScope?: string | undefined;
  readonly beforeSeq?: number | undefined;
  readonly limit: number;
}

export interface SearchPage {
  /** Newest first. */
  readonly lines: readonly JournalLine[];
  readonly total: number;
  /** Whose lines match, those of the page or not; what nobody did has no owner. */
  readonly owners: readonly LineOwner[];
}

/** An agent, as the journal names him. */
export interface LineOwner {
  readonly id: string;
  readonly name: string;
}

type Test = (slot: number) => boolean;

const callEvents = new Set(JOURNAL_EVENTS.flatMap((event, code) => (event.startsWith('call.') ? [code] : [])));

/** Newest lines that match, and how many there are in all. */
export function search(database: Database, index: SearchIndex, request: SearchRequest): SearchPage {
  index.refresh();
  const matches = compileFilter(database, index, request.filter, request.agentScope);
  const { seq, actor } = index.columns;
  const actors = new Set<number>();
  const before = request.beforeSeq ?? Number.MAX_SAFE_INTEGER;
  const slots: number[] = [];
  let total = 0;
  for (let slot = index.length - 1; slot >= index.firstSlot; slot -= 1) {
    if (!matches(slot)) continue;
    total += 1;
    actors.add(actor[slot] as number);
    if (slots.length < request.limit && (seq[slot] as number) < before) slots.push(slot);
  }
  const read = lineReader(database, index);
  return { lines: slots.map(read), total, owners: ownersOf([...actors].map((code) => index.dictionaries.actor.fields[code] ?? {})) };
}

export interface RequestsAsked {
  readonly requestIds: readonly string[];
  /** As for a search. */
  readonly agentScope?: string | undefined;
  readonly limit: number;
}

export interface RequestsFound extends SearchPage {
  /** Ids that no line carries, as they were asked for. */
  readonly unknownRequestIds: readonly string[];
}

/** Newest lines of these request ids, how many there are in all, and which ids have none. */
export function searchRequests(database: Database, index: SearchIndex, { requestIds, agentScope, limit }: RequestsAsked): RequestsFound {
  const filter: JournalFilter = { requestIds };
  const page = search(database, index, { filter, agentScope, limit });
  const known = new Set(Array.from(matchingSlots(database, index, filter, agentScope), requestIdReader(database, index)));
  return { ...page, unknownRequestIds: requestIds.filter((id) => !known.has(foldRequestId(id))) };
}

/** Each agent once, under the first of his names. */
export function ownersOf(actors: readonly { readonly agentId?: string | null; readonly agentName?: string | null }[]): readonly LineOwner[] {
  const names = new Map<string, string>();
  for (const { agentId, agentName } of actors) if (agentId !== undefined && agentId !== null && !names.has(agentId)) names.set(agentId, agentName ?? agentId);
  return [...names].map(([id, name]) => ({ id, name })).sort((left, right) => left.name.localeCompare(right.name, 'fr'));
}

/** Sequence slots that match, oldest first: for exports and statistics. */
export function matchingSlots(database: Database, index: SearchIndex, filter: JournalFilter, agentScope?: string): Uint32Array {
  index.refresh();
  const matches = compileFilter(database, index, filter, agentScope);
  const slots = new Uint32Array(index.length);
  let count = 0;
  for (let slot = index.firstSlot; slot < index.length; slot += 1) {
    if (matches(slot)) slots[count++] = slot;
  }
  return slots.slice(0, count);
}

/** Reads the line of a slot from the rows themselves. */
export function lineReader(database: Database, index: SearchIndex): (slot: number) => JournalLine {
  const statement = database.prepare(`SELECT ${READ_COLUMNS} FROM entries WHERE seq = ?`);
  statement.setReturnArrays(true);
  const entryOf = (seq: number): Entry => toEntry(statement.get(seq) as EntryRow);
  return (slot) => {
    const outcomeSeq = index.columns.outcomeSeq[slot] as number;
    const outcome = OUTCOMES[index.columns.outcome[slot] as number] ?? 'pending';
    return toLine(entryOf(index.columns.seq[slot] as number), outcomeSeq === 0 ? undefined : entryOf(outcomeSeq), outcome);
  };
}

function compileFilter(database: Database, index: SearchIndex, filter: JournalFilter, agentScope: string | undefined): Test {
  const { columns, dictionaries } = index;
  const tests: Test[] = [];
  if (filter.requestIds) tests.push(requestIdTest(database, index, filter.requestIds));
  if (filter.kind === 'calls') tests.push((slot) => callEvents.has(columns.event[slot] as number));
  if (filter.outcome) {
    const code = OUTCOMES.indexOf(filter.outcome);
    tests.push((slot) => columns.outcome[slot] === code);
  }
  if (filter.from !== undefined || filter.to !== undefined) tests.push(periodTest(index, filter));
  for (const agentId of [agentScope, filter.agentId]) {
    if (agentId !== undefined) tests.push(fieldTest(columns.actor, dictionaries.actor, { agentId }));
  }
  const { dossierId, habilitationId, endpointId, provider, identifier } = filter;
  const purpose = { dossierId, habilitationId, endpointId, provider };
  if (Object.values(purpose).some((value) => value !== undefined)) tests.push(fieldTest(columns.purpose, dictionaries.purpose, purpose));
  if (identifier !== undefined) tests.push(identifierTest(index, identifier));
  for (const word of foldText(filter.text ?? '').split(/\s+/).filter((part) => part !== '')) tests.push(wordTest(index, word));
  return (slot) => {
    for (const test of tests) if (!test(slot)) return false;
    return true;
  };
}

/** Judges each distinct value once; lines then only look the verdict up. */
function fieldTest<P extends SharedPart>(
  codes: Uint32Array,
  dictionary: Dictionary<P>,
  wanted: { readonly [K in keyof PartFields[P]]?: PartFields[P][K] | undefined },
): Test {
  const conditions = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const verdicts = Uint8Array.from(dictionary.fields, (fields) =>
    conditions.every(([name, value]) => (fields as Record<string, unknown>)[name] === value) ? 1 : 0,
  );
  return (slot) => verdicts[codes[slot] as number] === 1;
}

const SIREN_LENGTH = 9;

/** A SIREN finds the company's establishments too. */
function identifierTest({ columns, dictionaries }: SearchIndex, identifier: string): Test {
  const wanted = identifier.replace(/\s/g, '');
  const verdicts = Uint8Array.from(dictionaries.subject.fields, (fields) => {
    const found = fields.identifier ?? '';
    return found === wanted || (wanted.length === SIREN_LENGTH && found.startsWith(wanted)) ? 1 : 0;
  });
  return (slot) => verdicts[columns.subject[slot] as number] === 1;
}

function wordTest({ columns, dictionaries }: SearchIndex, word: string): Test {
  const [actor, purpose, subject, words] = [dictionaries.actor, dictionaries.purpose, dictionaries.subject, dictionaries.words].map(
    ({ folded }) => Uint8Array.from(folded, (text) => (text.includes(word) ? 1 : 0)),
  ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  return (slot) =>
    actor[columns.actor[slot] as number] === 1 ||
    subject[columns.subject[slot] as number] === 1 ||
    words[columns.words[slot] as number] === 1 ||
    purpose[columns.purpose[slot] as number] === 1 ||
    words[columns.outcomeWords[slot] as number] === 1;
}

function periodTest({ columns }: SearchIndex, filter: JournalFilter): Test {
  const from = filter.from === undefined ? -Infinity : Date.parse(filter.from);
  const to = filter.to === undefined ? Infinity : Date.parse(filter.to);
  return (slot) => {
    const at = columns.at[slot] as number;
    return at >= from && at <= to;
  };
}

/** Digests say which rows are worth reading; the row itself decides. */
function requestIdTest(database: Database, index: SearchIndex, requestIds: readonly string[]): Test {
  const idOf = requestIdReader(database, index);
  const wanted = new Set(requestIds.map(foldRequestId));
  const digests = new Set([...wanted].map(requestDigest));
  return (slot) => digests.has(index.columns.requestDigest[slot] as number) && wanted.has(idOf(slot));
}

/** Reads the request id of a slot as it is compared; empty where the row has none. */
function requestIdReader(database: Database, { columns }: SearchIndex): (slot: number) => string {
  const said = database.prepare(`SELECT json_extract(result, '$.requestId') AS requestId FROM entries WHERE seq = ?`);
  return (slot) => {
    const row = said.get((columns.outcomeSeq[slot] as number) || (columns.seq[slot] as number)) as { readonly requestId: string | null };
    return foldRequestId(row.requestId ?? '');
  };
}
