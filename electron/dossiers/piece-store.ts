import type { PieceList, Procedure, SuppliedPiece } from '../../shared/domain/completeness';
import type { Database } from '../storage/database';

/** A list that a responsable changed. */
export interface ChangedList {
  readonly list: PieceList;
  readonly changedBy: string;
  /** ISO 8601 UTC. */
  readonly changedAt: string;
}

export type PieceStore = ReturnType<typeof createPieceStore>;

/** What completeness remembers beside documents and answers: pieces that companies sent, lists that were changed. */
export function createPieceStore(database: Database) {
  return { ...suppliedPieces(database), ...lists(database) };
}

function suppliedPieces(database: Database) {
  const insert = database.prepare(`
    INSERT OR REPLACE INTO dossier_supplied_pieces (dossier_id, identifier, piece_id, received_on, valid_until, note, file_id) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const remove = database.prepare('DELETE FROM dossier_supplied_pieces WHERE dossier_id = ? AND identifier = ? AND piece_id = ?');
  const removeWithFile = database.prepare('DELETE FROM dossier_supplied_pieces WHERE dossier_id = ? AND file_id = ?');
  const ofDossier = database.prepare(`
    SELECT identifier, piece_id AS pieceId, received_on AS receivedOn, valid_until AS validUntil, note, file_id AS fileId FROM dossier_supplied_pieces WHERE dossier_id = ?`);
  return {
    saveSupplied(dossierId: string, { identifier, pieceId, receivedOn, validUntil, note, fileId }: SuppliedPiece): void {
      insert.run(dossierId, identifier, pieceId, receivedOn, validUntil, note, fileId);
    },
    forgetSupplied: (dossierId: string, identifier: string, pieceId: string): void => void remove.run(dossierId, identifier, pieceId),
    /** The pieces that a document stood for are noted no more. */
    forgetSuppliedWith: (dossierId: string, fileId: string): void => void removeWithFile.run(dossierId, fileId),
    suppliedOf: (dossierId: string): readonly SuppliedPiece[] => ofDossier.all(dossierId) as unknown as SuppliedPiece[],
  };
}

function lists(database: Database) {
  const insert = database.prepare('INSERT OR REPLACE INTO piece_lists (procedure, list, changed_by, changed_at) VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM piece_lists WHERE procedure = ?');
  const byProcedure = database.prepare('SELECT list, changed_by AS changedBy, changed_at AS changedAt FROM piece_lists WHERE procedure = ?');
  return {
    changedList(procedure: Procedure): ChangedList | undefined {
      const row = byProcedure.get(procedure) as { list: string; changedBy: string; changedAt: string } | undefined;
      return row && { ...row, list: JSON.parse(row.list) as PieceList };
    },
    saveList: ({ list, changedBy, changedAt }: ChangedList): void => void insert.run(list.procedure, JSON.stringify(list), changedBy, changedAt),
    forgetList: (procedure: Procedure): void => void remove.run(procedure),
  };
}
