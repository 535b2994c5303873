import { createPendingFiles, type PendingFiles, pendingFilesSchema } from '../../electron/files/pending-files';
import { openDatabase } from '../../electron/storage/database';

/** Held as the application holds its own: its statements do not outlive it. */
const { database } = openDatabase(':memory:', [pendingFilesSchema]);

/** Files under way, remembered for as long as the test runs. */
export function testPendingFiles(): PendingFiles {
  return createPendingFiles(database);
}
