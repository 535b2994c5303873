import { join } from 'node:path';

import * as catalogue from '../shared/catalogue';
import { IP_LIMIT_PER_MINUTE } from '../shared/catalogue/pools';
import type { Session } from '../shared/domain/agent';
import type { Environment } from '../shared/domain/environment';
import type { RecordEvent } from '../shared/domain/journal';
import { type Agents, agentHandlers, agentsSchema, createAgents, sessionHandlers } from './agents';
import { answersSchema, consultationHandlers, createAnswerStore, createConsult, createLinkRegistry, createPreview } from './consultation';
import type { DispatchOptions, Handlers } from './dispatch';
import { createDocumentRecords, createFetchDocument, createFileStore, createOutsideCopies, documentHandlers, documentsSchema } from './documents';
import { createDossiers, dossierHandlers, dossiersSchema } from './dossiers';
import { createHabilitationFeature, habilitationHandlers, habilitationsSchema } from './habilitations';
import { API_BASE_URLS, type Host } from './host';
import { createDispatcher, createHttpClient } from './http';
import { fileHeadWitness, generateSealKey, type Journal, journalHandlers, JournalWorker, openJournal, type SealKey, sealKeyFromPrivate } from './journal';
import { linkHandlers } from './links';
import { createPrivilegesReader } from './privileges';
import { createQuotaService, databaseQuotaStore, fileIpWindow, quotaHandlers, quotaSchema, systemScheduler } from './quota';
import { createReachability } from './reachability';
import { startSandboxWorker } from './sandbox/client';
import { createCompanySearch, SEARCH_BASE_URL, searchHandlers } from './search';
import { settingsHandlers } from './settings';
import { StartFailure } from './start-failure';
import { createDataCipher } from './storage/data-cipher';
import { loadDataKey } from './storage/data-key';
import { type Database, openDatabase } from './storage/database';
import { appPaths } from './storage/paths';
import { type MachinePolicy, readPolicy } from './storage/policy';
import { Secret } from './storage/secret';
import { createSettings } from './storage/settings';
import { createVault, type Vault, vaultSchema } from './storage/vault';

const SEAL_KEY_NAME = 'journal-seal-key';
const MINUTE_MS = 60_000;
/** Left to colleagues behind the same address whose calls this machine cannot see. */
const IP_MARGIN = 50;
const schemas = [vaultSchema, agentsSchema, habilitationsSchema, dossiersSchema, answersSchema, documentsSchema, quotaSchema];

/** The whole application behind the door, ready to answer. */
export interface Composition {
  readonly dispatch: DispatchOptions;
  readonly lock: () => void;
  readonly checkIdle: () => void;
  /** Flushes and closes every store; nothing may be asked afterwards. */
  readonly close: () => Promise<void>;
}

export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly message: string;
}

/**
 * Builds each part once and hands it what it needs; reads top to bottom.
 * @throws what {@link startFailureSentence} puts in words; nothing on disk is changed by a failed start.
 */
export async function compose(host: Host): Promise<Composition> {
  const { clock } = host;
  const paths = appPaths(host.userDataPath);
  const policy = policyOf(host);
  const settings = createSettings(host.settingsFile, policySettings(policy));
  const { database, damagedFileKeptAt } = openDatabase(paths.database, schemas, () => clock.now());
  const vault = createVault(database, ...host.ciphers);
  const sealKey = sealKeyOf(vault);
  const witness = fileHeadWitness(`${paths.journal}.head`);
  const journal = openJournal({ path: paths.journal, clock, workstation: host.workstation, sealKey, witness });
  const record = recorderOf(journal);
  const worker = new JournalWorker({ bundlePath: host.workerPath('journal-worker'), journalPath: paths.journal });

  const environment = (): Environment => policy.environment ?? 'sandbox';
  const sandbox = environment() === 'sandbox' ? await startSandboxWorker(host.workerPath('sandbox-worker')) : null;
  if (sandbox) host.onSandboxReady(sandbox);
  const baseUrlOf = (which: Environment): string | null =>
    which === 'sandbox' ? (sandbox?.apiBaseUrl ?? null) : which === 'gateway' ? (policy.gatewayUrl ?? null) : API_BASE_URLS[which];

  const dispatcher = createDispatcher();
  const http = createHttpClient({ dispatcher, userAgent: `Instruire/${host.appVersion}` });
  const agents = createAgents({
    database,
    vault,
    record,
    clock,
    lockAfterMs: () => settings.get().lockAfterMinutes * MINUTE_MS,
    onSessionChange: (session, reason) => host.notify('session.changed', { session, reason }),
  });
  const { habilitations, tokens, authorisation, ensureSandbox } = createHabilitationFeature({
    ...{ database, vault, record, clock, environment, baseUrlOf },
    agents: agents.accounts,
    electronVersion: host.electronVersion,
    fetchPrivileges: createPrivilegesReader({ http, record, baseUrlOf }),
  });
  if (sandbox) ensureSandbox(new Secret(sandbox.token));
  const dossiers = createDossiers({ database, habilitations, record, clock });

  const cipher = createDataCipher(
    loadDataKey({ path: paths.dataKey, cipher: host.ciphers[0], hasSealedData: () => hasSealedData(database) }),
  );
  const searchBaseUrl = sandbox?.searchBaseUrl ?? SEARCH_BASE_URL;
  const reachability = createReachability(http, (which) => baseUrlOf(which as Environment), searchBaseUrl);
  const quota = createQuotaService({
    scheduler: systemScheduler(clock),
    store: databaseQuotaStore(database),
    ipWindow: fileIpWindow(host.machinePath, IP_LIMIT_PER_MINUTE - IP_MARGIN, () => clock.now()),
    isOtherHostReachable: reachability.otherHostAnswers,
    probe: reachability.serviceAnswers,
    agentIsPresent: () => agents.keeper.current() !== null,
    titleOf: (habilitationId) => habilitations.find(habilitationId)?.title ?? 'Habilitation supprimée',
  });
  const stopQuotaNews = quota.onChange((snapshot) => host.notify('quota.changed', snapshot));
  const links = createLinkRegistry(clock);
  const answers = createAnswerStore(database, cipher);
  const useLongTimeouts = (): boolean => settings.get().longTimeouts;
  const consult = createConsult({ catalogue, dossiers, authorisation, trace: journal, quota, links, answers, http, clock, useLongTimeouts });

  const records = createDocumentRecords(database);
  const store = createFileStore(paths.documents, cipher);
  store.sweep(records.fileIds());
  const copies = createOutsideCopies(join(host.temporaryPath, 'instruire-documents'));
  copies.clear();
  const fetchDocument = createFetchDocument({ catalogue, dossiers, authorisation, trace: journal, quota, links, answers, http, clock, consult, records, record, store });
  const searchCompanies = createCompanySearch({ http, clock, baseUrl: searchBaseUrl });

  const common = {
    clock,
    logError: (place: string, error: unknown) => host.log.error(place, error),
    assertDossierReadable: (session: Session, dossierId: string) => void dossiers.get(session.agent, dossierId),
  };
  const notices = noticesOf(host, vault, damagedFileKeptAt, journal);
  const handlers: Handlers = {
    ...sessionHandlers({ ...agents, describeApplication: () => describe(host, environment(), vault, notices) }),
    ...agentHandlers(agents.accounts),
    ...settingsHandlers(settings, record),
    ...habilitationHandlers(habilitations, tokens),
    ...dossierHandlers(dossiers),
    ...searchHandlers(searchCompanies),
    ...consultationHandlers({ ...common, consult, preview: createPreview({ catalogue, dossiers, authorisation }), answers, onProgress: (consultationId, state) => host.notify('consultation.progress', { consultationId, state }) }),
    ...documentHandlers({
      ...common,
      ...{ fetchDocument, records, store, copies, record },
      ...{ askSavePath: host.askSavePath, openPath: host.openPath },
      onProgress: (progress) => host.notify('documents.progress', progress),
    }),
    ...journalHandlers({
      ...{ journal, worker, clock, sealKey, witness },
      chooseSavePath: host.askSavePath,
      onProgress: (exportId, written, total) => host.notify('journal.exportProgress', { exportId, written, total }),
      retentionMonths: () => policy.retentionMonths ?? 36,
    }),
    ...quotaHandlers({ quota }),
    ...linkHandlers(host.openExternal),
  };
  return {
    dispatch: { handlers, currentSession: agents.keeper.current, onForbidden: forbiddenTracer(record, host), logError: common.logError },
    lock: () => agents.keeper.lock(),
    checkIdle: agents.keeper.checkIdle,
    close: async () => {
      answers.flush();
      copies.clear();
      stopQuotaNews();
      await worker.close();
      journal.close();
      database.close();
      await dispatcher.close();
      await sandbox?.stop();
    },
  };
}

function policyOf(host: Host): MachinePolicy {
  const policy = readPolicy(host.policyPath);
  if (!policy.ok) throw new StartFailure(policy.message);
  return policy.value;
}

function policySettings(policy: MachinePolicy): { lockAfterMinutes?: number } {
  return policy.lockAfterMinutes === undefined ? {} : { lockAfterMinutes: policy.lockAfterMinutes };
}

/** The workstation's seal key: made once, kept by the vault. */
function sealKeyOf(vault: Vault): SealKey {
  const known = vault.secret(SEAL_KEY_NAME);
  if (known) return sealKeyFromPrivate(Buffer.from(known.reveal(), 'base64'));
  const { key, pkcs8 } = generateSealKey();
  vault.setSecret(SEAL_KEY_NAME, new Secret(pkcs8.toString('base64')));
  return key;
}

function recorderOf(journal: Journal): RecordEvent {
  return async ({ agentId, agentName, ...event }) => {
    await journal.record({ ...event, agent: agentId === null ? null : { id: agentId, displayName: agentName ?? '' } });
  };
}

function hasSealedData(database: Database): boolean {
  const row = database.prepare('SELECT EXISTS (SELECT 1 FROM answers) OR EXISTS (SELECT 1 FROM documents) AS found').get() as { found: number };
  return row.found === 1;
}

function forbiddenTracer(record: RecordEvent, host: Host): DispatchOptions['onForbidden'] {
  return (channelName, session) => {
    if (!session) return;
    const { id: agentId, displayName: agentName } = session.agent;
    record({ event: 'session.refused', outcome: 'refused', agentId, agentName, detail: `Action refusée faute de droit : ${channelName}.` }).catch((error: unknown) =>
      host.log.error('trace of a refusal', error),
    );
  };
}

function noticesOf(host: Host, vault: Vault, damagedFileKeptAt: string | null, journal: Journal): Notice[] {
  const notices: Notice[] = [];
  if (damagedFileKeptAt) {
    notices.push({ id: 'damaged-database', tone: 'error', message: `Le fichier des dossiers était endommagé : il a été mis de côté sous ${damagedFileKeptAt}. Prévenez votre service informatique avant de continuer.` });
  }
  if (journal.openingBreak) {
    notices.push({ id: 'journal-break', tone: 'error', message: 'L’historique ne continue pas celui que ce poste connaissait. Prévenez l’auditeur : la vérification de l’historique dit ce qui manque.' });
  }
  if (vault.kind === 'unprotected') {
    notices.push({ id: 'no-keychain', tone: 'warning', message: 'Aucun trousseau système sur ce poste : seul le bac à sable est utilisable, aucun jeton réel ne peut être enregistré.' });
  }
  if (host.electronVersion !== null && Number.parseInt(host.electronVersion, 10) < 30) {
    notices.push({ id: 'fallback-runtime', tone: 'info', message: 'Environnement d’exécution de secours : réservé à la découverte et aux essais, sans jeton réel ni production.' });
  }
  return notices;
}

function describe(host: Host, environment: Environment, vault: Vault, notices: readonly Notice[]) {
  return {
    environment,
    appVersion: host.appVersion,
    electronVersion: host.electronVersion ?? '',
    keychainAvailable: vault.kind === 'keychain',
    notices: [...notices],
  };
}

export type { Agents };
