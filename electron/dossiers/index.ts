import type { RecordEvent } from '../../shared/domain/journal';
import type { Clock } from '../storage/clock';
import type { Database } from '../storage/database';
import { type CompletenessReader, createCompleteness, createMomentOf, type KnowledgePort, type ReachPort } from './completeness';
import { createDossierStore } from './dossier-store';
import { Dossiers, type HabilitationDirectory } from './dossiers';
import { createPieceLists } from './piece-lists';
import { createPieceStore, type PieceStore } from './piece-store';
import { createStandIns, type StandIns } from './stand-ins';
import { createToDo } from './to-do';

export type { CompletenessReader, KnowledgePort, StandIns };
export { completenessHandlers } from './completeness-handlers';
export { dossierHandlers } from './handlers';
export { createPieceStore };
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

export interface CompletenessFeatureDeps {
  readonly pieces: PieceStore;
  readonly dossiers: Dossiers;
  readonly knowledge: KnowledgePort;
  readonly habilitations: ReachPort;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

/** What a dossier still needs, piece by piece, and what it asks of its agent today. */
export function createCompletenessFeature({ pieces, dossiers, knowledge, habilitations, record, clock }: CompletenessFeatureDeps) {
  const lists = createPieceLists({ pieces, record, clock });
  const completenessOf = createCompleteness({ pieces, lists, knowledge, habilitations, clock });
  return { pieces, lists, standIns: createStandIns(pieces, lists), completenessOf, momentOf: createMomentOf({ lists, clock }), toDo: createToDo({ dossiers, completenessOf, clock }) };
}
