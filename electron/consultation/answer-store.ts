import type { Answer } from '../../shared/domain/consultation';
import { type DataCipher, PREFIX_BYTES } from '../storage/data-cipher';
import { type Database, type FeatureSchema, inTransaction } from '../storage/database';
import type { SealedItems } from '../storage/key-rotation';
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
  countOfDossier(dossierId: string): number;
  /** Writes what waits; called at exit. */
  flush(): void;
  /** False: sealed answers exist, whose key must not be replaced. */
  isEmpty(): boolean;
  /** For a new key. */
  readonly sealedItems: SealedItems;
}

/** Answers of one company that a comparison looks back over. */
const LONGEST_HISTORY = 500;

interface SealedRow {
  readonly consultation_id: string;
  readonly sealed: Uint8Array;
}

/** Where a write that failed is told; it is tried again. */
type LogError = (place: string, error: unknown) => void;

/** Short enough for nobody to notice, long enough for a batch to share one flush to disk. The trace never waits. */
const WRITE_TOGETHER_MS = 50;

/**
 * Answers sealed in `instruire.db`. Those that arrive together are written together; until then they
 * are read from memory, so that no reader misses one. What the disk refuses is written with the next.
 */
export function createAnswerStore(database: Database, cipher: DataCipher, logError: LogError = () => undefined): AnswerStore {
  const table = answersTable(database, cipher);
  let waiting: Answer[] = [];
  let plannedFlush: NodeJS.Timeout | undefined;

  const flush = () => {
    if (waiting.length === 0) return;
    inTransaction(database, () => waiting.forEach((answer) => table.write(answer)));
    waiting = [];
  };
  const tryFlush = () => {
    plannedFlush = undefined;
    try {
      flush();
    } catch (error) {
      logError('answer store', error);
    }
  };

  return {
    save(answer) {
      waiting.push(answer);
      plannedFlush ??= setTimeout(tryFlush, WRITE_TOGETHER_MS);
    },
    find: (consultationId) => waiting.find((answer) => answer.consultationId === consultationId) ?? table.find(consultationId),
    latest(dossierId, identifier) {
      const siren = sirenOf(identifier);
      const unwritten = waiting.filter((answer) => answer.dossierId === dossierId && answer.identifier.startsWith(siren));
      return newestOfEach([...unwritten, ...table.latest(dossierId, identifier, siren)]);
    },
    history(dossierId, identifier) {
      tryFlush();
      return table.history(dossierId, identifier, sirenOf(identifier));
    },
    deleteOfDossier(dossierId) {
      waiting = waiting.filter((answer) => answer.dossierId !== dossierId);
      table.deleteOfDossier(dossierId);
    },
    countOfDossier: (dossierId) => table.countOfDossier(dossierId) + waiting.filter((answer) => answer.dossierId === dossierId).length,
    flush() {
      clearTimeout(plannedFlush);
      plannedFlush = undefined;
      flush();
    },
    isEmpty: () => waiting.length === 0 && table.isEmpty(),
    sealedItems: table.sealedItems,
  };
}

function answersTable(database: Database, cipher: DataCipher) {
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
  const allOfCompany = database.prepare(`
    SELECT consultation_id, sealed FROM answers
    WHERE dossier_id = ? AND (identifier = ? OR substr(identifier, 1, 9) = ?)
    ORDER BY received_at DESC LIMIT ${LONGEST_HISTORY}`);
  const remove = database.prepare('DELETE FROM answers WHERE dossier_id = ?');
  const count = database.prepare('SELECT count(*) AS count FROM answers WHERE dossier_id = ?');
  const any = database.prepare('SELECT 1 FROM answers LIMIT 1');
  const open = (row: SealedRow) =>
    JSON.parse(cipher.open(Buffer.from(row.sealed), placeOf(row.consultation_id)).toString('utf8')) as Answer;

  return {
    write(answer: Answer): void {
      const sealed = cipher.seal(Buffer.from(JSON.stringify(answer)), placeOf(answer.consultationId));
      const { consultationId, dossierId, endpointId, identifier, receivedAt } = answer;
      insert.run(consultationId, dossierId, endpointId, identifier, parametersKey(answer), receivedAt, sealed);
    },
    find(consultationId: string): Answer | undefined {
      const row = byId.get(consultationId) as SealedRow | undefined;
      return row && open(row);
    },
    latest: (dossierId: string, identifier: string, siren: string): readonly Answer[] =>
      (ofCompany.all(dossierId, identifier, siren) as SealedRow[]).map(open),
    history: (dossierId: string, identifier: string, siren: string): readonly Answer[] =>
      (allOfCompany.all(dossierId, identifier, siren) as SealedRow[]).map(open),
    deleteOfDossier: (dossierId: string): void => void remove.run(dossierId),
    countOfDossier: (dossierId: string): number => (count.get(dossierId) as { count: number }).count,
    isEmpty: (): boolean => any.get() === undefined,
    sealedItems: sealedAnswers(database, cipher),
  };
}

const RESEALED_TOGETHER = 50;

function sealedAnswers(database: Database, cipher: DataCipher): SealedItems {
  const former = database.prepare(`SELECT consultation_id FROM answers WHERE substr(sealed, 1, ${PREFIX_BYTES}) <> ?`);
  const byId = database.prepare('SELECT consultation_id, sealed FROM answers WHERE consultation_id = ?');
  const update = database.prepare('UPDATE answers SET sealed = ? WHERE consultation_id = ?');
  const reseal = (id: string): void => {
    const row = byId.get(id) as SealedRow | undefined;
    if (row) update.run(cipher.seal(cipher.open(Buffer.from(row.sealed), placeOf(id)), placeOf(id)), id);
  };
  return {
    batchSize: RESEALED_TOGETHER,
    listFormer: () => Promise.resolve((former.all(cipher.currentPrefix()) as SealedRow[]).map((row) => row.consultation_id)),
    async reseal(ids) {
      inTransaction(database, () => ids.forEach(reseal));
      // Screens are answered between two batches.
      await new Promise((resolve) => setImmediate(resolve));
    },
    // What waits is not sealed yet: it will be, under the current key.
    pendingCount: () => 0,
  };
}

function sirenOf(identifier: string): string {
  return /^\d{9}/.exec(identifier)?.[0] ?? identifier;
}

function parametersKey({ parameters }: Answer): string {
  return JSON.stringify(Object.entries(parameters).sort());
}

/** One answer an endpoint, identifier and parameters; newest first. */
function newestOfEach(answers: readonly Answer[]): readonly Answer[] {
  const newest = new Map<string, Answer>();
  for (const answer of [...answers].sort((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1))) {
    const key = `${answer.endpointId} ${answer.identifier} ${parametersKey(answer)}`;
    if (!newest.has(key)) newest.set(key, answer);
  }
  return [...newest.values()];
}

function placeOf(consultationId: string): string {
  return `answer:${consultationId}`;
}
