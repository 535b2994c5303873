import type { DocumentWarning, StoredDocument } from '../../shared/domain/document';
import type { Database, FeatureSchema } from '../storage/database';
import { type CommitTogether, createCommitTogether } from '../storage/group-commit';

export const documentsSchema: FeatureSchema = {
  feature: 'documents',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE documents (
          id TEXT PRIMARY KEY,
          file_id TEXT NOT NULL,
          dossier_id TEXT NOT NULL,
          identifier TEXT NOT NULL,
          endpoint_id TEXT NOT NULL,
          consultation_id TEXT NOT NULL,
          pointer TEXT NOT NULL,
          label TEXT NOT NULL,
          provider TEXT NOT NULL,
          file_name TEXT NOT NULL,
          media_type TEXT NOT NULL,
          byte_length INTEGER NOT NULL,
          sha256 TEXT NOT NULL,
          fetched_at TEXT NOT NULL,
          document_date TEXT,
          valid_until TEXT,
          request_id TEXT
        ) STRICT;
        CREATE INDEX documents_by_company ON documents (dossier_id, identifier, fetched_at);
        CREATE INDEX documents_by_content ON documents (sha256);
        CREATE INDEX documents_by_file ON documents (file_id);
      `,
    },
    {
      version: 2,
      sql: `
        ALTER TABLE documents ADD COLUMN journal_seq INTEGER;
        ALTER TABLE documents ADD COLUMN warnings TEXT NOT NULL DEFAULT '';
        CREATE TABLE wanted_documents (
          consultation_id TEXT NOT NULL,
          pointer TEXT NOT NULL,
          agent_id TEXT NOT NULL,
          dossier_id TEXT NOT NULL,
          identifier TEXT NOT NULL,
          endpoint_id TEXT NOT NULL,
          label TEXT NOT NULL,
          document_date TEXT,
          asked_at TEXT NOT NULL,
          problem TEXT,
          PRIMARY KEY (consultation_id, pointer)
        ) STRICT;
        CREATE INDEX wanted_documents_by_agent ON wanted_documents (agent_id, asked_at);
      `,
    },
    {
      version: 3,
      sql: `
        CREATE TABLE earlier_fetches (
          document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
          fetched_at TEXT NOT NULL,
          consultation_id TEXT NOT NULL,
          request_id TEXT,
          journal_seq INTEGER,
          PRIMARY KEY (document_id, fetched_at)
        ) STRICT;
      `,
    },
  ],
};

/** A stored document and the sealed file that holds it; equal contents share one file. */
export interface DocumentRecord extends StoredDocument {
  readonly fileId: string;
}

/** What a fetch says of a document, beside its bytes. */
export type Fetch = Pick<StoredDocument, 'consultationId' | 'pointer' | 'label' | 'fetchedAt' | 'documentDate' | 'validUntil' | 'requestId' | 'journalSeq'>;

export interface DocumentRecords {
  /** Documents that are ready together are recorded in one commit; what is written otherwise is committed at once. */
  readonly together: CommitTogether;
  add(record: DocumentRecord): void;
  /** To be called within {@link together}. The very same bytes came again: the record says what the newest fetch said, and the one before becomes history. */
  fetchAgain(id: string, fetch: Fetch): DocumentRecord;
  /** When each document of a dossier had been fetched before, oldest first; by its id. */
  earlierFetches(dossierId: string): ReadonlyMap<string, readonly string[]>;
  find(id: string): DocumentRecord | undefined;
  /** Newest first; earlier versions stay. */
  list(dossierId: string, identifier: string | undefined): readonly DocumentRecord[];
  findByContent(sha256: string): DocumentRecord | undefined;
  /** The very same document, already kept for this company of this dossier. */
  findSame(document: Pick<StoredDocument, 'dossierId' | 'identifier' | 'endpointId' | 'sha256'>): DocumentRecord | undefined;
  fileIds(): ReadonlySet<string>;
  /** Forgets the documents of a dossier; answers the files that nothing names any more. */
  deleteOfDossier(dossierId: string): readonly string[];
}

const COLUMNS = `id, file_id AS fileId, dossier_id AS dossierId, identifier, endpoint_id AS endpointId,
  consultation_id AS consultationId, pointer, label, provider, file_name AS fileName, media_type AS mediaType,
  byte_length AS byteLength, sha256, fetched_at AS fetchedAt, document_date AS documentDate,
  valid_until AS validUntil, request_id AS requestId, journal_seq AS journalSeq, warnings`;

type Row = Omit<DocumentRecord, 'warnings'> & { readonly warnings: string };

/** Warnings are kept as words between spaces. */
function toRecord(row: Row): DocumentRecord {
  return { ...row, warnings: row.warnings.split(' ').filter(Boolean) as DocumentWarning[] };
}

function toRow(record: DocumentRecord): Record<string, string | number | null> {
  return { ...record, warnings: record.warnings.join(' ') };
}

export function createDocumentRecords(database: Database): DocumentRecords {
  const insert = database.prepare(`
    INSERT INTO documents VALUES (:id, :fileId, :dossierId, :identifier, :endpointId, :consultationId, :pointer, :label,
      :provider, :fileName, :mediaType, :byteLength, :sha256, :fetchedAt, :documentDate, :validUntil, :requestId, :journalSeq, :warnings)`);
  const byId = database.prepare(`SELECT ${COLUMNS} FROM documents WHERE id = ?`);
  const ofDossier = database.prepare(`
    SELECT ${COLUMNS} FROM documents
    WHERE dossier_id = ? AND (? IS NULL OR identifier = ? OR substr(identifier, 1, 9) = ?)
    ORDER BY fetched_at DESC`);
  const byContent = database.prepare(`SELECT ${COLUMNS} FROM documents WHERE sha256 = ? LIMIT 1`);
  const same = database.prepare(`
    SELECT ${COLUMNS} FROM documents WHERE dossier_id = ? AND identifier = ? AND endpoint_id = ? AND sha256 = ? LIMIT 1`);
  const files = database.prepare('SELECT DISTINCT file_id AS fileId FROM documents');
  const remove = database.prepare('DELETE FROM documents WHERE dossier_id = ?');
  const one = (row: unknown): DocumentRecord | undefined => (row === undefined ? undefined : toRecord(row as Row));
  const removeWanted = database.prepare('DELETE FROM wanted_documents WHERE dossier_id = ?');
  const fileIds = () => new Set((files.all() as { fileId: string }[]).map((row) => row.fileId));

  return {
    together: createCommitTogether(database),
    ...fetches(database, (id) => one(byId.get(id))),
    add: (record) => void insert.run(toRow(record)),
    find: (id) => one(byId.get(id)),
    list(dossierId, identifier) {
      const wanted = identifier ?? null;
      return (ofDossier.all(dossierId, wanted, wanted, wanted) as unknown as Row[]).map(toRecord);
    },
    findByContent: (sha256) => one(byContent.get(sha256)),
    findSame: ({ dossierId, identifier, endpointId, sha256 }) =>
      one(same.get(dossierId, identifier, endpointId, sha256)),
    fileIds,
    deleteOfDossier(dossierId) {
      const before = fileIds();
      remove.run(dossierId);
      removeWanted.run(dossierId);
      const after = fileIds();
      return [...before].filter((fileId) => !after.has(fileId));
    },
  };
}

function fetches(database: Database, find: (id: string) => DocumentRecord | undefined): Pick<DocumentRecords, 'fetchAgain' | 'earlierFetches'> {
  const keepFormer = database.prepare(`
    INSERT OR IGNORE INTO earlier_fetches SELECT id, fetched_at, consultation_id, request_id, journal_seq FROM documents WHERE id = ?`);
  const update = database.prepare(`
    UPDATE documents SET consultation_id = :consultationId, pointer = :pointer, label = :label, fetched_at = :fetchedAt,
      document_date = :documentDate, valid_until = :validUntil, request_id = :requestId, journal_seq = :journalSeq WHERE id = :id`);
  const ofDossier = database.prepare(`
    SELECT document_id AS id, earlier_fetches.fetched_at AS at FROM earlier_fetches JOIN documents ON documents.id = document_id
    WHERE dossier_id = ? ORDER BY earlier_fetches.fetched_at`);
  return {
    fetchAgain(id, { consultationId, pointer, label, fetchedAt, documentDate, validUntil, requestId, journalSeq }) {
      keepFormer.run(id);
      update.run({ id, consultationId, pointer, label, fetchedAt, documentDate, validUntil, requestId, journalSeq });
      const record = find(id);
      if (!record) throw new Error('a document fetched again is not recorded');
      return record;
    },
    earlierFetches(dossierId) {
      const byDocument = new Map<string, string[]>();
      for (const { id, at } of ofDossier.all(dossierId) as { id: string; at: string }[]) byDocument.set(id, [...(byDocument.get(id) ?? []), at]);
      return byDocument;
    },
  };
}

/** What the screens may see of a record. */
export function withoutFileId(record: DocumentRecord): StoredDocument {
  const { fileId, ...document } = record;
  void fileId;
  return document;
}
