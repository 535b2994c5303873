import type { Environment } from '../../shared/domain/environment';
import type { Siret } from '../../shared/domain/identifiers';
import type { UseCase } from '../../shared/domain/use-case';
import { type Database, inTransaction } from '../storage/database';

export interface HabilitationDraft {
  readonly title: string;
  readonly environment: Environment;
  readonly recipients: readonly Siret[];
  readonly contexts: readonly string[];
  readonly useCases: readonly UseCase[];
  readonly retentionMonths?: number | null | undefined;
}

export interface Member {
  readonly agentId: string;
  /** Null: every endpoint that the token opens. */
  readonly endpointIds: readonly string[] | null;
}

export interface StoredHabilitation extends HabilitationDraft {
  readonly id: string;
  /** Open to every agent of the workstation: the sandbox's. */
  readonly isForEveryone: boolean;
  readonly members: readonly Member[];
}

interface HabilitationRow {
  id: string;
  title: string;
  environment: Environment;
  recipients: string;
  contexts: string;
  use_cases: string;
  is_for_everyone: number;
  retention_months: number | null;
}

export type HabilitationStore = ReturnType<typeof createHabilitationStore>;

/** Habilitations and their members in the database; tokens have their own store. */
export function createHabilitationStore(database: Database) {
  function withMembers(row: HabilitationRow): StoredHabilitation {
    const members = database
      .prepare('SELECT agent_id, endpoint_ids FROM habilitation_agents WHERE habilitation_id = ? ORDER BY agent_id')
      .all(row.id) as { agent_id: string; endpoint_ids: string | null }[];
    return {
      id: row.id,
      title: row.title,
      environment: row.environment,
      recipients: JSON.parse(row.recipients) as Siret[],
      contexts: JSON.parse(row.contexts) as string[],
      useCases: JSON.parse(row.use_cases) as UseCase[],
      retentionMonths: row.retention_months,
      isForEveryone: row.is_for_everyone === 1,
      members: members.map((member) => ({
        agentId: member.agent_id,
        endpointIds: member.endpoint_ids === null ? null : (JSON.parse(member.endpoint_ids) as string[]),
      })),
    };
  }

  return {
    list(): StoredHabilitation[] {
      return (database.prepare('SELECT * FROM habilitations ORDER BY title, id').all() as HabilitationRow[]).map(withMembers);
    },
    find(id: string): StoredHabilitation | undefined {
      const row = database.prepare('SELECT * FROM habilitations WHERE id = ?').get(id) as HabilitationRow | undefined;
      return row && withMembers(row);
    },
    insert(id: string, draft: HabilitationDraft, isForEveryone: boolean, createdAt: string): void {
      database
        .prepare(
          `INSERT INTO habilitations (id, title, environment, recipients, contexts, use_cases, retention_months, is_for_everyone, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, draft.title, draft.environment, ...listsOf(draft), draft.retentionMonths ?? null, isForEveryone ? 1 : 0, createdAt);
    },
    update(id: string, draft: HabilitationDraft): void {
      database
        .prepare('UPDATE habilitations SET title = ?, environment = ?, recipients = ?, contexts = ?, use_cases = ?, retention_months = ? WHERE id = ?')
        .run(draft.title, draft.environment, ...listsOf(draft), draft.retentionMonths ?? null, id);
    },
    setMembers(id: string, members: readonly Member[]): void {
      inTransaction(database, () => {
        database.prepare('UPDATE habilitations SET is_for_everyone = 0 WHERE id = ?').run(id);
        database.prepare('DELETE FROM habilitation_agents WHERE habilitation_id = ?').run(id);
        const insert = database.prepare('INSERT INTO habilitation_agents (habilitation_id, agent_id, endpoint_ids) VALUES (?, ?, ?)');
        for (const { agentId, endpointIds } of members) insert.run(id, agentId, endpointIds && JSON.stringify(endpointIds));
      });
    },
  };
}

function listsOf(draft: HabilitationDraft): [string, string, string] {
  return [JSON.stringify(draft.recipients), JSON.stringify(draft.contexts), JSON.stringify(draft.useCases)];
}
