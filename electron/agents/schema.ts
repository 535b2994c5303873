import type { FeatureSchema } from '../storage/database';

export const agentsSchema: FeatureSchema = {
  feature: 'agents',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE agents (
          id TEXT PRIMARY KEY,
          login TEXT NOT NULL UNIQUE,
          display_name TEXT NOT NULL,
          role TEXT NOT NULL,
          organisation TEXT NOT NULL,
          state TEXT NOT NULL,
          last_sign_in_at TEXT,
          password_hash TEXT NOT NULL,
          password_is_temporary INTEGER NOT NULL,
          created_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE sign_in_failures (
          login_hash TEXT PRIMARY KEY,
          count INTEGER NOT NULL,
          last_failed_at_ms INTEGER NOT NULL
        ) STRICT;`,
    },
    {
      version: 2,
      sql: `
        CREATE TABLE second_factors (
          agent_id TEXT PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
          last_step INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE recovery_codes (
          agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
          code_hash TEXT NOT NULL,
          PRIMARY KEY (agent_id, code_hash)
        ) STRICT;`,
    },
    {
      version: 3,
      sql: `
        CREATE TABLE agent_identities (
          issuer TEXT NOT NULL,
          subject TEXT NOT NULL,
          agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
          siret TEXT,
          PRIMARY KEY (issuer, subject)
        ) STRICT;`,
    },
  ],
};
