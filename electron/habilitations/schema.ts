import type { FeatureSchema } from '../storage/database';

export const habilitationsSchema: FeatureSchema = {
  feature: 'habilitations',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE habilitations (
          id TEXT PRIMARY KEY,
          title TEXT NOT NULL,
          environment TEXT NOT NULL,
          recipients TEXT NOT NULL,
          contexts TEXT NOT NULL,
          use_cases TEXT NOT NULL,
          is_for_everyone INTEGER NOT NULL DEFAULT 0,
          created_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE habilitation_agents (
          habilitation_id TEXT NOT NULL REFERENCES habilitations (id) ON DELETE CASCADE,
          agent_id TEXT NOT NULL,
          endpoint_ids TEXT,
          PRIMARY KEY (habilitation_id, agent_id)
        ) STRICT;
        CREATE TABLE habilitation_tokens (
          id TEXT PRIMARY KEY,
          habilitation_id TEXT NOT NULL REFERENCES habilitations (id) ON DELETE CASCADE,
          slot TEXT NOT NULL,
          token_key TEXT NOT NULL,
          uid TEXT,
          subject TEXT,
          scopes TEXT NOT NULL,
          issued_at TEXT,
          expires_at TEXT,
          refused_code TEXT,
          privileges TEXT,
          privileges_checked_at TEXT,
          stored_at TEXT NOT NULL,
          UNIQUE (habilitation_id, slot)
        ) STRICT;`,
    },
    { version: 2, sql: 'ALTER TABLE habilitations ADD COLUMN retention_months INTEGER' },
  ],
};
