import {
  type Batch,
  type BatchChoice,
  type BatchCounts,
  type BatchSchedule,
  type BatchSpeed,
  type BatchState,
  ITEM_STATES,
  type ItemState,
  type PauseReason,
} from '../../shared/domain/batch';
import { foldText } from '../../shared/domain/fold-text';
import { type Database, inTransaction } from '../storage/database';
import { provideFold } from './fold-function';

interface BatchRow {
  readonly id: string;
  readonly list_id: string;
  readonly dossier_id: string;
  readonly title: string;
  readonly choice: string;
  readonly schedule: string;
  readonly speed: BatchSpeed;
  readonly state: BatchState;
  readonly pause_reason: PauseReason | null;
  readonly pause_message: string | null;
  readonly resumes_at: string | null;
  readonly agent_id: string;
  readonly agent_name: string;
  readonly previous_id: string | null;
  readonly next_run_at: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly line_count: number;
  readonly aside_count: number;
  readonly counts: string;
}

export type NewBatch = Pick<
  Batch,
  'id' | 'listId' | 'dossierId' | 'title' | 'choice' | 'schedule' | 'speed' | 'agentId' | 'agentName' | 'previousId' | 'nextRunAt' | 'createdAt'
>;

export interface BatchQuery {
  readonly dossierIds: readonly string[];
  readonly text: string;
  readonly states?: readonly BatchState[] | undefined;
}

/** What changes in the life of a run. */
export type BatchChange = Partial<
  Pick<Batch, 'state' | 'pauseReason' | 'pauseMessage' | 'resumesAt' | 'speed' | 'startedAt' | 'endedAt' | 'nextRunAt'>
>;

export type BatchStore = ReturnType<typeof createBatchStore>;

const columnOf = {
  state: 'state',
  pauseReason: 'pause_reason',
  pauseMessage: 'pause_message',
  resumesAt: 'resumes_at',
  speed: 'speed',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  nextRunAt: 'next_run_at',
} as const satisfies Record<keyof BatchChange, string>;

const SELECT = `
  SELECT batches.*, line_count, aside_count,
    (SELECT json_group_object(state, count) FROM batch_counts WHERE batch_id = batches.id) AS counts
  FROM batches JOIN batch_lists ON batch_lists.id = list_id`;

/** Runs, without their items. */
export function createBatchStore(database: Database) {
  provideFold(database);
  const byId = database.prepare(`${SELECT} WHERE batches.id = ? AND is_complete = 1`);
  const rowsOf = (sql: string, ...values: (string | number)[]): Batch[] => (database.prepare(sql).all(...values) as unknown as BatchRow[]).map(batchOf);

  return {
    find(id: string): Batch | undefined {
      const row = byId.get(id) as BatchRow | undefined;
      return row && batchOf(row);
    },
    /** Dossiers that have runs. */
    dossierIds: (): readonly string[] =>
      (database.prepare('SELECT DISTINCT dossier_id AS id FROM batches WHERE is_complete = 1').all() as { id: string }[]).map(({ id }) => id),
    /** Of these dossiers, newest first; `text`: part of their title or of their author's name, whatever the case and accents. */
    list({ dossierIds, text, states }: BatchQuery, offset: number, limit: number): { readonly total: number; readonly batches: Batch[] } {
      const where = `is_complete = 1 AND dossier_id IN (SELECT value FROM json_each(?))
        AND instr(fold(title || ' ' || agent_name), ?) > 0 AND (? IS NULL OR state IN (SELECT value FROM json_each(?)))`;
      const wantedStates = states ? JSON.stringify(states) : null;
      const wanted = [JSON.stringify(dossierIds), foldText(text.trim()), wantedStates, wantedStates] as const;
      const total = database.prepare(`SELECT COUNT(*) AS total FROM batches WHERE ${where}`).get(...wanted) as { total: number };
      const rows = database
        .prepare(`${SELECT} WHERE ${where} ORDER BY batches.created_at DESC, batches.rowid DESC LIMIT ? OFFSET ?`)
        .all(...wanted, limit, offset);
      return { total: total.total, batches: (rows as unknown as BatchRow[]).map(batchOf) };
    },
    /** Those that are not over. */
    live: (): readonly Batch[] => rowsOf(`${SELECT} WHERE is_complete = 1 AND state IN ('planned', 'running', 'paused')`),
    /** Ended ones whose next run is still to be made. */
    recurring: (): readonly Batch[] => rowsOf(`${SELECT} WHERE is_complete = 1 AND state = 'done' AND next_run_at IS NOT NULL`),
    /** Not complete until its items are all there: a crash in between leaves nothing behind. */
    insert(batch: NewBatch): void {
      database
        .prepare(
          `INSERT INTO batches (id, list_id, dossier_id, title, choice, schedule, speed, state, agent_id, agent_name, previous_id,
             next_run_at, created_at, is_complete) VALUES (?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?, ?, ?, 0)`,
        )
        .run(
          batch.id, batch.listId, batch.dossierId, batch.title, JSON.stringify(batch.choice), JSON.stringify(batch.schedule), batch.speed,
          batch.agentId, batch.agentName, batch.previousId, batch.nextRunAt, batch.createdAt,
        );
    },
    /** With `successorOf`, in one commit with the end of the former run's wait for it. */
    complete(id: string, successorOf: string | null = null): void {
      inTransaction(database, () => {
        database.prepare('UPDATE batches SET is_complete = 1 WHERE id = ?').run(id);
        if (successorOf !== null) database.prepare('UPDATE batches SET next_run_at = NULL WHERE id = ?').run(successorOf);
      });
    },
    change(id: string, change: BatchChange): void {
      const names = (Object.keys(columnOf) as (keyof BatchChange)[]).filter((name) => change[name] !== undefined);
      const values = names.map((name) => change[name] ?? null);
      if (names.length === 0) return;
      database.prepare(`UPDATE batches SET ${names.map((name) => `${columnOf[name]} = ?`).join(', ')} WHERE id = ?`).run(...values, id);
    },
    /** Asked for at once, whatever its hours. */
    force: (id: string): void => void database.prepare('UPDATE batches SET is_forced = 1 WHERE id = ?').run(id),
    isForced: (id: string): boolean => database.prepare('SELECT 1 FROM batches WHERE id = ? AND is_forced = 1').get(id) !== undefined,
    /** From now on it is as if it had gone. */
    hide: (id: string): void => void database.prepare('UPDATE batches SET is_complete = 0 WHERE id = ?').run(id),
    /** Half made, or removed and not yet swept away. */
    hidden: (): readonly { readonly id: string; readonly listId: string }[] =>
      database.prepare('SELECT id, list_id AS listId FROM batches WHERE is_complete = 0').all() as { id: string; listId: string }[],
    remove: (id: string): void => void database.prepare('DELETE FROM batches WHERE id = ?').run(id),
  };
}

function batchOf(row: BatchRow): Batch {
  return {
    id: row.id,
    title: row.title,
    dossierId: row.dossier_id,
    listId: row.list_id,
    previousId: row.previous_id,
    lineCount: row.line_count,
    asideCount: row.aside_count,
    choice: JSON.parse(row.choice) as BatchChoice,
    schedule: JSON.parse(row.schedule) as BatchSchedule,
    speed: row.speed,
    state: row.state,
    pauseReason: row.pause_reason,
    pauseMessage: row.pause_message,
    resumesAt: row.resumes_at,
    counts: countsOf(JSON.parse(row.counts) as Partial<Record<ItemState, number>>),
    agentId: row.agent_id,
    agentName: row.agent_name,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    nextRunAt: row.next_run_at,
  };
}

function countsOf(found: Partial<Record<ItemState, number>>): BatchCounts {
  const byState = Object.fromEntries(ITEM_STATES.map((state) => [state, found[state] ?? 0])) as Record<ItemState, number>;
  return { ...byState, total: Object.values(byState).reduce((sum, count) => sum + count, 0) };
}
