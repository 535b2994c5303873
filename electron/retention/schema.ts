import type { FeatureSchema } from '../storage/database';

/** After the dossiers' own schema: the closing day is kept by the database itself, whoever changes the state. */
export const retentionSchema: FeatureSchema = {
  feature: 'retention',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE dossier_closings (
          dossier_id TEXT PRIMARY KEY REFERENCES dossiers (id) ON DELETE CASCADE,
          closed_at TEXT NOT NULL
        ) STRICT;
        INSERT INTO dossier_closings SELECT id, updated_at FROM dossiers WHERE state <> 'open';
        CREATE TRIGGER dossier_closed AFTER UPDATE OF state ON dossiers WHEN old.state = 'open' AND new.state <> 'open' BEGIN
          INSERT OR REPLACE INTO dossier_closings VALUES (new.id, new.updated_at);
        END;
        CREATE TRIGGER dossier_reopened AFTER UPDATE OF state ON dossiers WHEN new.state = 'open' BEGIN
          DELETE FROM dossier_closings WHERE dossier_id = new.id;
        END;
        CREATE TABLE pending_deletions (
          dossier_id TEXT PRIMARY KEY,
          dossier_title TEXT NOT NULL
        ) STRICT;
      `,
    },
  ],
};
