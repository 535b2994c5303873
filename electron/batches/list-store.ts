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
const LINE_COLUMNS = 'number, siren, siret, rna, name, object, note';

/** Lists as they were read: usable lines, lines kept aside. */
export function createListStore(database: Database) {
  const insertLine = database.prepare('INSERT OR IGNORE INTO batch_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertAside = database.prepare('INSERT OR IGNORE INTO batch_aside VALUES (?, ?, ?, ?)');
  const twin = database.prepare('SELECT number FROM batch_lines WHERE list_id = ? AND identity = ?');
  const add = database.prepare(`
    UPDATE batch_lists SET line_count = line_count + ?, aside_count = aside_count + ?, duplicate_count = duplicate_count + ?,
      restored_zeros = restored_zeros + ? WHERE id = ?`);
  const lines = database.prepare(`SELECT ${LINE_COLUMNS} FROM batch_lines WHERE list_id = ? AND number > ? ORDER BY number LIMIT ?`);
  const aside = database.prepare('SELECT number, text, reason FROM batch_aside WHERE list_id = ? ORDER BY number LIMIT ? OFFSET ?');
  const list = database.prepare('SELECT * FROM batch_lists WHERE id = ?');

  function addRow(listId: string, row: ReadRow) {
    if (row.kind === 'aside') {
      insertAside.run(listId, row.aside.number, row.aside.text, row.aside.reason);
      return 'aside';
    }
    const { number, siren, siret, rna, name, object, note } = row.line;
    const identity = identityOf(row.line);
    if (insertLine.run(listId, number, siren, siret, rna, name, object, note, identity).changes > 0) return 'line';
    const first = twin.get(listId, identity) as { number: number } | undefined;
    insertAside.run(listId, number, siret ?? siren ?? rna ?? name, `Doublon de la ligne ${first?.number ?? number}.`);
    return 'duplicate';
  }

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
    find(id: string): (ImportPreview & { readonly agentId: string }) | undefined {
      const row = list.get(id) as ListRow | undefined;
      return row && { ...previewOf(row), agentId: row.agent_id, firstLines: lines.all(id, -1, FIRST_LINES) as unknown as BatchLine[] };
    },
    /** The lines after a number, in order. */
    linesAfter: (id: string, number: number, limit: number): readonly BatchLine[] => lines.all(id, number, limit) as unknown as BatchLine[],
    aside: (id: string, offset: number, limit: number): readonly AsideLine[] => aside.all(id, limit, offset) as unknown as AsideLine[],
    /** Those that no run uses, a given one or all. */
    removeUnused(id: string | null): void {
      database
        .prepare('DELETE FROM batch_lists WHERE (? IS NULL OR id = ?) AND NOT EXISTS (SELECT 1 FROM batches WHERE list_id = batch_lists.id)')
        .run(id, id);
    },
  };
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
