import type { AsideLine, BatchLine, ImportColumn, ImportPreview } from '../../shared/domain/batch';
import { type Database, inTransaction } from '../storage/database';
import type { ReadRow } from './ports';

interface ListRow {
  readonly id: string;
  readonly file_name: string;
  readonly agent_id: string;
  readonly sheets: string;
  readonly columns: string;
  readonly line_count: number;
  readonly aside_count: number;
  readonly duplicate_count: number;
  readonly restored_zeros: number;
}

export interface NewList {
  readonly id: string;
  readonly fileName: string;
  readonly agentId: string;
  readonly createdAt: string;
  readonly sheets: readonly string[];
  readonly columns: readonly ImportColumn[];
}

export type ListStore = ReturnType<typeof createListStore>;

const FIRST_LINES = 50;
const ASIDE_COLUMNS = 'number, text, reason, name, object';
const TWIN_REASON = 'Doublon de la ligne';
const LINE_COLUMNS = 'number, siren, siret, rna, name, object, note';

/** Lists as they were read: usable lines, lines kept aside. */
export function createListStore(database: Database) {
  return { ...listWrites(database), ...listReads(database) };
}

function listReads(database: Database) {
  const lines = database.prepare(`SELECT ${LINE_COLUMNS} FROM batch_lines WHERE list_id = ? AND number > ? ORDER BY number LIMIT ?`);
  const page = database.prepare(`SELECT ${LINE_COLUMNS} FROM batch_lines WHERE list_id = ? ORDER BY number LIMIT ? OFFSET ?`);
  const aside = database.prepare(`SELECT ${ASIDE_COLUMNS} FROM batch_aside WHERE list_id = ? ORDER BY number LIMIT ? OFFSET ?`);
  const oneAside = database.prepare(`SELECT ${ASIDE_COLUMNS} FROM batch_aside WHERE list_id = ? AND number = ?`);
  const list = database.prepare('SELECT * FROM batch_lists WHERE id = ?');
  const use = database.prepare('SELECT 1 FROM batches WHERE list_id = ?');

  return {
    find(id: string): (ImportPreview & { readonly agentId: string }) | undefined {
      const row = list.get(id) as ListRow | undefined;
      return row && { ...previewOf(row), agentId: row.agent_id, firstLines: lines.all(id, -1, FIRST_LINES) as unknown as BatchLine[] };
    },
    /** The lines after a number, in order. */
    linesAfter: (id: string, number: number, limit: number): readonly BatchLine[] => lines.all(id, number, limit) as unknown as BatchLine[],
    linePage: (id: string, offset: number, limit: number): readonly BatchLine[] => page.all(id, limit, offset) as unknown as BatchLine[],
    aside: (id: string, offset: number, limit: number): readonly AsideLine[] => aside.all(id, limit, offset) as unknown as AsideLine[],
    findAside: (id: string, number: number): AsideLine | undefined => oneAside.get(id, number) as AsideLine | undefined,
    isUsed: (id: string): boolean => use.get(id) !== undefined,
  };
}

function listWrites(database: Database) {
  const add = database.prepare(`
    UPDATE batch_lists SET line_count = line_count + ?, aside_count = aside_count + ?, duplicate_count = duplicate_count + ?,
      restored_zeros = restored_zeros + ? WHERE id = ?`);
  const takeAside = database.prepare('DELETE FROM batch_aside WHERE list_id = ? AND number = ? RETURNING reason');
  const { addRow, twinOf } = rowWrites(database);

  return {
    create({ id, fileName, agentId, createdAt, sheets, columns }: NewList): void {
      database
        .prepare('INSERT INTO batch_lists VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0)')
        .run(id, fileName, agentId, createdAt, JSON.stringify(sheets), JSON.stringify(columns));
    },
    /** One commit for all of them. */
    addRows(listId: string, rows: readonly ReadRow[]): void {
      inTransaction(database, () => {
        const kinds = rows.map((row) => addRow(listId, row));
        const count = (kind: (typeof kinds)[number]): number => kinds.filter((one) => one === kind).length;
        const restored = rows.filter((row, index) => kinds[index] === 'line' && row.kind === 'line' && row.isZeroRestored).length;
        add.run(count('line'), count('aside') + count('duplicate'), count('duplicate'), restored, listId);
      });
    },
    /** A line kept aside becomes usable; false, and nothing changes, when another line makes the same calls. */
    resolve(listId: string, line: BatchLine): boolean {
      return inTransaction(database, () => {
        if (twinOf(listId, line) !== undefined) return false;
        const former = takeAside.get(listId, line.number) as Pick<AsideLine, 'reason'> | undefined;
        addRow(listId, { kind: 'line', line, isZeroRestored: false });
        add.run(1, -1, former?.reason.startsWith(TWIN_REASON) ? -1 : 0, 0, listId);
        return true;
      });
    },
    /** Those that no run uses, a given one or all. */
    removeUnused(id: string | null): void {
      database
        .prepare('DELETE FROM batch_lists WHERE (? IS NULL OR id = ?) AND NOT EXISTS (SELECT 1 FROM batches WHERE list_id = batch_lists.id)')
        .run(id, id);
    },
  };
}

function rowWrites(database: Database) {
  const insertLine = database.prepare('INSERT OR IGNORE INTO batch_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertAside = database.prepare(`INSERT OR IGNORE INTO batch_aside (list_id, ${ASIDE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`);
  const twin = database.prepare('SELECT number FROM batch_lines WHERE list_id = ? AND identity = ?');
  const twinOf = (listId: string, line: BatchLine): number | undefined => (twin.get(listId, identityOf(line)) as { number: number } | undefined)?.number;

  function addRow(listId: string, row: ReadRow): 'line' | 'aside' | 'duplicate' {
    if (row.kind === 'aside') {
      const { number, text, reason, name, object } = row.aside;
      insertAside.run(listId, number, text, reason, name, object);
      return 'aside';
    }
    const { number, siren, siret, rna, name, object, note } = row.line;
    if (insertLine.run(listId, number, siren, siret, rna, name, object, note, identityOf(row.line)).changes > 0) return 'line';
    insertAside.run(listId, number, siret ?? siren ?? rna ?? name, `${TWIN_REASON} ${twinOf(listId, row.line) ?? number}.`, name, object);
    return 'duplicate';
  }

  return { addRow, twinOf };
}

/** Two lines with the same identity would make the same calls. */
function identityOf({ siren, siret, rna, object }: BatchLine): string {
  return `${siret ?? siren ?? rna ?? ''} ${object}`;
}

function previewOf(row: ListRow): Omit<ImportPreview, 'firstLines'> {
  return {
    importId: row.id,
    fileName: row.file_name,
    sheets: JSON.parse(row.sheets) as string[],
    columns: JSON.parse(row.columns) as ImportColumn[],
    lineCount: row.line_count,
    asideCount: row.aside_count,
    duplicateCount: row.duplicate_count,
    restoredZeros: row.restored_zeros,
  };
}
