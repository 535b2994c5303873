import type { BatchItem, BatchLine, ItemState } from '../../shared/domain/batch';
import { foldText } from '../../shared/domain/fold-text';
import type { Database } from '../storage/database';
import { inTransaction } from '../storage/database';
import { provideFold } from './fold-function';

interface ItemRow {
  readonly id: number;
  readonly line_number: number;
  readonly endpoint_id: string;
  readonly identifier: string;
  readonly object: string;
  readonly state: ItemState;
  readonly consultation_id: string | null;
  readonly claimed_seq: number | null;
  readonly claimed_hash: string | null;
  readonly repeats: number;
  readonly document_count: number;
  readonly missing_documents: number;
  readonly error: string | null;
  readonly note: string | null;
  readonly settled_at: string | null;
}

/** An item with what only the run needs. */
export interface RunItem extends BatchItem {
  readonly batchId: string;
  /** Head of the journal when it was claimed: its intents come after. */
  readonly claimedSeq: number | null;
  /** Hash of that row: another journal has the number, never the hash. Null: claimed by a version that did not note it. */
  readonly claimedHash: string | null;
  /** Times that it was called again after a call of unknown outcome. */
  readonly repeats: number;
}

export interface NewItem {
  readonly lineNumber: number;
  readonly endpointId: string;
  readonly identifier: string;
  readonly object: string;
  /** Carried over from the former run when there is no need to ask again. */
  readonly kept?: { readonly consultationId: string; readonly settledAt: string | null; readonly note: string } | undefined;
}

export interface Settlement {
  readonly id: number;
  readonly state: ItemState;
  readonly documentCount?: number;
  readonly missingDocuments?: number;
  readonly error?: BatchItem['error'];
  readonly note?: string | null;
  readonly repeats?: number;
  /** Its failure may pass: it is made once more when the run ends, unless that has been done. */
  readonly isDueAgain?: boolean;
  readonly settledAt: string | null;
}

export interface ItemFilter {
  readonly states?: readonly ItemState[] | undefined;
  readonly endpointId?: string | undefined;
  readonly text?: string | undefined;
}

export type ItemStore = ReturnType<typeof createItemStore>;

/** The calls of runs. Reading is paged, writing is by groups: one commit each. */
export function createItemStore(database: Database) {
  provideFold(database);
  return { ...itemWrites(database), ...itemReads(database) };
}

function itemWrites(database: Database) {
  // A group in one statement: a long list asks for a million calls.
  const insert = database.prepare(`
    INSERT OR IGNORE INTO batch_items (batch_id, state, line_number, endpoint_id, identifier, object, consultation_id, note, settled_at)
    SELECT ?, ?, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?)`);
  const addCount = database.prepare(`
    INSERT INTO batch_counts VALUES (?, ?, ?) ON CONFLICT (batch_id, state) DO UPDATE SET count = count + excluded.count`);
  const remove = database.prepare('DELETE FROM batch_items WHERE id IN (SELECT id FROM batch_items WHERE batch_id = ? LIMIT ?)');
  const claim = database.prepare("UPDATE batch_items SET state = 'running', consultation_id = ?, claimed_seq = ?, claimed_hash = ? WHERE id = ?");
  const settle = database.prepare(`
    UPDATE batch_items SET state = ?, document_count = ?, missing_documents = ?, error = ?, note = coalesce(?, note),
      repeats = coalesce(?, repeats), last_try = CASE WHEN ? AND last_try IS NULL THEN 'due' ELSE last_try END, settled_at = ? WHERE id = ?`);
  const callAgain = database.prepare(`
    UPDATE batch_items SET state = 'waiting', last_try = 'made', note = ? || json_extract(error, '$.message'), error = NULL, settled_at = NULL
    WHERE batch_id = ? AND state = 'failed' AND last_try = 'due'`);

  return {
    insertAll(batchId: string, items: readonly NewItem[]): void {
      inTransaction(database, () => {
        for (const state of ['waiting', 'answered'] as const) {
          const group = items.filter(({ kept }) => (kept !== undefined) === (state === 'answered'));
          const rows = group.map(({ lineNumber, endpointId, identifier, object, kept }) => [lineNumber, endpointId, identifier, object, kept?.consultationId, kept?.note, kept?.settledAt]);
          if (rows.length > 0) addCount.run(batchId, state, insert.run(batchId, state, JSON.stringify(rows)).changes);
        }
      });
    },
    /** So many at most; false once there is none left. */
    removeSome: (batchId: string, limit: number): boolean => remove.run(batchId, limit).changes > 0,
    /** On disk before any of them may be called. */
    claimAll(claims: readonly { readonly id: number; readonly consultationId: string }[], journal: { readonly seq: number; readonly hash: string }): void {
      inTransaction(database, () => claims.forEach(({ id, consultationId }) => claim.run(consultationId, journal.seq, journal.hash, id)));
    },
    settleAll(settlements: readonly Settlement[]): void {
      inTransaction(database, () => {
        for (const { id, state, documentCount = 0, missingDocuments = 0, error, note, repeats, isDueAgain = false, settledAt } of settlements) {
          const kept = [error ? JSON.stringify(error) : null, note ?? null, repeats ?? null, isDueAgain ? 1 : 0] as const;
          settle.run(state, documentCount, missingDocuments, ...kept, settledAt, id);
        }
      });
    },
    /** What failed and is due once more goes back to its place; its note says so, and why it failed. */
    callDueAgain: (batchId: string, note: string): void => void callAgain.run(note, batchId),
    /** Takes up again what is in these states, and answers that lack documents: their notes stay. */
    requeue(batchId: string, states: readonly ItemState[]): void {
      database
        .prepare(
          `UPDATE batch_items SET state = 'waiting', error = NULL, settled_at = NULL, repeats = 0, last_try = NULL
           WHERE batch_id = ? AND (state IN (SELECT value FROM json_each(?)) OR (state = 'answered' AND missing_documents > 0))`,
        )
        .run(batchId, JSON.stringify(states));
    },
    cancelWaiting(batchId: string, at: string): void {
      database.prepare("UPDATE batch_items SET state = 'cancelled', settled_at = ? WHERE batch_id = ? AND state = 'waiting'").run(at, batchId);
    },
  };
}

function itemReads(database: Database) {
  const waiting = database.prepare("SELECT * FROM batch_items WHERE batch_id = ? AND state = 'waiting' AND endpoint_id = ? ORDER BY id LIMIT ?");
  const inState = database.prepare('SELECT * FROM batch_items WHERE batch_id = ? AND state = ? AND id > ? ORDER BY id LIMIT ?');
  const call = database.prepare('SELECT * FROM batch_items WHERE batch_id = ? AND identifier = ? AND endpoint_id = ? AND object = ?');
  const after = database.prepare('SELECT * FROM batch_items WHERE batch_id = ? AND id > ? ORDER BY id LIMIT ?');
  const count = database.prepare('SELECT COUNT(*) AS count FROM batch_items WHERE batch_id = ? AND state = ? AND endpoint_id = ?');
  const due = database.prepare("SELECT COUNT(*) AS count FROM batch_items WHERE batch_id = ? AND state = 'failed' AND last_try = 'due'");
  const remaining = database.prepare("SELECT endpoint_id AS endpointId, COUNT(*) AS calls FROM batch_items WHERE batch_id = ? AND state IN ('waiting', 'running') GROUP BY endpoint_id");

  return {
    /** The next that wait for an endpoint, in the order of the list. */
    waiting: (batchId: string, endpointId: string, limit: number): RunItem[] => runItemsOf(batchId, waiting.all(batchId, endpointId, limit)),
    inState: (batchId: string, state: ItemState, afterId = 0, limit = Number.MAX_SAFE_INTEGER): RunItem[] =>
      runItemsOf(batchId, inState.all(batchId, state, afterId, limit)),
    /** Items after one, whatever their state. */
    after: (batchId: string, afterId: number, limit: number): BatchItem[] => (after.all(batchId, afterId, limit) as unknown as ItemRow[]).map(itemOf),
    countOf: (batchId: string, endpointId: string, state: ItemState): number => (count.get(batchId, state, endpointId) as { count: number }).count,
    /** Failures that are due once more. */
    dueAgain: (batchId: string): number => (due.get(batchId) as { count: number }).count,
    /** Calls still to be made, by endpoint. */
    remaining: (batchId: string): readonly { readonly endpointId: string; readonly calls: number }[] =>
      remaining.all(batchId) as unknown as { endpointId: string; calls: number }[],
    findCall: (batchId: string, identifier: string, endpointId: string, object: string): BatchItem | undefined => {
      const row = call.get(batchId, identifier, endpointId, object) as ItemRow | undefined;
      return row && itemOf(row);
    },
    page(batch: BatchRef, filter: ItemFilter, offset: number, limit: number): { readonly total: number; readonly items: BatchItem[] } {
      const { where, values } = itemConditions(batch, filter);
      const { total } = database.prepare(`SELECT COUNT(*) AS total FROM batch_items i WHERE ${where}`).get(...values) as { total: number };
      const rows = database.prepare(`SELECT i.* FROM batch_items i WHERE ${where} ORDER BY i.id LIMIT ? OFFSET ?`).all(...values, limit, offset);
      return { total, items: (rows as unknown as ItemRow[]).map(itemOf) };
    },
    /** Lines that have a call the filter keeps. */
    linePage(batch: BatchRef, filter: ItemFilter, offset: number, limit: number): { readonly total: number; readonly lines: BatchLine[] } {
      const { where, values } = lineConditions(batch, filter);
      const counting = isEmpty(filter) ? 'SELECT line_count AS total FROM batch_lists WHERE id = ?' : `SELECT COUNT(*) AS total FROM batch_lines l WHERE ${where}`;
      const { total } = database.prepare(counting).get(...values) as { total: number };
      const rows = database
        .prepare(`SELECT number, siren, siret, rna, name, object, note FROM batch_lines l WHERE ${where} ORDER BY number LIMIT ? OFFSET ?`)
        .all(...values, limit, offset);
      return { total, lines: rows as unknown as BatchLine[] };
    },
  };
}

type BatchRef = { readonly id: string; readonly listId: string };
interface Conditions {
  readonly where: string;
  readonly values: (string | number)[];
}

/** SQLite lowers plain letters by itself and fast; only names with others are worth a call to the common fold. */
const TEXT_MATCHES = `(instr(CASE WHEN l.name GLOB '*[^ -~]*' THEN fold(l.name) ELSE lower(l.name) END, ?) > 0 OR l.siret LIKE ? OR l.siren LIKE ? OR l.rna LIKE ?)`;

function itemConditions({ id, listId }: BatchRef, { states, endpointId, text }: ItemFilter): Conditions {
  const parts = ['i.batch_id = ?'];
  const values: (string | number)[] = [id];
  if (states) {
    parts.push('i.state IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(states));
  }
  if (endpointId) {
    parts.push('i.endpoint_id = ?');
    values.push(endpointId);
  }
  if (text?.trim()) {
    parts.push(`i.line_number IN (SELECT number FROM batch_lines l WHERE l.list_id = ? AND ${TEXT_MATCHES})`);
    values.push(listId, ...textValues(text));
  }
  return { where: parts.join(' AND '), values };
}

function lineConditions({ id, listId }: BatchRef, { states, endpointId, text }: ItemFilter): Conditions {
  const parts = ['l.list_id = ?'];
  const values: (string | number)[] = [listId];
  if (text?.trim()) {
    parts.push(TEXT_MATCHES);
    values.push(...textValues(text));
  }
  if (states || endpointId) {
    parts.push(`EXISTS (SELECT 1 FROM batch_items i WHERE i.batch_id = ? AND i.identifier IN (l.siret, coalesce(l.siren, substr(l.siret, 1, 9)), l.rna)
      AND i.object = l.object ${states ? 'AND i.state IN (SELECT value FROM json_each(?))' : ''} ${endpointId ? 'AND i.endpoint_id = ?' : ''})`);
    values.push(id, ...(states ? [JSON.stringify(states)] : []), ...(endpointId ? [endpointId] : []));
  }
  return { where: parts.join(' AND '), values };
}

function isEmpty({ states, endpointId, text }: ItemFilter): boolean {
  return !states && !endpointId && !text?.trim();
}

/** What is typed is looked for in names, whatever their case and accents, and at the beginning of identifiers. */
function textValues(text: string): readonly string[] {
  const wanted = foldText(text.trim());
  const beginning = `${wanted.replace(/[\s%_]/g, '').toUpperCase()}%`;
  return [wanted, beginning, beginning, beginning];
}

function runItemsOf(batchId: string, rows: readonly unknown[]): RunItem[] {
  return (rows as readonly ItemRow[]).map((row) => ({ ...itemOf(row), batchId, claimedSeq: row.claimed_seq, claimedHash: row.claimed_hash, repeats: row.repeats }));
}

function itemOf(row: ItemRow): BatchItem {
  return {
    id: row.id,
    lineNumber: row.line_number,
    endpointId: row.endpoint_id,
    identifier: row.identifier,
    object: row.object,
    state: row.state,
    consultationId: row.consultation_id,
    documentCount: row.document_count,
    missingDocuments: row.missing_documents,
    error: row.error === null ? null : (JSON.parse(row.error) as BatchItem['error']),
    note: row.note,
    settledAt: row.settled_at,
  };
}
