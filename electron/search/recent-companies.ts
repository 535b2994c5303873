import type { Agent } from '../../shared/domain/agent';
import type { RecentCompany } from '../../shared/domain/company';
import type { Dossier } from '../../shared/domain/dossier';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import type { Database, FeatureSchema } from '../storage/database';

/** Neither name nor title: those are read from the dossier, under the rights that the agent has now. */
export const recentCompaniesSchema: FeatureSchema = {
  feature: 'recent_companies',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE recent_companies (
          agent_id TEXT NOT NULL,
          dossier_id TEXT NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
          identifier TEXT NOT NULL,
          opened_at TEXT NOT NULL,
          PRIMARY KEY (agent_id, dossier_id, identifier)
        ) STRICT;`,
    },
  ],
};

/** Dossiers, as far as recent companies need to know them. */
export interface DossierReader {
  /** @throws {IpcFailure} when the dossier is not open to the agent. */
  get(agent: Agent, id: string): Dossier;
}

export interface RecentCompanies {
  opened(agent: Agent, dossierId: string, identifier: string): void;
  /** The last opened first. */
  list(agent: Agent): RecentCompany[];
}

const KEPT_PER_AGENT = 50;
const SHOWN = 12;

interface RecentRow {
  readonly dossier_id: string;
  readonly identifier: string;
  readonly opened_at: string;
}

/** What each agent looked at last: his own only, and only while the dossier is open to him and holds the company. */
export function createRecentCompanies(database: Database, dossiers: DossierReader, clock: Clock): RecentCompanies {
  const mark = database.prepare(`
    INSERT INTO recent_companies (agent_id, dossier_id, identifier, opened_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (agent_id, dossier_id, identifier) DO UPDATE SET opened_at = excluded.opened_at`);
  const prune = database.prepare(`
    DELETE FROM recent_companies WHERE agent_id = ?1 AND rowid NOT IN
      (SELECT rowid FROM recent_companies WHERE agent_id = ?1 ORDER BY opened_at DESC, rowid DESC LIMIT ${KEPT_PER_AGENT})`);
  const ofAgent = database.prepare('SELECT dossier_id, identifier, opened_at FROM recent_companies WHERE agent_id = ? ORDER BY opened_at DESC, rowid DESC');

  return {
    opened(agent, dossierId, identifier) {
      const { companies } = dossiers.get(agent, dossierId);
      if (!companies.some((company) => company.identifier === identifier)) return;
      mark.run(agent.id, dossierId, identifier, new Date(clock.now()).toISOString());
      prune.run(agent.id);
    },
    list(agent) {
      const rows = ofAgent.all(agent.id) as unknown as RecentRow[];
      const open = new Map([...new Set(rows.map((row) => row.dossier_id))].map((id) => [id, openDossier(dossiers, agent, id)]));
      return rows.flatMap((row) => recentOf(row, open.get(row.dossier_id)) ?? []).slice(0, SHOWN);
    },
  };
}

/** Undefined for one that has been closed to the agent since. */
function openDossier(dossiers: DossierReader, agent: Agent, id: string): Dossier | undefined {
  try {
    return dossiers.get(agent, id);
  } catch (error) {
    if (error instanceof IpcFailure) return undefined;
    throw error;
  }
}

function recentOf(row: RecentRow, dossier: Dossier | undefined): RecentCompany | undefined {
  const company = dossier?.companies.find(({ identifier }) => identifier === row.identifier);
  if (!dossier || !company) return undefined;
  const { identifier, siret, name } = company;
  return { dossierId: dossier.id, dossierTitle: dossier.title, identifier, siret, name, openedAt: row.opened_at };
}
