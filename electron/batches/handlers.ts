import type { Agent, Session } from '../../shared/domain/agent';
import type { Batch, BatchOutlook } from '../../shared/domain/batch';
import { findEndpoint } from '../../shared/catalogue';
import type { Dossier } from '../../shared/domain/dossier';
import type { AnswerStorePort } from '../consultation/ports';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import type { BatchStore } from './batch-store';
import type { Batches } from './batches';
import { companiesOf } from './dossier-list';
import type { Imports } from './imports';
import type { ItemStore } from './item-store';
import type { ListStore } from './list-store';
import { callOf } from './plan/calls';
import type { BatchEngine } from './run/engine';

export interface BatchHandlerDeps {
  readonly feature: Batches;
  readonly engine: BatchEngine;
  readonly store: BatchStore;
  readonly items: ItemStore;
  readonly lists: ListStore;
  readonly imports: Imports;
  readonly answers: Pick<AnswerStorePort, 'find'>;
  readonly outlookOf: (batch: Batch) => BatchOutlook;
  readonly mayOpenDossier: (agent: Agent, dossierId: string) => boolean;
  /** Throws an {@link IpcFailure} when this agent may not open the dossier. */
  readonly dossierOf: (agent: Agent, dossierId: string) => Dossier;
  /** Endpoints whose answers this agent may read in this dossier. Throws an {@link IpcFailure} when he may not open it. */
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
  /** Null when the agent closed the dialog. */
  readonly askOpenPath: () => Promise<string | null>;
}

type BatchChannel = ImportChannel | ReadingChannel | LifeChannel;

export function batchHandlers(deps: BatchHandlerDeps): Pick<Handlers, BatchChannel> {
  return { ...importHandlers(deps), ...readingHandlers(deps), ...lifeHandlers(deps) };
}

type ImportChannel = 'batches.import' | 'batches.importLines' | 'batches.importAside' | 'batches.resolveAside' | 'batches.cancelImport' | 'batches.plan' | 'batches.create' | 'batches.cancelCreate';

function importHandlers({ imports, feature, engine, askOpenPath, dossierOf }: BatchHandlerDeps): Pick<Handlers, ImportChannel> {
  return {
    'batches.import': async ({ source, sheet, roles }, { session }) => {
      const options = { agentId: session.agent.id, sheet, roles };
      if (source.kind === 'again') return imports.readAgain(source.importId, options);
      if (source.kind === 'dossier') return imports.read(companiesOf(dossierOf(session.agent, source.dossierId)), options);
      if (source.kind === 'text') return imports.read(source, options);
      if (source.kind === 'dropped') return imports.read({ kind: 'bytes', fileName: source.fileName, bytes: Buffer.from(source.bytes) }, options);
      const path = await askOpenPath();
      return path === null ? null : imports.read({ kind: 'file', path }, options);
    },
    'batches.importLines': ({ importId, offset, limit }, { session }) => imports.lines(session.agent.id, importId, offset, limit),
    'batches.resolveAside': ({ importId, number, identifier }, { session }) => imports.resolveAside(session.agent.id, importId, number, identifier),
    'batches.importAside': ({ importId, offset, limit }, { session }) => imports.aside(session.agent.id, importId, offset, limit),
    'batches.cancelImport': ({ importId }, { session }) => {
      imports.cancel(session.agent.id, importId);
      return null;
    },
    'batches.plan': (wish, { session }) => feature.plan(session.agent, wish),
    'batches.create': async (wish, { session }) => {
      const batch = await feature.create(session.agent, wish);
      engine.wake();
      return batch;
    },
    'batches.cancelCreate': ({ importId }, { session }) => {
      feature.cancelMaking(session.agent, importId);
      return null;
    },
  };
}

type ReadingChannel = 'batches.list' | 'batches.get' | 'batches.items' | 'batches.grid' | 'batches.aside' | 'batches.results';

function readingHandlers(deps: BatchHandlerDeps): Pick<Handlers, ReadingChannel> {
  const { feature, store, items, lists, answers } = deps;
  return {
    'batches.list': ({ dossierId, text, states, offset, limit }, { session }) => {
      const wanted = dossierId === undefined ? store.dossierIds() : [dossierId];
      const { total, batches } = store.list({ dossierIds: wanted.filter((id) => deps.mayOpenDossier(session.agent, id)), text, states }, offset, limit);
      return { total, batches: batches.map((batch) => ({ ...batch, waits: deps.engine.waitsOf(batch.id) })) };
    },
    'batches.get': ({ id }, { session }) => {
      const batch = feature.get(session.agent, id);
      return { ...batch, ...deps.outlookOf(batch) };
    },
    'batches.items': ({ id, filter, offset, limit }, { session }) => items.page(feature.get(session.agent, id), filter, offset, limit),
    'batches.grid': ({ id, filter, offset, limit }, { session }) => {
      const batch = feature.get(session.agent, id);
      const { total, lines } = items.linePage(batch, filter, offset, limit);
      return { total, rows: lines.map((line) => ({ line, cells: cellsOf(items, batch, line) })) };
    },
    'batches.aside': ({ id, offset, limit }, { session }) => lists.aside(feature.get(session.agent, id).listId, offset, limit),
    'batches.results': ({ id, filter, offset, limit }, { session }) => {
      const batch = feature.get(session.agent, id);
      const isReadable = deps.readableEndpoints(session, batch.dossierId);
      const page = items.page(batch, filter, offset, limit);
      const results = page.items.map((item) => {
        const isKept = item.state === 'answered' && item.consultationId !== null && isReadable(item.endpointId);
        return { item, answer: (isKept && answers.find(item.consultationId ?? '')) || null };
      });
      return { total: page.total, results };
    },
  };
}

function cellsOf(items: ItemStore, batch: Batch, line: Parameters<typeof callOf>[1]) {
  return batch.choice.endpointIds.map((endpointId) => {
    const endpoint = findEndpoint(endpointId);
    const call = endpoint ? callOf(endpoint, line) : null;
    return (call && items.findCall(batch.id, call.identifier, endpointId, call.object)) ?? null;
  });
}

type LifeChannel = 'batches.start' | 'batches.pause' | 'batches.resume' | 'batches.cancel' | 'batches.setSpeed' | 'batches.retryFailed' | 'batches.remove';

function lifeHandlers({ feature, engine }: BatchHandlerDeps): Pick<Handlers, LifeChannel> {
  return {
    'batches.start': ({ id }, { session }) => engine.start(session.agent, feature.owned(session.agent, id)),
    'batches.resume': ({ id }, { session }) => engine.start(session.agent, feature.owned(session.agent, id)),
    'batches.pause': ({ id }, { session }) => engine.pause(session.agent, feature.governed(session.agent, id)),
    'batches.cancel': ({ id }, { session }) => engine.cancel(session.agent, feature.governed(session.agent, id)),
    'batches.setSpeed': ({ id, speed }, { session }) => engine.setSpeed(feature.governed(session.agent, id), speed),
    'batches.retryFailed': ({ id }, { session }) => engine.retryFailed(session.agent, feature.owned(session.agent, id)),
    'batches.remove': async ({ id }, { session }) => {
      const batch = feature.governed(session.agent, id);
      if (batch.state === 'running') throw new IpcFailure('conflict', 'Ce lot est en cours : arrêtez-le d’abord.');
      await engine.forget(session.agent, batch);
      return null;
    },
  };
}
