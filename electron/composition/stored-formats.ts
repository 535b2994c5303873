import { agentsSchema } from '../agents';
import { batchesSchema } from '../batches';
import { answersSchema } from '../consultation';
import { documentsSchema } from '../documents';
import { dossiersSchema } from '../dossiers';
import { failedCallsSchema } from '../failed-calls';
import { pendingFilesSchema } from '../files/pending-files';
import { piecesSchema } from '../genuineness';
import { habilitationsSchema } from '../habilitations';
import { JOURNAL_SCHEMA_VERSION } from '../journal';
import { quotaSchema } from '../quota';
import { retentionSchema } from '../retention';
import { recentCompaniesSchema } from '../search';
import { isKeyFileNewer } from '../storage/key-ring';
import { assertDatabaseKnown, assertUserVersionKnown, NewerDataError } from '../storage/newer-data';
import type { AppPaths } from '../storage/paths';
import { areSettingsNewer, type SettingsFile } from '../storage/settings';
import { vaultSchema } from '../storage/vault';

/** Tables of `instruire.db`, in the order in which they depend on each other. */
export const storedSchemas = [
  ...[vaultSchema, agentsSchema, habilitationsSchema, dossiersSchema, answersSchema, documentsSchema, piecesSchema, pendingFilesSchema, retentionSchema, quotaSchema],
  ...[recentCompaniesSchema, batchesSchema, failedCallsSchema],
];

/** Looks at everything before anything is opened for writing. @throws {NewerDataError} */
export function assertFormatsKnown(paths: AppPaths, settingsFile: SettingsFile): void {
  if (areSettingsNewer(settingsFile)) throw new NewerDataError('ses réglages');
  assertDatabaseKnown(paths.database, storedSchemas, 'ses dossiers');
  assertUserVersionKnown(paths.journal, JOURNAL_SCHEMA_VERSION, 'son historique');
  if (isKeyFileNewer(paths.dataKey)) throw new NewerDataError('la clé de ses données');
}
