import type { Answer } from '../../shared/domain/consultation';
import type { DataCipher } from '../storage/data-cipher';
import { type Database, type FeatureSchema, inTransaction } from '../storage/database';
import type { AnswerStorePort } from './ports';

export const answersSchema: FeatureSchema = {
  feature: 'answers',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE answers (
          consultation_id TEXT PRIMARY KEY,
          dossier_id TEXT NOT NULL,
          endpoint_id TEXT NOT NULL,
          identifier TEXT NOT NULL,
          parameters TEXT NOT NULL,
          received_at TEXT NOT NULL,
          sealed BLOB NOT NULL
        ) STRICT;
        CREATE INDEX answers_by_company ON answers (dossier_id, identifier, received_at);
      `,
    },
  ],
};

export interface AnswerStore extends AnswerStorePort {
  /** Forgets every answer of a dossier, when its retention ends. */
  deleteOfDossier(dossierId: string): void;
  /** Writes what waits; called at exit. */
  flush(): void;
  /** False: sealed answers exist, whose key must not be replaced. */
  isEmpty(): boolean;
}

interface SealedRow {
  readonly consultation_id: string;
  readonly sealed: Uint8Array;
}

/**
 * Answers sealed in `instruire.db`. Those that arrive together are written together (one flush to
 * disk), before the event loop turns; readers write what waits first, so that they never miss one.
 */
export function createAnswerStore(database: Database, cipher: DataCipher): AnswerStore {
  const insert = database.prepare(`
    INSERT OR REPLACE INTO answers (consultation_id, dossier_id, endpoint_id, identifier, parameters, received_at, sealed)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const byId = database.prepare('SELECT consultation_id, sealed FROM answers WHERE consultation_id = ?');
  // The sheet of a company shows what is known of it and of its establishments.
  const ofCompany = database.prepare(`
    SELECT consultation_id, sealed, MAX(received_at) FROM answers
    WHERE dossier_id = ? AND (identifier = ? OR substr(identifier, 1, 9) = ?)
    GROUP BY endpoint_id, identifier, parameters
    ORDER BY received_at DESC`);
  const remove = database.prepare('DELETE FROM answers WHERE dossier_id = ?');
  let waiting: Answer[] = [];

  const flush = () => {
    if (waiting.length === 0) return;
    const answers = waiting;
    waiting = [];
    inTransaction(database, () => answers.forEach(write));
  };
  const write = (answer: Answer) => {
    const sealed = cipher.seal(Buffer.from(JSON.stringify(answer)), placeOf(answer.consultationId));
    const parameters = JSON.stringify(Object.entries(answer.parameters).sort());
    insert.run(answer.consultationId, answer.dossierId, answer.endpointId, answer.identifier, parameters, answer.receivedAt, sealed);
  };
  const open = (row: SealedRow) =>
    JSON.parse(cipher.open(Buffer.from(row.sealed), placeOf(row.consultation_id)).toString('utf8')) as Answer;

  return {
    save(answer) {
      waiting.push(answer);
      if (waiting.length === 1) setImmediate(flush);
    },
    find(consultationId) {
      flush();
      const row = byId.get(consultationId) as SealedRow | undefined;
      return row && open(row);
    },
    latest(dossierId, identifier) {
      flush();
      const siren = /^\d{9}/.exec(identifier)?.[0] ?? identifier;
      return (ofCompany.all(dossierId, identifier, siren) as SealedRow[]).map(open);
    },
    deleteOfDossier(dossierId) {
      flush();
      remove.run(dossierId);
    },
    flush,
    isEmpty: () => waiting.length === 0 && database.prepare('SELECT 1 FROM answers LIMIT 1').get() === undefined,
  };
}

function placeOf(consultationId: string): string {
  return `answer:${consultationId}`;
}
