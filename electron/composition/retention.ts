import { batchesOfDossier } from '../batches';
import type { Host } from '../host';
import { createRetentionStore, type Holding, Retention } from '../retention';
import type { Calls, People } from './services';
import type { Stores } from './stores';

/** Everything that is kept of a dossier outside its own tables; a feature that keeps more is added here. */
export function buildRetention(host: Host, { database, record, policy }: Stores, { dossiers, habilitations }: People, { answers, records, store, pieceRecords, pieceStore }: Calls): Retention {
  const holdings: readonly Holding[] = [
    {
      kind: 'documents',
      count: (dossierId) => records.list(dossierId, undefined).length,
      forget: (dossierId) => {
        const fileIds = records.deleteOfDossier(dossierId);
        return () => fileIds.forEach((fileId) => store.remove(fileId));
      },
    },
    {
      kind: 'answers',
      count: (dossierId) => answers.countOfDossier(dossierId),
      forget: (dossierId) => {
        answers.deleteOfDossier(dossierId);
        return () => undefined;
      },
    },
    {
      kind: 'suppliedFiles',
      count: (dossierId) => pieceRecords.list(dossierId).length,
      forget: (dossierId) => {
        const fileIds = pieceRecords.deleteOfDossier(dossierId);
        return () => fileIds.forEach((fileId) => pieceStore.remove(fileId));
      },
    },
    { kind: 'batches', ...batchesOfDossier(database) },
  ];
  return new Retention({
    ...{ holdings, record, clock: host.clock, policyMonths: policy.dossierRetentionMonths ?? null },
    store: createRetentionStore(database),
    dossierOf: (agent, dossierId) => dossiers.get(agent, dossierId),
    habilitationOf: (id) => habilitations.find(id),
  });
}
