import type { Database } from '../storage/database';
import { createListStore } from './list-store';

/** Runs and lists of a dossier, as the end of its retention counts and forgets them. */
export function batchesOfDossier(database: Database) {
  const count = database.prepare('SELECT COUNT(*) AS total FROM batches WHERE dossier_id = ?');
  const lists = database.prepare('SELECT DISTINCT list_id AS id FROM batches WHERE dossier_id = ?');
  const listStore = createListStore(database);
  const remove = database.prepare('DELETE FROM batches WHERE dossier_id = ?');
  return {
    count: (dossierId: string): number => (count.get(dossierId) as { total: number }).total,
    /** Inside the caller's transaction; nothing lies outside the database. */
    forget: (dossierId: string): (() => void) => {
      const listIds = (lists.all(dossierId) as { id: string }[]).map(({ id }) => id);
      remove.run(dossierId);
      for (const id of listIds) listStore.removeUnused(id);
      return () => undefined;
    },
  };
}
