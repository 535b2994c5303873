import type { Dossier } from '../../shared/domain/dossier';
import type { PieceLists } from './piece-lists';
import type { PieceStore } from './piece-store';

/** What the agent noted of the documents that companies handed over: which pieces each stands for. */
export interface StandIns {
  /** Names of the pieces of the dossier's list that a document stands for. */
  labelsOf(dossier: Dossier, fileId: string): readonly string[];
  /** The document goes: its pieces are to be received again. */
  forget(dossierId: string, fileId: string): void;
}

export function createStandIns(pieces: Pick<PieceStore, 'suppliedOf' | 'forgetSuppliedWith'>, lists: Pick<PieceLists, 'inUse'>): StandIns {
  return {
    labelsOf({ id, procedure }, fileId) {
      const noted = new Set(pieces.suppliedOf(id).flatMap((piece) => (piece.fileId === fileId ? [piece.pieceId] : [])));
      if (procedure === null || noted.size === 0) return [];
      return lists.inUse(procedure).list.pieces.flatMap((piece) => (noted.has(piece.id) ? [piece.label] : []));
    },
    forget: (dossierId, fileId) => pieces.forgetSuppliedWith(dossierId, fileId),
  };
}
