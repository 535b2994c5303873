import type { Session } from '../../shared/domain/agent';
import type { Dossier, DossierCompany } from '../../shared/domain/dossier';
import type { JournalLine } from '../../shared/domain/journal';
import type { Handlers } from '../dispatch';
import { readableDocument, traceCutReceipts } from '../documents';
import { createGather, dossierExportHandlers } from '../dossier-export';
import { createPendingFiles, traceCutFiles } from '../files/pending-files';
import { pieceHandlers } from '../genuineness';
import { retentionHandlers } from '../retention';
import type { Host } from '../host';
import { buildRetention } from './retention';
import type { Calls, People } from './services';
import type { Stores } from './stores';

export type DossierFiles = ReturnType<typeof buildDossierFiles>;

/** Lines read at a time. */
const PAGE_LINES = 500;

/** What an export of a dossier reads (only what its author may read on screen), and what ends a dossier. */
export function buildDossierFiles(host: Host, stores: Stores, people: People, calls: Calls) {
  const now = () => host.clock.now();
  const pending = createPendingFiles(stores.database);
  const sourcesOf = (session: Session, dossier: Dossier, company: DossierCompany) => companySources(calls, people, session, dossier, company);
  const gather = createGather({
    ...{ now, workstation: host.workstation, sourcesOf },
    habilitationOf: (id) => people.habilitations.find(id),
    gridOf: (session, dossier) => {
      const { list, rows } = calls.completeness.completenessOf(session.agent, dossier);
      return list && { list, rows };
    },
    sealJournal: () => stores.journal.seal(),
    linesOf: (dossierId) => allLines(stores, dossierId),
  });
  const settleReceipts = async () => traceCutReceipts({ records: calls.records, dossiers: people.dossiers, record: stores.record }, stores.journal.receiptsBeforeCut());
  return { pending, gather, now, settleReceipts, retention: buildRetention(host, stores, people, calls) };
}

function companySources({ records, store, answers, pieces, pieceStore }: Calls, { habilitations }: People, { agent }: Session, dossier: Dossier, company: DossierCompany) {
  const isReadable = habilitations.readableEndpoints(agent, dossier.habilitationId);
  const { identifier } = company;
  return {
    documents: records
      .list(dossier.id, identifier)
      .filter(({ endpointId }) => isReadable(endpointId))
      .map((about) => ({ about, open: openerOf(store, records.find(about.id)?.fileId) })),
    supplied: pieces.recordsOf(dossier.id, identifier).map(({ fileId, ...about }) => ({ about, open: openerOf(pieceStore, fileId) })),
    answers: answers.latest(dossier.id, identifier).filter(({ endpointId }) => isReadable(endpointId)),
  };
}

/** Null when the file has gone, or its key is not on this workstation. */
export function openerOf(store: Calls['store'], fileId: string | undefined): (() => AsyncIterable<Buffer>) | null {
  return fileId !== undefined && store.has(fileId) && store.isOpenable(fileId) ? () => store.read(fileId) : null;
}

async function allLines({ worker }: Stores, dossierId: string): Promise<readonly JournalLine[]> {
  const lines: JournalLine[] = [];
  for (;;) {
    const beforeSeq = lines.at(-1)?.seq;
    const page = await worker.run('search', { filter: { dossierId, kind: 'all' }, beforeSeq, limit: PAGE_LINES });
    lines.push(...page.lines);
    if (page.lines.length < PAGE_LINES) return lines;
  }
}

interface Common {
  readonly dossierFiles: DossierFiles;
  readonly askSavePath: Host['askSavePath'];
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
}

/** What companies hand over, and what leaves the workstation with a dossier. */
export function dossierFileHandlers(host: Host, { record }: Stores, { dossiers }: People, calls: Calls, { dossierFiles, askSavePath, readableEndpoints }: Common) {
  const { retention, ...dossierExport } = dossierFiles;
  const { records, store, answers, pieces, readPdfText } = calls;
  return {
    ...pieceHandlers({
      ...{ pieces, readPdfText },
      answerOf: (consultationId) => answers.find(consultationId),
      documentOf: (session, id) => {
        const document = readableDocument({ records, readableEndpoints }, id, session);
        return { document, chunks: () => store.read(document.fileId) };
      },
    }),
    ...retentionHandlers(retention),
    ...dossierExportHandlers({
      ...{ ...dossierExport, record, askSavePath },
      dossierOf: (session, dossierId) => dossiers.get(session.agent, dossierId),
      onProgress: (exportId, written, total) => host.notify('dossiers.exportProgress', { exportId, written, total }),
    }),
  } satisfies Partial<Handlers>;
}

/**
 * What a crash has cut is cleared or finished, then what has passed its term goes; nobody waits for it. A step that fails
 * leaves the others their turn: what a damaged journal cannot tell must not keep dossiers past their term.
 */
export async function finishInterrupted({ log }: Host, { record }: Stores, { pending, retention, settleReceipts }: DossierFiles): Promise<void> {
  const steps: readonly (readonly [place: string, run: () => Promise<unknown>])[] = [
    ['cut receipts', settleReceipts],
    ['cut deletions', () => retention.resume()],
    ['retention', () => retention.deleteDue(null)],
    // Last: a share that does not answer keeps nothing else waiting.
    ['cut files', () => traceCutFiles(pending, record)],
  ];
  for (const [place, run] of steps) await run().catch((error: unknown) => log.error(place, error));
}
