import type { Agent, Session } from '../../shared/domain/agent';
import type { Batch } from '../../shared/domain/batch';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import type { EventName, EventPayload } from '../../shared/ipc';
import type { AnswerStore, Consult } from '../consultation';
import type { DocumentRecords, FetchDocument } from '../documents';
import type { Handlers } from '../ipc';
import type { Journal } from '../journal';
import type { QuotaService } from '../quota';
import type { Clock } from '../storage/clock';
import type { Database } from '../storage/database';
import { createBatchStore } from './batch-store';
import { Batches, type BatchesDeps } from './batches';
import { batchHandlers, type BatchHandlerDeps } from './handlers';
import { Imports } from './imports';
import { createItemStore } from './item-store';
import { createListStore } from './list-store';
import { type OutlookDeps, outlookOf } from './outlook';
import { batchOutputHandlers, type BatchOutputDeps } from './output';
import { keptAnswers } from './plan/renewal';
import type { ListReader } from './ports';
import { createProgress, type ProgressDeps } from './progress';
import { BatchEngine } from './run/engine';
import { spaced } from './spaced';
import { Sweep } from './sweep';

export interface BatchFeatureDeps
  extends Pick<BatchesDeps, 'dossierOf' | 'isAllowed'>,
    Pick<BatchHandlerDeps, 'readableEndpoints' | 'askOpenPath'>,
    Pick<ProgressDeps, 'showProgress' | 'notifyUser' | 'keepAwake'> {
  readonly database: Database;
  readonly clock: Clock;
  readonly record: RecordEvent;
  readonly journal: Pick<Journal, 'head' | 'callsAfter' | 'holds' | 'callStop'>;
  readonly quota: QuotaService;
  readonly consult: Consult;
  readonly fetchDocument: FetchDocument;
  readonly answers: AnswerStore;
  readonly documents: Pick<DocumentRecords, 'list'>;
  /** What only outputs need. */
  readonly outputs: Pick<BatchOutputDeps, 'pending' | 'openDocument' | 'workstation' | 'askSavePath'>;
  readonly findDossier: (id: string) => Dossier | undefined;
  /** Whose session is open or locked. */
  readonly holder: () => Agent | null;
  /** Null while it is locked. */
  readonly currentSession: () => Session | null;
  readonly notify: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
  readonly logError: (place: string, error: unknown) => void;
}

/** What reads files is loaded with the first list: a start does not pay for it. */
const reader: ListReader = {
  readLines: async (source, options) => (await import('./import')).createListReader().readLines(source, options),
};

export interface BatchFeature {
  readonly handlers: Pick<Handlers, Extract<keyof Handlers, `batches.${string}`>>;
  readonly engine: BatchEngine;
  readonly find: (this: void, id: string) => Batch | undefined;
}

/** Lists in, answers out: built once, from what the rest of the application already does. */
export function createBatchFeature(deps: BatchFeatureDeps): BatchFeature {
  const { database, clock, record, quota, answers, documents, findDossier, logError } = deps;
  const store = createBatchStore(database);
  const items = createItemStore(database);
  const lists = createListStore(database);
  lists.removeUnused(null);
  const imports = new Imports({ lists, reader, clock, onProgress: spaced(() => clock.monotonic(), (read: number) => deps.notify('batches.importProgress', { read })) });
  const sweep = new Sweep({ batches: store, items, lists, logError });
  sweep.begin();
  const habilitationIdOf = (dossierId: string): string => findDossier(dossierId)?.habilitationId ?? '';
  const feature = new Batches({
    ...{ batches: store, items, lists, imports, record, clock, sweep },
    onMaking: (importId, made, total) => deps.notify('batches.createProgress', { importId, made, total }),
    ...{ dossierOf: deps.dossierOf, isAllowed: deps.isAllowed, limitOf: (habilitationId, pool) => quota.limitOf(habilitationId, pool) },
    durationOf: (habilitationId, pools) => quota.estimate(habilitationId, pools, 'batch').durationMs,
  });
  const outlook: OutlookDeps = {
    ...{ store, items, now: () => clock.now() },
    durationOf: ({ dossierId }, pools) => quota.estimate(habilitationIdOf(dossierId), pools, 'batch').durationMs,
  };
  const progress = createProgress({
    ...{ clock, outlookOf: (batch, waits) => outlookOf(outlook, batch, waits), showProgress: deps.showProgress, notifyUser: deps.notifyUser, keepAwake: deps.keepAwake },
    notify: (batchProgress) => deps.notify('batches.progress', batchProgress),
    isShown: (batch) => isShown(deps, batch),
  });
  const engine = new BatchEngine({
    ...{ store, items, feature, clock, answers, logError },
    ...{ consult: deps.consult, fetchDocument: deps.fetchDocument, flushAnswers: () => answers.flush() },
    // A renewed link brings its document under another consultation: what came for this endpoint since is the same document.
    hasDocument: ({ dossierId, identifier, endpointId, receivedAt }, pointer) =>
      documents.list(dossierId, identifier).some((one) => one.endpointId === endpointId && one.pointer === pointer && one.fetchedAt >= receivedAt),
    journalHead: () => deps.journal.head(),
    journalHolds: (seq, hash) => deps.journal.holds(seq, hash),
    callsAfter: (seq) => deps.journal.callsAfter(seq),
    callStop: deps.journal.callStop,
    limitOf: ({ dossierId }, pool) => quota.limitOf(habilitationIdOf(dossierId), pool),
    windowMs: quota.windowMs,
    watchProviders: (listener) =>
      quota.onChange(({ breakers }) => listener(new Set(breakers.flatMap(({ provider, state }) => (state === 'open' ? [provider] : []))))),
    holderId: () => deps.holder()?.id ?? null,
    dossierTitleOf: (dossierId) => findDossier(dossierId)?.title ?? '',
    habilitationIdOf,
    keptFor: (batch) => keptAnswers(batch, { items, answers, documents, now: clock.now() }),
    ...progress,
  });
  const handlers = batchHandlers({
    ...{ feature, engine, store, items, lists, imports, answers },
    outlookOf: (batch) => outlookOf(outlook, batch, engine.waitsOf(batch.id)),
    mayOpenDossier: (agent, dossierId) => mayOpen(deps, agent, dossierId),
    ...{ readableEndpoints: deps.readableEndpoints, askOpenPath: deps.askOpenPath, dossierOf: deps.dossierOf },
  });
  const outputs = batchOutputHandlers({
    ...deps.outputs,
    ...{ record, items, lists, imports, answers, documents, now: () => clock.now() },
    ...{ readableEndpoints: deps.readableEndpoints, dossierOf: deps.dossierOf, batchOf: (agent, id) => feature.get(agent, id) },
    journalHead: () => deps.journal.head(),
    onExportProgress: (exportId, written, total) => deps.notify('batches.exportProgress', { exportId, written, total }),
  });
  return { handlers: { ...handlers, ...outputs }, engine, find: (id) => store.find(id) };
}

/** News of a run go to whoever may open its dossier, and to nobody else. */
function isShown(deps: BatchFeatureDeps, { dossierId }: Batch): boolean {
  const session = deps.currentSession();
  return session !== null && hasRight(session.agent.role, 'batches.run') && mayOpen(deps, session.agent, dossierId);
}

function mayOpen({ dossierOf }: BatchFeatureDeps, agent: Agent, dossierId: string): boolean {
  try {
    dossierOf(agent, dossierId);
    return true;
  } catch {
    return false;
  }
}
