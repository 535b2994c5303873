import type { FeatureSchema } from '../storage/database';

/** After the dossiers' own schema: the second step takes over what it kept of failed calls. */
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
      sql: `
        CREATE TABLE failed_calls (
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
        ) STRICT;
        INSERT INTO failed_calls
          SELECT reminders.id, reminders.dossier_id, reminders.identifier, reminders.endpoint_id, parameters,
            coalesce(kind, 'provider_down'), status, reminders.code, coalesce(message, 'Le fournisseur a demandé de refaire cet appel plus tard.'), coalesce(at, due_at), due_at
          FROM reminders JOIN dossiers ON dossiers.id = reminders.dossier_id
            LEFT JOIN dossier_failures AS failures
              ON failures.dossier_id = reminders.dossier_id AND failures.identifier = reminders.identifier AND failures.endpoint_id = reminders.endpoint_id;
        INSERT INTO failed_calls
          SELECT lower(hex(randomblob(16))), dossier_id, identifier, endpoint_id, '[]', kind, NULL, code, message, at, NULL
          FROM dossier_failures WHERE true
          ON CONFLICT DO NOTHING;
        DROP TABLE reminders;
        DROP TABLE dossier_failures;`,
    },
  ],
};
