import type { FeatureSchema } from '../storage/database';

export const dossiersSchema: FeatureSchema = {
  feature: 'dossiers',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE dossiers (
          id TEXT PRIMARY KEY,
          title TEXT NOT NULL,
          habilitation_id TEXT NOT NULL,
          use_case TEXT NOT NULL,
          context TEXT NOT NULL,
          recipient TEXT NOT NULL,
          object TEXT NOT NULL,
          notes TEXT NOT NULL,
          tags TEXT NOT NULL,
          deadline TEXT,
          state TEXT NOT NULL,
          created_by TEXT NOT NULL,
          created_at TEXT NOT NULL,
          updated_at TEXT NOT NULL,
          search_text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX dossiers_by_update ON dossiers (updated_at DESC);
        CREATE TABLE dossier_companies (
          dossier_id TEXT NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
          identifier TEXT NOT NULL,
          siret TEXT,
          name TEXT NOT NULL,
          added_at TEXT NOT NULL,
          PRIMARY KEY (dossier_id, identifier)
        ) STRICT;`,
    },
  ],
};
