import type { Agent, AgentState } from '../../shared/domain/agent';
import type { Role } from '../../shared/domain/rights';
import { type Database, inTransaction } from '../storage/database';

export interface NewAgent {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organisation: string;
  readonly passwordHash: string;
  readonly passwordIsTemporary: boolean;
  readonly createdAt: string;
}

export interface PasswordRecord {
  readonly hash: string;
  readonly isTemporary: boolean;
}

/** How an identity provider knows the holder of an account. */
export interface LinkedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly siret: string | null;
}

interface AgentRow {
  id: string;
  login: string;
  display_name: string;
  role: Role;
  organisation: string;
  state: AgentState;
  last_sign_in_at: string | null;
  password_hash: string;
  password_is_temporary: number;
}

export type AgentStore = ReturnType<typeof createAgentStore>;

/** Whether this workstation has its first account. */
export function hasAccounts(database: Database): boolean {
  return database.prepare('SELECT 1 FROM agents LIMIT 1').get() !== undefined;
}

/** Accounts in the database; rules are elsewhere. */
export function createAgentStore(database: Database) {
  const insertSql = `INSERT INTO agents
    (id, login, display_name, role, organisation, state, password_hash, password_is_temporary, created_at)
    SELECT ?, ?, ?, ?, ?, 'active', ?, ?, ?`;
  const insertValues = (agent: NewAgent) =>
    [
      agent.id, agent.login, agent.displayName, agent.role, agent.organisation,
      agent.passwordHash, agent.passwordIsTemporary ? 1 : 0, agent.createdAt,
    ] as const;
  const row = (sql: string, value: string) => database.prepare(sql).get(value) as AgentRow | undefined;

  return {
    hasAny: () => hasAccounts(database),
    list(): Agent[] {
      return (database.prepare('SELECT * FROM agents ORDER BY display_name, login').all() as AgentRow[]).map(agentOf);
    },
    find(id: string): Agent | undefined {
      const found = row('SELECT * FROM agents WHERE id = ?', id);
      return found && agentOf(found);
    },
    findByLogin(login: string): Agent | undefined {
      const found = row('SELECT * FROM agents WHERE login = ?', normaliseLogin(login));
      return found && agentOf(found);
    },
    findByIdentity({ issuer, subject }: Pick<LinkedIdentity, 'issuer' | 'subject'>): Agent | undefined {
      const sql = 'SELECT agents.* FROM agents JOIN agent_identities ON agent_id = id WHERE issuer = ? AND subject = ?';
      const found = database.prepare(sql).get(issuer, subject) as AgentRow | undefined;
      return found && agentOf(found);
    },
    insertWithIdentity(agent: NewAgent, { issuer, subject, siret }: LinkedIdentity): void {
      inTransaction(database, () => {
        database.prepare(insertSql).run(...insertValues(agent));
        database.prepare('INSERT INTO agent_identities (issuer, subject, agent_id, siret) VALUES (?, ?, ?, ?)').run(issuer, subject, agent.id, siret);
      });
    },
    passwordOf(id: string): PasswordRecord | undefined {
      const found = row('SELECT * FROM agents WHERE id = ?', id);
      return found && { hash: found.password_hash, isTemporary: found.password_is_temporary === 1 };
    },
    insert(agent: NewAgent): void {
      database.prepare(insertSql).run(...insertValues(agent));
    },
    /** One statement, so that two first accounts can never both be made. */
    insertWhenEmpty(agent: NewAgent): boolean {
      return Number(database.prepare(`${insertSql} WHERE NOT EXISTS (SELECT 1 FROM agents)`).run(...insertValues(agent)).changes) === 1;
    },
    setState(id: string, state: AgentState): void {
      database.prepare('UPDATE agents SET state = ? WHERE id = ?').run(state, id);
    },
    setRole(id: string, role: Role): void {
      database.prepare('UPDATE agents SET role = ? WHERE id = ?').run(role, id);
    },
    setPassword(id: string, { hash, isTemporary }: PasswordRecord): void {
      database.prepare('UPDATE agents SET password_hash = ?, password_is_temporary = ? WHERE id = ?').run(hash, isTemporary ? 1 : 0, id);
    },
    setLastSignIn(id: string, at: string): void {
      database.prepare('UPDATE agents SET last_sign_in_at = ? WHERE id = ?').run(at, id);
    },
  };
}

/** Two spellings of one login (case, composed accents) are one account. */
export function normaliseLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

function agentOf(row: AgentRow): Agent {
  return {
    id: row.id,
    login: row.login,
    displayName: row.display_name,
    role: row.role,
    organisation: row.organisation,
    state: row.state,
    lastSignInAt: row.last_sign_in_at,
  };
}
