import type { Database } from '../storage/database';
import { ENTRY_COLUMNS, type EntryValue } from './journal-database';

/** Measured: with more, the table in which SQLite keeps them for the trigger on order costs what fewer statements save. */
const ROWS_PER_STATEMENT = 5;

const COLUMN_COUNT = ENTRY_COLUMNS.split(',').length;
const VALUES_PER_STATEMENT = ROWS_PER_STATEMENT * COLUMN_COUNT;
const ROW = `(${Array(COLUMN_COUNT).fill('?').join(', ')})`;

/**
 * Puts rows, given as the values of one after the other's {@link ENTRY_COLUMNS}, several to a statement because each has a cost
 * of its own. In a transaction, which ends undone when one of them cannot be put.
 */
export function entryInserter(database: Database): (values: readonly EntryValue[]) => void {
  const statements = new Map<number, ReturnType<Database['prepare']>>();
  const statementOf = (rowCount: number) => {
    const statement = statements.get(rowCount) ?? database.prepare(`INSERT OR ROLLBACK INTO entries (${ENTRY_COLUMNS}) VALUES ${Array(rowCount).fill(ROW).join(', ')}`);
    statements.set(rowCount, statement);
    return statement;
  };
  return (values) => {
    for (let start = 0; start < values.length; start += VALUES_PER_STATEMENT) {
      const together = values.slice(start, start + VALUES_PER_STATEMENT);
      statementOf(together.length / COLUMN_COUNT).run(...together);
    }
  };
}
