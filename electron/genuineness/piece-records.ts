import type { SuppliedFile } from '../../shared/domain/supplied-file';
import type { Database, FeatureSchema } from '../storage/database';

export const piecesSchema: FeatureSchema = {
  feature: 'supplied-pieces',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE supplied_pieces (
          id TEXT PRIMARY KEY,
          file_id TEXT NOT NULL,
          dossier_id TEXT NOT NULL,
          identifier TEXT NOT NULL,
          original_name TEXT NOT NULL,
          media_type TEXT NOT NULL,
          byte_length INTEGER NOT NULL,
          sha256 TEXT NOT NULL,
          added_at TEXT NOT NULL,
          added_by TEXT NOT NULL,
          kind TEXT,
          text_state TEXT NOT NULL
        ) STRICT;
        CREATE INDEX supplied_pieces_by_dossier ON supplied_pieces (dossier_id, added_at);
      `,
    },
  ],
};

/** A supplied piece and the sealed file that holds it. */
export interface PieceRecord extends SuppliedFile {
  readonly fileId: string;
}

export interface PieceRecords {
  add(record: PieceRecord): void;
  find(id: string): PieceRecord | undefined;
  /** Newest first. */
  list(dossierId: string): readonly PieceRecord[];
  remove(id: string): void;
  fileIds(): ReadonlySet<string>;
  /** Forgets the pieces of a dossier; answers the files to remove. */
  deleteOfDossier(dossierId: string): readonly string[];
}

const COLUMNS = `id, file_id AS fileId, dossier_id AS dossierId, identifier, original_name AS originalName, media_type AS mediaType,
  byte_length AS byteLength, sha256, added_at AS addedAt, added_by AS addedBy, kind, text_state AS textState`;

export function createPieceRecords(database: Database): PieceRecords {
  const insert = database.prepare(`
    INSERT INTO supplied_pieces VALUES (:id, :fileId, :dossierId, :identifier, :originalName, :mediaType, :byteLength, :sha256,
      :addedAt, :addedBy, :kind, :textState)`);
  const byId = database.prepare(`SELECT ${COLUMNS} FROM supplied_pieces WHERE id = ?`);
  const ofDossier = database.prepare(`SELECT ${COLUMNS} FROM supplied_pieces WHERE dossier_id = ? ORDER BY added_at DESC`);
  const files = database.prepare('SELECT file_id AS fileId FROM supplied_pieces');
  const remove = database.prepare('DELETE FROM supplied_pieces WHERE id = ?');
  const removeOfDossier = database.prepare('DELETE FROM supplied_pieces WHERE dossier_id = ?');
  const list = (dossierId: string) => ofDossier.all(dossierId) as unknown as PieceRecord[];

  return {
    add: (record) => void insert.run({ ...record }),
    find: (id) => byId.get(id) as PieceRecord | undefined,
    list,
    remove: (id) => void remove.run(id),
    fileIds: () => new Set((files.all() as { fileId: string }[]).map(({ fileId }) => fileId)),
    deleteOfDossier(dossierId) {
      const fileIds = list(dossierId).map(({ fileId }) => fileId);
      removeOfDossier.run(dossierId);
      return fileIds;
    },
  };
}

/** What the screens may see of a record. */
export function withoutFileId(record: PieceRecord): SuppliedFile {
  const { fileId, ...piece } = record;
  void fileId;
  return piece;
}
