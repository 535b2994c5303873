import type { Session } from '../../shared/domain/agent';
import { type Checked, invalid } from '../../shared/domain/checked';
import type { Environment } from '../../shared/domain/environment';
import type { RecordEvent } from '../../shared/domain/journal';
import { ERASURE_EXPORT_ID } from '../../shared/ipc/erasure';
import { agentHandlers, sessionHandlers } from '../agents';
import type { BatchFeature } from '../batches';
import { consultationHandlers } from '../consultation';
import type { DispatchOptions, Handlers } from '../dispatch';
import { documentHandlers } from '../documents';
import { completenessHandlers, dossierHandlers } from '../dossiers';
import { erasureHandlers } from '../erasure';
import { reminderHandlers } from '../failed-calls';
import { writeAtomically } from '../files/atomic-file';
import { checkWorkstation, habilitationHandlers } from '../habilitations';
import type { Host } from '../host';
import { IpcFailure } from '../ipc-failure';
import { exportRequest, journalHandlers } from '../journal';
import { linkHandlers } from '../links';
import { networkHandlers } from '../network';
import { problemReportHandlers } from '../problem-report';
import { quotaHandlers } from '../quota';
import { createRecentCompanies, searchHandlers } from '../search';
import { settingsHandlers } from '../settings';
import { sheetHandlers } from '../sheet';
import { updateHandlers } from '../updates';
import { type DossierFiles, dossierFileHandlers } from './dossier-files';
import { buildDiagnostics } from './diagnostics';
import type { JournalCare } from './journal-care';
import { countHoldings, knownNames, problemFacts } from './problem-facts';
import type { Calls, Network, People } from './services';
import { startStateOf } from './start-state';
import type { Stores } from './stores';
import { updateSource } from './update-source';

const SHORTEST_RETENTION_MONTHS = 36;

/** Long work over what the rest already does. */
interface Features {
  readonly dossierFiles: DossierFiles;
  readonly batches: BatchFeature;
  readonly journalCare: JournalCare;
}

/** One handler a channel: what the contract promises, nothing else. */
export function handlersOf(host: Host, stores: Stores, network: Network, people: People, calls: Calls, { dossierFiles, batches, journalCare }: Features): Handlers {
  const { settings, record, vault, policy, journal, worker, sealKey, witness } = stores;
  const { agents, habilitations, tokens, dossiers } = people;
  const { consult, preview, answers, fetchDocument, wanted, records, store, copies, searchCompanies, quota } = calls;
  const common = {
    clock: host.clock,
    logError: (place: string, error: unknown) => host.log.error(place, error),
    assertDossierReadable: (session: Session, dossierId: string) => void dossiers.get(session.agent, dossierId),
    readableEndpoints: (session: Session, dossierId: string) => habilitations.readableEndpoints(session.agent, dossiers.get(session.agent, dossierId).habilitationId),
  };
  const askSavePath = savePathOf(host, agents.keeper);
  const { pending } = dossierFiles;
  return {
    ...sessionHandlers({ ...agents, startState: startStateOf(host, stores, stores, network.environment()) }),
    ...agentHandlers(agents.accounts),
    ...settingsHandlers(settings, record, (environment) => checkEnvironment(host, stores, environment), network.renew),
    ...buildDiagnostics(host, stores, network, people, calls, journalCare),
    ...networkHandlers({ settings, record, policy, secrets: network.secrets, proxies: network.proxies, renew: network.renew }),
    ...habilitationHandlers(habilitations, tokens),
    ...dossierHandlers(dossiers),
    ...completenessHandlers({ ...calls.completeness, dossiers, suppliedFileOf: (id) => calls.pieceRecords.find(id), record, pending, clock: host.clock, askSavePath }),
    ...dossierFileHandlers(host, stores, people, calls, { dossierFiles, askSavePath, ...common }),
    ...searchHandlers(searchCompanies, createRecentCompanies(stores.database, dossiers, host.clock)),
    ...consultationHandlers({
      ...{ ...common, consult, preview, answers },
      onProgress: (consultationId, state) => host.notify('consultation.progress', { consultationId, state }),
    }),
    ...documentHandlers({
      ...{ ...common, fetchDocument, wanted, records, store, copies, record, pending, journal },
      ...{ askSavePath, openPath: host.openPath, startDrag: host.startDrag, print: host.print },
      momentOf: (session, dossierId) => calls.completeness.momentOf(dossiers.get(session.agent, dossierId)),
      answerOf: (consultationId) => answers.find(consultationId),
      onProgress: (progress) => host.notify('documents.progress', progress),
    }),
    ...sheetHandlers({
      ...{ record, pending, clock: host.clock, askSavePath, printToPdf: host.printToPdf },
      dossierOf: (session, dossierId) => dossiers.get(session.agent, dossierId),
    }),
    ...journalHandlers({
      ...{ journal, worker, clock: host.clock, sealKey, witness, chooseSavePath: askSavePath, pending },
      habilitationTitles: () => new Map(habilitations.all().map(({ id, title }) => [id, title])),
      onProgress: (exportId, written, total) => host.notify('journal.exportProgress', { exportId, written, total }),
      retentionMonths: () => policy.retentionMonths ?? SHORTEST_RETENTION_MONTHS,
      ...{ authority: network.authority, checkFile: journalCare.checkFile, checkClock: journalCare.checkClock },
      chooseBackup: () => host.askOpenPath({ label: 'Sauvegarde de l’historique', extensions: ['db'] }),
      restart: host.restart,
      describeWorkstation: () => ({ organisation: settings.get().organisation, workstation: host.workstation, keychainAvailable: vault.kind === 'keychain' }),
    }),
    ...quotaHandlers({
      quota,
      habilitationOf: (session, dossierId) => dossiers.get(session.agent, dossierId).habilitationId,
      visibleHabilitations: (session) => visibleHabilitations(people, session),
    }),
    ...reminderHandlers({ ...common, failedCalls: calls.failedCalls, record, dossierOf: (session, dossierId) => dossiers.get(session.agent, dossierId) }),
    ...linkHandlers(host.openExternal),
    ...aroundTheWork(host, stores, network, dossierFiles, askSavePath),
    ...calls.dataKey.handlers,
    ...batches.handlers,
  };
}

/** Whether the organisation allows an environment, and this workstation is fit for it. */
function checkEnvironment(host: Host, { policy, vault }: Stores, environment: Environment): Checked<null> {
  if (policy.allowedEnvironments?.includes(environment) === false) return invalid('Votre organisation n’autorise pas cet environnement sur ce poste.');
  return checkWorkstation(environment, { cipherKind: vault.kind, electronVersion: host.electronVersion });
}

/** What does not touch the data of companies: reports of problems, links of other programs, updates, the workstation's end. */
function aroundTheWork(host: Host, stores: Stores, network: Network, { pending }: DossierFiles, askSavePath: Host['askSavePath']) {
  const { record, database, journal, worker, sealKey, policy } = stores;
  return {
    ...problemReportHandlers({ host, record, pending, askSavePath, facts: () => problemFacts(host, stores, network.environment()), knownNames: () => knownNames(database) }),
    'deepLink.take': host.takeLink,
    ...erasureHandlers({
      ...{ record, journal, sealKey, askSavePath, userDataPath: host.userDataPath, clock: host.clock, restart: host.restart },
      retentionMonths: policy.retentionMonths ?? SHORTEST_RETENTION_MONTHS,
      countHoldings: () => countHoldings(database),
      exportJournal: async (path, signal) => {
        const request = exportRequest(sealKey, host.clock.now(), { filter: { kind: 'all' } });
        const onProgress = (written: number, total: number): void => host.notify('journal.exportProgress', { exportId: ERASURE_EXPORT_ID, written, total });
        const { sha256 } = await writeAtomically(pending, { path, event: 'journal.exported', what: 'dernière copie de l’historique' }, (temporaryPath) =>
          worker.run('export', { path: temporaryPath, format: 'jsonl', request }, { signal, onProgress }),
        );
        return sha256;
      },
    }),
    ...updateHandlers({ source: updateSource(host, stores, network), currentVersion: host.appVersion, record, pending, askSavePath, onProgress: (progress) => host.notify('updates.progress', progress) }),
  };
}

/** A dialog may outlive the session that opened it: what was asked for is then not saved. */
export function savePathOf(host: Host, keeper: People['agents']['keeper']): Host['askSavePath'] {
  return async (fileName) => {
    const asking = keeper.current()?.agent.id;
    const path = await host.askSavePath(fileName);
    if (path !== null && keeper.current()?.agent.id !== asking) {
      throw new IpcFailure('not_signed_in', 'La session s’est fermée pendant le choix du fichier : rien n’a été enregistré. Identifiez-vous, puis recommencez.');
    }
    return path;
  };
}

/** Ids of the habilitations that this agent may know of. */
export function visibleHabilitations({ habilitations }: Pick<People, 'habilitations'>, { agent }: Session): ReadonlySet<string> {
  return new Set(habilitations.listFor(agent).map(({ id }) => id));
}

/** Refusals for want of a right are traced; a trace that fails is logged, the refusal stands. */
export function forbiddenTracer(record: RecordEvent, host: Host): DispatchOptions['onForbidden'] {
  return (channelName, session) => {
    if (!session) return;
    const { id: agentId, displayName: agentName } = session.agent;
    record({ event: 'session.refused', outcome: 'refused', agentId, agentName, detail: `Action refusée faute de droit : ${channelName}.` }).catch((error: unknown) =>
      host.log.error('trace of a refusal', error),
    );
  };
}
