import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { dossiersSchema } from '../../../electron/dossiers';
import { createFailedCallStore, failedCallsSchema } from '../../../electron/failed-calls';
import { openDatabase } from '../../../electron/storage/database';

const AT = '2026-11-24T09:00:00.000Z';
const DUE = '2026-11-26T09:00:00.000Z';

it('takes over what two tables kept of failed calls, each once', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'instruire-failed-calls-')), 'instruire.db');
  const { database: former } = openDatabase(path, [{ ...dossiersSchema, migrations: dossiersSchema.migrations.slice(0, 2) }, { ...failedCallsSchema, migrations: failedCallsSchema.migrations.slice(0, 1) }]);
  former.exec(`
    INSERT INTO dossiers (id, title, habilitation_id, use_case, context, recipient, object, notes, tags, state, created_by, created_at, updated_at, search_text)
      VALUES ('d', '', '', '', '', '', '', '', '', 'open', '', '', '', '');
    INSERT INTO dossier_failures VALUES ('d', '299031112', 'one', 'provider_down', '04501', 'Analyse.', '${AT}'), ('d', '299031112', 'two', 'outside_perimeter', NULL, 'Hors.', '${AT}');
    INSERT INTO reminders VALUES ('r', 'd', '299031112', 'one', '[]', '${DUE}', 502, '04501'), ('gone', 'deleted', '299031112', 'one', '[]', '${DUE}', 502, NULL);`);
  former.close();
  const { database } = openDatabase(path, [dossiersSchema, failedCallsSchema]);
  const store = createFailedCallStore(database);
  expect(store.reminders(null)).toEqual([{ id: 'r', dossierId: 'd', identifier: '299031112', endpointId: 'one', dueAt: DUE, status: 502, code: '04501' }]);
  expect([...store.ofDossier('d')].sort((one, other) => one.endpointId.localeCompare(other.endpointId)).map(({ endpointId, kind, message }) => ({ endpointId, kind, message }))).toEqual([
    { endpointId: 'one', kind: 'provider_down', message: 'Analyse.' },
    { endpointId: 'two', kind: 'outside_perimeter', message: 'Hors.' },
  ]);
  database.close();
});
