import type { FeatureSchema } from '../storage/database';

export const quotaSchema: FeatureSchema = {
  feature: 'quota',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE quota_state (
          kind TEXT NOT NULL CHECK (kind IN ('window', 'breaker', 'ban', 'token_stop')),
          key TEXT NOT NULL,
          state TEXT NOT NULL,
          PRIMARY KEY (kind, key)
        ) STRICT;`,
    },
  ],
};
