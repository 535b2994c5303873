import type { FeatureSchema } from '../storage/database';

/**
 * Lists and runs. Lines belong to the list, so that a later run of the same list shares them; an item is one call,
 * whatever the number of lines that need it. Counts follow the items: a page of runs never counts them.
 */
export const batchesSchema: FeatureSchema = {
  feature: 'batches',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE batch_lists (
          id TEXT PRIMARY KEY,
          file_name TEXT NOT NULL,
          agent_id TEXT NOT NULL,
          created_at TEXT NOT NULL,
          sheets TEXT NOT NULL,
          columns TEXT NOT NULL,
          line_count INTEGER NOT NULL,
          aside_count INTEGER NOT NULL,
          duplicate_count INTEGER NOT NULL,
          restored_zeros INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE batch_lines (
          list_id TEXT NOT NULL REFERENCES batch_lists (id) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          siren TEXT,
          siret TEXT,
          rna TEXT,
          name TEXT NOT NULL,
          object TEXT NOT NULL,
          note TEXT,
          identity TEXT NOT NULL,
          PRIMARY KEY (list_id, number)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX batch_lines_by_identity ON batch_lines (list_id, identity);
        CREATE TABLE batch_aside (
          list_id TEXT NOT NULL REFERENCES batch_lists (id) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          text TEXT NOT NULL,
          reason TEXT NOT NULL,
          PRIMARY KEY (list_id, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE batches (
          id TEXT PRIMARY KEY,
          list_id TEXT NOT NULL REFERENCES batch_lists (id),
          dossier_id TEXT NOT NULL,
          title TEXT NOT NULL,
          choice TEXT NOT NULL,
          schedule TEXT NOT NULL,
          speed INTEGER NOT NULL,
          state TEXT NOT NULL,
          pause_reason TEXT,
          pause_message TEXT,
          resumes_at TEXT,
          agent_id TEXT NOT NULL,
          agent_name TEXT NOT NULL,
          previous_id TEXT,
          next_run_at TEXT,
          created_at TEXT NOT NULL,
          started_at TEXT,
          ended_at TEXT,
          is_forced INTEGER NOT NULL DEFAULT 0,
          is_complete INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX batches_by_creation ON batches (created_at DESC);
        CREATE TABLE batch_items (
          id INTEGER PRIMARY KEY,
          batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
          line_number INTEGER NOT NULL,
          endpoint_id TEXT NOT NULL,
          identifier TEXT NOT NULL,
          object TEXT NOT NULL,
          state TEXT NOT NULL,
          consultation_id TEXT,
          claimed_seq INTEGER,
          repeats INTEGER NOT NULL DEFAULT 0,
          document_count INTEGER NOT NULL DEFAULT 0,
          missing_documents INTEGER NOT NULL DEFAULT 0,
          error TEXT,
          note TEXT,
          settled_at TEXT
        ) STRICT;
        CREATE UNIQUE INDEX batch_items_by_call ON batch_items (batch_id, identifier, endpoint_id, object);
        CREATE INDEX batch_items_by_state ON batch_items (batch_id, state, endpoint_id, id);
        CREATE TABLE batch_counts (
          batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
          state TEXT NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY (batch_id, state)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER batch_items_added AFTER INSERT ON batch_items BEGIN
          INSERT INTO batch_counts VALUES (NEW.batch_id, NEW.state, 1)
            ON CONFLICT (batch_id, state) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER batch_items_moved AFTER UPDATE OF state ON batch_items WHEN OLD.state <> NEW.state BEGIN
          UPDATE batch_counts SET count = count - 1 WHERE batch_id = OLD.batch_id AND state = OLD.state;
          INSERT INTO batch_counts VALUES (NEW.batch_id, NEW.state, 1)
            ON CONFLICT (batch_id, state) DO UPDATE SET count = count + 1;
        END;`,
    },
    {
      version: 2,
      sql: `
        ALTER TABLE batch_aside ADD COLUMN name TEXT NOT NULL DEFAULT '';
        ALTER TABLE batch_aside ADD COLUMN object TEXT NOT NULL DEFAULT '';`,
    },
    {
      version: 3,
      sql: 'ALTER TABLE batch_items ADD COLUMN claimed_hash TEXT;',
    },
    {
      // Added by groups, which count themselves. A call whose failure may pass is made once more when the run ends.
      version: 4,
      sql: `
        DROP TRIGGER batch_items_added;
        ALTER TABLE batch_items ADD COLUMN last_try TEXT;`,
    },
  ],
};
