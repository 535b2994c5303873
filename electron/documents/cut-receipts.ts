import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import type { DossierPort } from '../consultation/ports';
import type { DocumentRecords } from './document-records';

interface CutReceiptDeps {
  readonly records: DocumentRecords;
  readonly dossiers: DossierPort;
  readonly record: RecordEvent;
}

const CUT = 'L’application s’est arrêtée brutalement avant de classer ce document dans son dossier : téléchargez-le à nouveau.';

/**
 * A crash between « reçu » and the record leaves a line whose file the start sweeps: a second line says so, once. To be called
 * at start, before any download; what is told is settled before the first wait.
 */
export async function traceCutReceipts(deps: CutReceiptDeps, receipts: readonly TracedEvent[]): Promise<void> {
  for (const receipt of cutReceipts(deps, receipts)) {
    await deps.record({ ...receipt, outcome: 'failure', detail: `Non conservé. ${CUT} ${receipt.detail}` });
  }
}

/** Received, not told as lost since, and named by no record. What went with its dossier has its own trace. */
function cutReceipts({ records, dossiers }: Pick<CutReceiptDeps, 'records' | 'dossiers'>, receipts: readonly TracedEvent[]): readonly TracedEvent[] {
  const open = new Map<string, TracedEvent>();
  for (const receipt of receipts) {
    const key = JSON.stringify([receipt.dossierId, receipt.identifier, receipt.documentSha256]);
    open.delete(key);
    if (receipt.outcome === 'success') open.set(key, receipt);
  }
  return [...open.values()].filter(({ dossierId, identifier, documentSha256 }) => {
    if (dossierId === undefined || !dossiers.find(dossierId)) return false;
    return !records.list(dossierId, identifier).some(({ sha256 }) => sha256 === documentSha256);
  });
}
