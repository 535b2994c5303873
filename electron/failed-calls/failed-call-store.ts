import { randomUUID } from 'node:crypto';

import type { ConsultationRequest } from '../../shared/domain/consultation';
import type { KnownFailure } from '../../shared/domain/validity';
import type { Database } from '../storage/database';

/** What is asked again: one call, whoever makes it. */
type CallKey = Pick<ConsultationRequest, 'dossierId' | 'identifier' | 'endpointId' | 'parameters'>;

/** Why a call brought nothing, and when the service asked to make it again. */
export interface Failure extends Omit<KnownFailure, 'endpointId'> {
  readonly status: number | null;
  /** ISO 8601 UTC; null: no wait was told that a reminder is worth. */
  readonly dueAt: string | null;
}

/** A call that the service asked to make again much later. */
export interface Reminder extends Omit<CallKey, 'parameters'> {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly dueAt: string;
  /** Of the answer: with the code, all that its sentence is made from. */
  readonly status: number;
  readonly code: string | null;
}

/** Calls whose last try failed. The journal stays the proof; this is what dossiers and reminders go by. */
export interface FailedCallStore {
  /** The last try of a call replaces the one before. */
  keep(call: CallKey, failure: Failure): void;
  clear(call: CallKey): void;
  ofDossier(dossierId: string): readonly (KnownFailure & { readonly identifier: string })[];
  /** Those to be made again later, soonest first; of one dossier, or all. */
  reminders(dossierId: string | null): readonly Reminder[];
  findReminder(id: string): Reminder | undefined;
  /** The failure stays known; nobody is reminded of it any more. */
  dismissReminder(id: string): void;
  /** One dismissed since the application started, that no later try has settled. */
  findDismissed(id: string): Reminder | undefined;
  /** Takes the dismissal back. */
  restoreReminder(id: string): void;
}

const REMINDER_COLUMNS = 'id, dossier_id AS dossierId, identifier, endpoint_id AS endpointId, due_at AS dueAt, status, code';

export function createFailedCallStore(database: Database): FailedCallStore {
  // A dossier deleted while its call was under way keeps nothing of it.
  const upsert = database.prepare(`
    INSERT INTO failed_calls (id, dossier_id, identifier, endpoint_id, parameters, kind, status, code, message, at, due_at)
    SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM dossiers WHERE id = ?
    ON CONFLICT (dossier_id, identifier, endpoint_id, parameters) DO UPDATE SET kind = excluded.kind, status = excluded.status,
      code = excluded.code, message = excluded.message, at = excluded.at, due_at = excluded.due_at`);
  const remove = database.prepare('DELETE FROM failed_calls WHERE dossier_id = ? AND identifier = ? AND endpoint_id = ? AND parameters = ?');
  const ofDossier = database.prepare('SELECT identifier, endpoint_id AS endpointId, kind, code, message, at FROM failed_calls WHERE dossier_id = ?');
  const due = database.prepare(`SELECT ${REMINDER_COLUMNS} FROM failed_calls WHERE due_at IS NOT NULL AND (?1 IS NULL OR dossier_id = ?1) ORDER BY due_at`);
  const dueById = database.prepare(`SELECT ${REMINDER_COLUMNS} FROM failed_calls WHERE due_at IS NOT NULL AND id = ?`);
  const setDue = database.prepare('UPDATE failed_calls SET due_at = ? WHERE id = ?');
  const withoutDue = database.prepare('SELECT 1 FROM failed_calls WHERE due_at IS NULL AND id = ?');
  const dismissed = new Map<string, Reminder>();
  const findReminder = (id: string) => dueById.get(id) as Reminder | undefined;
  const findDismissed = (id: string) => (withoutDue.get(id) === undefined ? undefined : dismissed.get(id));
  return {
    keep: ({ dossierId, identifier, endpointId, parameters }, { kind, status, code, message, at, dueAt }) =>
      void upsert.run(randomUUID(), identifier, endpointId, keyOf(parameters), kind, status, code, message, at, dueAt, dossierId),
    clear: ({ dossierId, identifier, endpointId, parameters }) => void remove.run(dossierId, identifier, endpointId, keyOf(parameters)),
    ofDossier: (dossierId) => ofDossier.all(dossierId) as (KnownFailure & { identifier: string })[],
    reminders: (dossierId) => due.all(dossierId) as unknown as Reminder[],
    findReminder,
    dismissReminder: (id) => {
      const reminder = findReminder(id);
      if (reminder) dismissed.set(id, reminder);
      setDue.run(null, id);
    },
    findDismissed,
    restoreReminder: (id) => {
      const reminder = findDismissed(id);
      if (reminder) setDue.run(reminder.dueAt, id);
      dismissed.delete(id);
    },
  };
}

function keyOf(parameters: CallKey['parameters']): string {
  return JSON.stringify(Object.entries(parameters).sort());
}
