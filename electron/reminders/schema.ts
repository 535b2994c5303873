import type { FeatureSchema } from '../storage/database';

export const remindersSchema: FeatureSchema = {
  feature: 'reminders',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE reminders (
          id TEXT PRIMARY KEY,
          dossier_id TEXT NOT NULL,
          identifier TEXT NOT NULL,
          endpoint_id TEXT NOT NULL,
          parameters TEXT NOT NULL,
          due_at TEXT NOT NULL,
          status INTEGER NOT NULL,
          code TEXT,
          UNIQUE (dossier_id, identifier, endpoint_id, parameters)
        ) STRICT;`,
    },
  ],
};
