import { type Database, inTransaction } from '../storage/database';

export interface ClosedDossier {
  readonly dossierId: string;
  readonly title: string;
  readonly habilitationId: string;
  readonly closedAt: string;
}

export interface PendingDeletion {
  readonly dossierId: string;
  readonly dossierTitle: string;
}

export type RetentionStore = ReturnType<typeof createRetentionStore>;

export function createRetentionStore(database: Database) {
  const closed = database.prepare(`
    SELECT id AS dossierId, title, habilitation_id AS habilitationId, closed_at AS closedAt
    FROM dossiers JOIN dossier_closings ON dossier_id = id ORDER BY closed_at`);
  const pending = database.prepare('SELECT dossier_id AS dossierId, dossier_title AS dossierTitle FROM pending_deletions');
  const insert = database.prepare('INSERT OR REPLACE INTO pending_deletions (dossier_id, dossier_title) VALUES (?, ?)');
  const end = database.prepare('DELETE FROM pending_deletions WHERE dossier_id = ?');
  const removeDossier = database.prepare('DELETE FROM dossiers WHERE id = ?');
  const about = tablesAbout(database).map((table) => database.prepare(`DELETE FROM ${table} WHERE dossier_id = ?`));

  return {
    closed: () => closed.all() as unknown as readonly ClosedDossier[],
    pending: () => pending.all() as unknown as readonly PendingDeletion[],
    begin: ({ dossierId, dossierTitle }: PendingDeletion) => void insert.run(dossierId, dossierTitle),
    end: (dossierId: string) => void end.run(dossierId),
    /** The dossier, all that `forget` removes, and every row of any feature that names it: together or not at all. */
    erase<T>(dossierId: string, forget: () => T): T {
      return inTransaction(database, () => {
        const forgotten = forget();
        for (const statement of about) statement.run(dossierId);
        removeDossier.run(dossierId);
        return forgotten;
      });
    },
    /** What was deleted leaves the write-ahead log too. */
    flush: () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
  };
}

/** Every table that says of which dossier its rows are: a feature that keeps something more needs no word here. */
function tablesAbout(database: Database): readonly string[] {
  const rows = database
    .prepare("SELECT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' AND columns.name = 'dossier_id' AND tables.name <> 'pending_deletions'")
    .all() as { name: string }[];
  return rows.map(({ name }) => name);
}
