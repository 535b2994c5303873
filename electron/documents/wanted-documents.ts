import type { WantedDocument } from '../../shared/domain/document';
import type { Answer } from '../../shared/domain/consultation';
import { type AnswerStorePort, ConsultationError } from '../consultation/ports';
import type { Clock } from '../storage/clock';
import type { Database } from '../storage/database';
import type { FetchDocument } from './fetch-document';
import { documentLabel } from './label';

type Key = Pick<WantedDocument, 'consultationId' | 'pointer'>;

/** What was asked for and is not stored yet: it outlives a cut network, a cancelled download and a restart. */
export interface WantedDocuments {
  add(wanted: WantedDocument, agentId: string): void;
  /** Notes why the last try brought nothing. */
  fail(key: Key, problem: string): void;
  /** Stored. */
  remove(key: Key, agentId: string): void;
  /** Given up by the agent, who may change his mind as long as the application runs. */
  giveUp(key: Key, agentId: string): void;
  findGivenUp(key: Key, agentId: string): WantedDocument | undefined;
  /** Takes the giving up back, with what was noted of the last try. */
  wantAgain(key: Key, agentId: string): void;
  /** Oldest first. */
  list(agentId: string, dossierId: string | undefined): readonly WantedDocument[];
}

export function createWantedDocuments(database: Database): WantedDocuments {
  const insert = database.prepare(`
    INSERT INTO wanted_documents VALUES (:consultationId, :pointer, :agentId, :dossierId, :identifier, :endpointId, :label, :documentDate, :askedAt, :problem)
    ON CONFLICT (consultation_id, pointer) DO UPDATE SET agent_id = excluded.agent_id, problem = excluded.problem`);
  const note = database.prepare('UPDATE wanted_documents SET problem = ? WHERE consultation_id = ? AND pointer = ?');
  const remove = database.prepare('DELETE FROM wanted_documents WHERE consultation_id = ? AND pointer = ? AND agent_id = ?');
  const ofAgent = database.prepare(`
    SELECT consultation_id AS consultationId, pointer, dossier_id AS dossierId, identifier, endpoint_id AS endpointId, label,
      document_date AS documentDate, asked_at AS askedAt, problem
    FROM wanted_documents WHERE agent_id = ? AND (? IS NULL OR dossier_id = ?) ORDER BY asked_at, pointer`);
  const list = (agentId: string, dossierId?: string) => ofAgent.all(agentId, dossierId ?? null, dossierId ?? null) as unknown as WantedDocument[];
  const givenUp = new Map<string, WantedDocument>();
  return {
    add: (wanted, agentId) => void insert.run({ ...wanted, problem: null, agentId }),
    fail: ({ consultationId, pointer }, problem) => void note.run(problem, consultationId, pointer),
    remove: (key, agentId) => {
      remove.run(key.consultationId, key.pointer, agentId);
      givenUp.delete(givenUpKey(key, agentId));
    },
    giveUp: (key, agentId) => {
      const wanted = list(agentId).find(({ consultationId, pointer }) => consultationId === key.consultationId && pointer === key.pointer);
      if (wanted) givenUp.set(givenUpKey(key, agentId), wanted);
      remove.run(key.consultationId, key.pointer, agentId);
    },
    findGivenUp: (key, agentId) => givenUp.get(givenUpKey(key, agentId)),
    wantAgain: (key, agentId) => {
      const wanted = givenUp.get(givenUpKey(key, agentId));
      if (wanted) insert.run({ ...wanted, agentId });
      givenUp.delete(givenUpKey(key, agentId));
    },
    list,
  };
}

function givenUpKey({ consultationId, pointer }: Key, agentId: string): string {
  return JSON.stringify([agentId, consultationId, pointer]);
}

/** Notes the wish before the first call leaves, and takes it off once the document is stored. */
export function rememberingWishes(
  { wanted, answers, clock, fetchDocument }: { readonly wanted: WantedDocuments; readonly answers: AnswerStorePort; readonly clock: Clock; readonly fetchDocument: FetchDocument },
): FetchDocument {
  return async (key, agent, options) => {
    const answer = answers.find(key.consultationId);
    const offer = answer?.documents.find(({ pointer }) => pointer === key.pointer);
    if (answer && offer) wanted.add(wishOf(answer, offer, clock.now()), agent.id);
    try {
      const document = await fetchDocument(key, agent, options);
      wanted.remove(key, agent.id);
      return document;
    } catch (error) {
      if (error instanceof ConsultationError) wanted.fail(key, error.apiError.message);
      throw error;
    }
  };
}

function wishOf(answer: Answer, { pointer, label, documentDate }: Answer['documents'][number], now: number): WantedDocument {
  const { consultationId, dossierId, identifier, endpointId } = answer;
  return {
    ...{ consultationId, pointer, dossierId, identifier, endpointId, documentDate },
    label: documentLabel(answer, { label }, pointer),
    askedAt: new Date(now).toISOString(),
    problem: null,
  };
}
