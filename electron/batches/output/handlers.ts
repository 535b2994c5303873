import type { Agent, Session } from '../../../shared/domain/agent';
import type { Batch } from '../../../shared/domain/batch';
import type { Dossier } from '../../../shared/domain/dossier';
import type { AnswerStorePort } from '../../consultation/ports';
import { createRunningExports } from '../../files/running-exports';
import { exportTraced, type MadeExport } from '../../files/traced-export';
import type { Handlers } from '../../ipc';
import type { Imports } from '../imports';
import type { ItemStore } from '../item-store';
import type { ListStore } from '../list-store';
import { spaced } from '../spaced';
import { asideChunks } from './aside-csv';
import { differencesOf } from './differences';
import { exportBatch, type ExportBatchDeps, exportFileName } from './export-batch';
import { fieldsOf } from './fields';
import type { BatchReading } from './reading';

export interface BatchOutputDeps extends Omit<ExportBatchDeps, 'items'> {
  readonly items: ItemStore;
  readonly lists: ListStore;
  readonly imports: Imports;
  readonly answers: Pick<AnswerStorePort, 'find'>;
  /** Throws an {@link IpcFailure} when this agent may not open the run's dossier. */
  readonly batchOf: (agent: Agent, id: string) => Batch;
  readonly dossierOf: (agent: Agent, dossierId: string) => Dossier;
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
  /** Null when the agent closed the dialog. */
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  readonly onExportProgress: (exportId: string, written: number, total: number) => void;
}

type OutputChannel = 'batches.fields' | 'batches.export' | 'batches.cancelExport' | 'batches.exportAside' | 'batches.differences';

export function batchOutputHandlers(deps: BatchOutputDeps): Pick<Handlers, OutputChannel> {
  const { items, lists, imports, batchOf } = deps;
  const running = createRunningExports();
  return {
    'batches.fields': ({ id }, { session }) => {
      const batch = batchOf(session.agent, id);
      return fieldsOf(readingOf(deps, session, batch), items, batch);
    },
    'batches.differences': ({ id, afterId }, { session }) => {
      const batch = batchOf(session.agent, id);
      const nameOf = (number: number): string => lists.linesAfter(batch.listId, number - 1, 1)[0]?.name ?? '';
      return differencesOf(readingOf(deps, session, batch), items, batch, afterId, nameOf);
    },
    'batches.exportAside': ({ source }, { session: { agent } }) => {
      if (source.kind === 'batch') {
        const { listId, title, dossierId } = batchOf(agent, source.id);
        return saveAside(deps, { agent, title, dossier: deps.dossierOf(agent, dossierId) }, (offset, limit) => lists.aside(listId, offset, limit));
      }
      const title = imports.owned(agent.id, source.importId).fileName.replace(/\.[^.]*$/, '');
      return saveAside(deps, { agent, title, dossier: null }, (offset, limit) => imports.aside(agent.id, source.importId, offset, limit));
    },
    'batches.export': (request, { session }) => running.run(request.exportId, session.agent.id, (signal) => exportAsked(deps, session, request, signal)),
    'batches.cancelExport': ({ exportId }, { session }) => {
      running.cancel(exportId, session.agent.id);
      return null;
    },
  };
}

function readingOf({ items, lists, answers, readableEndpoints }: BatchOutputDeps, session: Session, { dossierId }: Batch): BatchReading {
  return { items, lists, answers, isReadable: readableEndpoints(session, dossierId) };
}

type ExportInput = Parameters<Handlers['batches.export']>[0];

async function exportAsked(deps: BatchOutputDeps, session: Session, { exportId, id, format, fields }: ExportInput, signal: AbortSignal) {
  const { agent } = session;
  const batch = deps.batchOf(agent, id);
  const dossier = deps.dossierOf(agent, batch.dossierId);
  const path = await deps.askSavePath(exportFileName(batch, format, deps.now()));
  if (path === null) return null;
  const onProgress = spaced(deps.now, (written: number, total: number) => deps.onExportProgress(exportId, written, total));
  return exportBatch(deps, { agent, batch, dossier, reading: readingOf(deps, session, batch), format, fields, path }, { signal, onProgress });
}

interface AsideOf {
  readonly agent: Agent;
  readonly title: string;
  /** Null before a run is made of the list. */
  readonly dossier: Dossier | null;
}

/** The agent's own lines, back to him: nothing of the service is in them, and the journal keeps their digest all the same. */
async function saveAside(deps: BatchOutputDeps, { agent, title, dossier }: AsideOf, page: Parameters<typeof asideChunks>[0]): Promise<MadeExport | null> {
  const path = await deps.askSavePath(`${title.slice(0, 80)}_lignes_de_cote.csv`);
  if (path === null) return null;
  return exportTraced(deps, {
    ...{ agent, dossier, path, signal: new AbortController().signal },
    words: { begun: `Export des lignes mises de côté de « ${title} »`, done: `Lignes mises de côté de « ${title} » exportées`, format: 'tableau CSV' },
    open: () => Promise.resolve({ fileCount: 1, chunks: asideChunks(page) }),
  });
}
