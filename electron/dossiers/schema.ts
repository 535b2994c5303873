import { failuresOfDossiers } from '../failed-calls';
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
    {
      version: 2,
      sql: `
        ALTER TABLE dossiers ADD COLUMN procedure TEXT;
        UPDATE dossiers SET procedure = CASE use_case
          WHEN 'marches_publics' THEN 'marches_attribution'
          WHEN 'aides_publiques' THEN 'aides_publiques'
          WHEN 'subventions_associations' THEN 'subventions_associations' END;
        ALTER TABLE dossier_companies ADD COLUMN role TEXT NOT NULL DEFAULT 'candidat';
        UPDATE dossier_companies SET role = 'beneficiaire' WHERE dossier_id IN
          (SELECT id FROM dossiers WHERE use_case IN ('aides_publiques', 'subventions_associations'));
        CREATE INDEX dossiers_by_state ON dossiers (state, updated_at DESC);
        CREATE INDEX dossiers_by_deadline ON dossiers (deadline);
        CREATE TABLE dossier_failures (
          dossier_id TEXT NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
          identifier TEXT NOT NULL,
          endpoint_id TEXT NOT NULL,
          kind TEXT NOT NULL,
          code TEXT,
          message TEXT NOT NULL,
          at TEXT NOT NULL,
          PRIMARY KEY (dossier_id, identifier, endpoint_id)
        ) STRICT;
        CREATE TABLE dossier_supplied_pieces (
          dossier_id TEXT NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
          identifier TEXT NOT NULL,
          piece_id TEXT NOT NULL,
          received_on TEXT NOT NULL,
          valid_until TEXT,
          note TEXT NOT NULL,
          PRIMARY KEY (dossier_id, identifier, piece_id)
        ) STRICT;
        CREATE TABLE piece_lists (
          procedure TEXT PRIMARY KEY,
          list TEXT NOT NULL,
          changed_by TEXT NOT NULL,
          changed_at TEXT NOT NULL
        ) STRICT;`,
    },
    failuresOfDossiers,
    { version: 4, sql: 'ALTER TABLE dossier_supplied_pieces ADD COLUMN file_id TEXT;' },
    { version: 5, sql: 'ALTER TABLE dossier_companies ADD COLUMN is_head_office INTEGER NOT NULL DEFAULT 0;' },
  ],
};
