import { isOpenedBy } from '../../shared/catalogue';
import type { Agent, Session } from '../../shared/domain/agent';
import { type BatchFeature, createBatchFeature } from '../batches';
import type { Host } from '../host';
import { type DossierFiles, openerOf } from './dossier-files';
import { savePathOf } from './handlers';
import type { Calls, People } from './services';
import type { Stores } from './stores';

const LIST_FILES = { label: 'Listes d’entreprises', extensions: ['csv', 'txt', 'tsv', 'xlsx', 'ods'] } as const;

/** Batches over the pipeline, the documents, the quota and the journal as they are. */
export function buildBatches(host: Host, stores: Stores, people: People, calls: Calls, { pending }: Pick<DossierFiles, 'pending'>): BatchFeature {
  const { database, record, journal } = stores;
  const { agents, habilitations, dossiers } = people;
  const { keeper } = agents;
  const { consult, fetchDocument, answers, records: documents, quota } = calls;
  return createBatchFeature({
    ...{ database, record, journal, consult, fetchDocument, answers, documents, quota, clock: host.clock },
    ...{ showProgress: host.showProgress, notifyUser: host.notifyUser, keepAwake: host.keepAwake, notify: host.notify },
    dossierOf: (agent, dossierId) => dossiers.get(agent, dossierId),
    findDossier: dossiers.find,
    isAllowed: (agent, { habilitationId }, endpoint) => {
      const habilitation = habilitations.find(habilitationId);
      const member = habilitation?.agents.find(({ agentId }) => agentId === agent.id);
      const privileges = habilitation?.token.privileges ?? null;
      const isHis = member !== undefined && (member.endpointIds === null || member.endpointIds.includes(endpoint.id));
      return isHis && (privileges === null || isOpenedBy(endpoint, privileges));
    },
    readableEndpoints: ({ agent }, dossierId) => habilitations.readableEndpoints(agent, dossiers.get(agent, dossierId).habilitationId),
    askOpenPath: () => host.askOpenPath(LIST_FILES),
    outputs: {
      ...{ pending, workstation: host.workstation, askSavePath: savePathOf(host, keeper) },
      openDocument: (id) => openerOf(calls.store, documents.find(id)?.fileId),
    },
    holder: () => holderOf(keeper.current(), keeper),
    currentSession: () => keeper.current(),
    logError: (place, error) => host.log.error(place, error),
  });
}

/** Until the second factor that the organisation demands is set up, nothing calls in an agent's name. */
function holderOf(session: Session | null, keeper: People['agents']['keeper']): Agent | null {
  if (!session) return keeper.lockedAgent();
  return session.secondFactorDue ? null : session.agent;
}
