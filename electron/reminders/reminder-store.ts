import { randomUUID } from 'node:crypto';

import type { ConsultationRequest } from '../../shared/domain/consultation';
import type { Database } from '../storage/database';

/** What is asked again: one call, whoever makes it. */
export type ReminderCall = Pick<ConsultationRequest, 'dossierId' | 'identifier' | 'endpointId' | 'parameters'>;

/** A call that the service asked to make again much later. */
export interface Reminder extends Omit<ReminderCall, 'parameters'> {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly dueAt: string;
  /** Of the answer: with the code, all that its sentence is made from. */
  readonly status: number;
  readonly code: string | null;
}

export interface ReminderStore {
  /** The same call keeps one reminder: the last one told. */
  keep(call: ReminderCall, told: Pick<Reminder, 'dueAt' | 'status' | 'code'>): void;
  clear(call: ReminderCall): void;
  find(id: string): Reminder | undefined;
  remove(id: string): void;
  /** Soonest first; of one dossier, or all. */
  list(dossierId: string | null): readonly Reminder[];
}

interface Row {
  readonly id: string;
  readonly dossier_id: string;
  readonly identifier: string;
  readonly endpoint_id: string;
  readonly due_at: string;
  readonly status: number;
  readonly code: string | null;
}

export function createReminderStore(database: Database): ReminderStore {
  const upsert = database.prepare(`
    INSERT INTO reminders (id, dossier_id, identifier, endpoint_id, parameters, due_at, status, code) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (dossier_id, identifier, endpoint_id, parameters) DO UPDATE SET due_at = excluded.due_at, status = excluded.status, code = excluded.code`);
  const clear = database.prepare('DELETE FROM reminders WHERE dossier_id = ? AND identifier = ? AND endpoint_id = ? AND parameters = ?');
  const find = database.prepare('SELECT * FROM reminders WHERE id = ?');
  const remove = database.prepare('DELETE FROM reminders WHERE id = ?');
  const all = database.prepare('SELECT * FROM reminders WHERE ?1 IS NULL OR dossier_id = ?1 ORDER BY due_at');
  const keyOf = ({ dossierId, identifier, endpointId, parameters }: ReminderCall): [string, string, string, string] => [
    dossierId,
    identifier,
    endpointId,
    JSON.stringify(Object.entries(parameters).sort()),
  ];
  return {
    keep: (call, { dueAt, status, code }) => void upsert.run(randomUUID(), ...keyOf(call), dueAt, status, code),
    clear: (call) => void clear.run(...keyOf(call)),
    find: (id) => {
      const row = find.get(id) as Row | undefined;
      return row && reminderOf(row);
    },
    remove: (id) => void remove.run(id),
    list: (dossierId) => (all.all(dossierId) as Row[]).map(reminderOf),
  };
}

function reminderOf(row: Row): Reminder {
  const { id, identifier, status, code } = row;
  return { id, identifier, status, code, dossierId: row.dossier_id, endpointId: row.endpoint_id, dueAt: row.due_at };
}
