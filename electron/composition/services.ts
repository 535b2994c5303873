import * as catalogue from '../../shared/catalogue';
import type { Agent } from '../../shared/domain/agent';
import type { Environment } from '../../shared/domain/environment';
import { createAgents } from '../agents';
import { createAnswerStore, createConsult, createLinkRegistry, createPreview, withV2Access } from '../consultation';
import { createDocumentRecords, createFetchDocument, createFileStore, createOutsideCopies, createWantedDocuments, rememberingWishes } from '../documents';
import { dataKeyHandlers } from '../data-key-handlers';
import { createCompletenessFeature, createDossiers, createPieceStore } from '../dossiers';
import { createFailedCallStore, rememberFailures } from '../failed-calls';
import { createPieceRecords, createReadPdfText, Pieces } from '../genuineness';
import { createHabilitationFeature } from '../habilitations';
import { API_BASE_URLS, type Host } from '../host';
import { createDispatcher, createHttpClient, readAuthorityFile } from '../http';
import { createFindWays, createNetworkSecrets, createProxyAccounts } from '../network';
import { createPrivilegesReader } from '../privileges';
import { createQuotaService, databaseQuotaStore, fileIpWindow, IP_BUDGET_PER_WINDOW, systemScheduler } from '../quota';
import { createReachability } from '../reachability';
import type { SandboxWorker } from '../sandbox-client';
import { createCompanySearch, SEARCH_BASE_URL } from '../search';
import { StartFailure } from '../start-failure';
import { outsideCopiesFolder } from '../storage/paths';
import type { MachinePolicy } from '../storage/policy';
import { oidcOrganisation } from './start-state';
import type { Stores } from './stores';
import { timestampAuthority } from './timestamp-authority';

const MINUTE_MS = 60_000;

export type Network = ReturnType<typeof buildNetwork>;
export type People = ReturnType<typeof buildPeople>;
export type Calls = ReturnType<typeof buildCalls>;

/** Where calls go, and what carries them. */
export function buildNetwork(host: Host, { policy, settings, vault }: Stores) {
  // Read once: a change takes effect at the next start.
  const chosen = settings.get().environment;
  const environment = (): Environment => chosen;
  let sandbox: SandboxWorker | null = null;
  const addresses = {
    sandbox: () => sandbox?.apiBaseUrl ?? null,
    staging: () => API_BASE_URLS.staging,
    production: () => API_BASE_URLS.production,
    gateway: () => policy.gatewayUrl ?? null,
  } satisfies Record<Environment, () => string | null>;
  const baseUrlOf = (which: Environment): string | null => addresses[which]();
  const searchBaseUrl = (): string => sandbox?.searchBaseUrl ?? SEARCH_BASE_URL;
  const secrets = createNetworkSecrets(vault, () => settings.get(), policy);
  const { findWays, forget } = createFindWays({ settings: () => settings.get(), resolveProxy: host.resolveProxy, clock: host.clock });
  const { proxyAccount, clientCertificate } = secrets;
  const proxies = createProxyAccounts(() => settings.get(), proxyAccount);
  const dispatcher = createDispatcher({ findWays, proxyAccounts: proxies, clientCertificate, extraCas: organisationAuthorities(policy) });
  const renew = (): void => {
    forget();
    dispatcher.renew();
  };
  const http = createHttpClient({ dispatcher, userAgent: `Instruire/${host.appVersion}` });
  const reachability = createReachability(http, (which) => baseUrlOf(which as Environment), searchBaseUrl);
  const authority = timestampAuthority(policy.timestampAuthorityUrl, http);
  const useSandbox = (worker: SandboxWorker): void => void (sandbox = worker);
  return { environment, useSandbox, baseUrlOf, searchBaseUrl, dispatcher, http, reachability, authority, secrets, proxies, findWays, renew };
}

/** @throws {StartFailure} when one of them cannot be read. */
function organisationAuthorities({ caFiles = [] }: MachinePolicy): readonly string[] {
  return caFiles.flatMap((path) => {
    try {
      return readAuthorityFile(path);
    } catch {
      throw new StartFailure(`L’autorité de certification ${path}, demandée par la politique du poste, ne peut pas être lue : vérifiez le fichier (PEM ou DER) et ses droits.`);
    }
  });
}

/** Who works here, with which habilitations, on which dossiers. */
export function buildPeople(host: Host, stores: Stores, { environment, baseUrlOf, http, dispatcher }: Network) {
  const { database, vault, journal, record, settings, policy } = stores;
  const { clock } = host;
  const organisation = oidcOrganisation(policy);
  const agents = createAgents({
    ...{ database, vault, record, clock },
    lockAfterMs: () => settings.get().lockAfterMinutes * MINUTE_MS,
    oidc: policy.oidc && organisation !== null ? { policy: policy.oidc, organisation, dispatcher, openExternal: host.openExternal } : null,
    secondFactorRequired: policy.secondFactorRequired ?? false,
    fixedOrganisation: policy.organisation ?? null,
    onSessionChange: (session, reason) => host.notify('session.changed', { session, reason }),
  });
  const habilitation = createHabilitationFeature({
    ...{ database, vault, record, clock, environment, baseUrlOf },
    agents: agents.accounts,
    limits: policy,
    electronVersion: host.electronVersion,
    fetchPrivileges: createPrivilegesReader({ http, record, callStop: journal.callStop, baseUrlOf }),
  });
  const dossiers = createDossiers({ database, habilitations: habilitation.habilitations, record, clock });
  return { agents, ...habilitation, dossiers };
}

/** The pipeline and what hangs on it: quota, answers, documents, search. */
export function buildCalls(host: Host, stores: Stores, network: Network, people: People) {
  const { clock } = host;
  const { database, cipher, journal: trace, record, settings, policy, paths } = stores;
  const { environment, http, reachability } = network;
  const { agents, habilitations, dossiers } = people;
  const authorisation = withV2Access(people.authorisation, { isOpen: () => settings.get().useV2, tokenInQuery: policy.v2TokenInQuery ?? false });
  const quota = createQuotaService({
    scheduler: systemScheduler(clock),
    ...(host.quotaWindowMs === undefined ? {} : { windowMs: host.quotaWindowMs }),
    store: databaseQuotaStore(database),
    ipWindow: fileIpWindow(host.machinePath, IP_BUDGET_PER_WINDOW),
    isOtherHostReachable: reachability.otherHostAnswers,
    probe: reachability.serviceAnswers,
    readServerDate: reachability.readServerDate,
    readPing: reachability.readPing,
    environment,
    // Nobody waits at the screen of a service account.
    agentIsPresent: () => (agents.keeper.current()?.agent.role ?? 'service') !== 'service',
    titleOf: (habilitationId) => habilitations.find(habilitationId)?.title ?? 'Habilitation supprimée',
  });
  const links = createLinkRegistry(clock);
  const answers = createAnswerStore(database, cipher, (place, error) => host.log.error(place, error));
  const pipeline = { catalogue, dossiers, authorisation, trace, quota, links, answers, http, clock };
  const remembered = createPieceStore(database);
  const failedCalls = createFailedCallStore(database);
  const logError = (place: string, error: unknown): void => host.log.error(place, error);
  const consult = rememberFailures({ failedCalls, clock, logError, consult: createConsult({ ...pipeline, useLongTimeouts: () => settings.get().longTimeouts }) });
  const preview = createPreview({ catalogue, dossiers, authorisation });
  const records = createDocumentRecords(database);
  const store = createFileStore(paths.documents, cipher);
  store.sweep(records.fileIds());
  const copies = createOutsideCopies(outsideCopiesFolder(host.temporaryPath));
  copies.clear();
  const wanted = createWantedDocuments(database);
  const fetchDocument = rememberingWishes({ wanted, answers, clock, fetchDocument: createFetchDocument({ ...pipeline, consult, records, record, store }) });
  const knowledge = {
    documents: (dossierId: string) => records.list(dossierId, undefined),
    answers: (dossierId: string, identifier: string) => answers.latest(dossierId, identifier),
    failures: (dossierId: string) => failedCalls.ofDossier(dossierId),
  };
  const completeness = createCompletenessFeature({ pieces: remembered, dossiers, knowledge, habilitations, record, clock });
  const readPdfText = createReadPdfText(host.workerPath('pdf-text-worker'));
  const pieceRecords = createPieceRecords(database);
  const pieceStore = createFileStore(paths.suppliedPieces, cipher);
  pieceStore.sweep(pieceRecords.fileIds());
  const dossierOf = (agent: Agent, dossierId: string) => dossiers.get(agent, dossierId);
  const pieces = new Pieces({ records: pieceRecords, store: pieceStore, readPdfText, dossierOf, standIns: completeness.standIns, record, clock });
  const searchCompanies = createCompanySearch({ http, clock, baseUrl: network.searchBaseUrl });
  const dataKey = dataKeyHandlers({
    ...{ ring: stores.keyRing, kept: [answers, store, pieceStore].map(({ sealedItems }) => sealedItems), record },
    onProgress: (progress) => host.notify('dataKey.progress', progress),
    logError: (place, error) => host.log.error(place, error),
  });
  return { dataKey, quota, failedCalls, answers, completeness, consult, preview, records, store, wanted, copies, fetchDocument, searchCompanies, pieces, pieceRecords, pieceStore, readPdfText };
}
