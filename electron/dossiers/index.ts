import type { RecordEvent } from '../../shared/domain/journal';
import type { Clock } from '../storage/clock';
import type { Database } from '../storage/database';
import { createDossierStore } from './dossier-store';
import { Dossiers, type HabilitationDirectory } from './dossiers';

export { dossierHandlers } from './handlers';
export { dossiersSchema } from './schema';
export type { Dossiers, HabilitationDirectory };

export interface DossierFeatureDeps {
  readonly database: Database;
  readonly habilitations: HabilitationDirectory;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

/** Case files; the result is also the pipeline's `DossierPort`. */
export function createDossiers({ database, ...deps }: DossierFeatureDeps): Dossiers {
  return new Dossiers({ store: createDossierStore(database), ...deps });
}
