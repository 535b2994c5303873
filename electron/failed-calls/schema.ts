import type { FeatureSchema, Migration } from '../storage/database';

/** Made by whichever of the two features that it takes over from comes first. */
const createTable = `
        CREATE TABLE IF NOT EXISTS failed_calls (
          id TEXT PRIMARY KEY,
          dossier_id TEXT NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
          identifier TEXT NOT NULL,
          endpoint_id TEXT NOT NULL,
          parameters TEXT NOT NULL,
          kind TEXT NOT NULL,
          status INTEGER,
          code TEXT,
          message TEXT NOT NULL,
          at TEXT NOT NULL,
          due_at TEXT,
          UNIQUE (dossier_id, identifier, endpoint_id, parameters)
        ) STRICT;`;

/** The step of the dossiers' own schema by which they hand over what they kept of failed calls. */
export const failuresOfDossiers: Migration = {
  version: 3,
  sql: `${createTable}
        INSERT INTO failed_calls
          SELECT lower(hex(randomblob(16))), dossier_id, identifier, endpoint_id, '[]', kind, NULL, code, message, at, NULL
          FROM dossier_failures WHERE true
          ON CONFLICT DO NOTHING;
        DROP TABLE dossier_failures;`,
};

export const failedCallsSchema: FeatureSchema = {
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
    {
      version: 2,
      sql: `${createTable}
        INSERT INTO failed_calls
          SELECT reminders.id, dossier_id, identifier, endpoint_id, parameters, 'provider_down', status, code,
            'Le fournisseur a demandé de refaire cet appel plus tard.', dossiers.updated_at, due_at
          FROM reminders JOIN dossiers ON dossiers.id = dossier_id WHERE true
          ON CONFLICT (dossier_id, identifier, endpoint_id, parameters) DO UPDATE SET id = excluded.id, status = excluded.status, due_at = excluded.due_at;
        DROP TABLE reminders;`,
    },
  ],
};
