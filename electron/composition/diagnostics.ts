import { currentEndpoints } from '../../shared/catalogue';
import { environmentLabels } from '../../shared/domain/environment';
import { checkToken, diagnosticsHandlers, journalFault, localChecks, networkChecks, serviceChecks } from '../diagnostics';
import type { CallStop, CallStopReason } from '../consultation/ports';
import type { Host } from '../host';
import { agentScopeOf } from '../journal';
import { systemName } from '../system-name';
import type { JournalCare } from './journal-care';
import type { Calls, Network, People } from './services';
import type { Stores } from './stores';

const REQUESTS_IN_REPORT = 10;

/** Looks at each link between this workstation and a call, with the very parts that calls use. */
export function buildDiagnostics(host: Host, { settings, vault, database, journal, worker }: Stores, network: Network, { habilitations, tokens }: People, { quota }: Calls, { checkClock }: Pick<JournalCare, 'checkClock'>) {
  const { environment, dispatcher, findWays, http } = network;
  const baseUrl = (): string | null => network.baseUrlOf(environment());
  const now = (): number => host.clock.now();
  const stopOf = (isMeant: (reason: CallStopReason) => boolean): CallStop | null => journal.callStops().find(({ reason }) => isMeant(reason)) ?? null;
  const clockStop = async (): Promise<CallStop | null> => {
    await checkClock();
    return stopOf((reason) => reason === 'clock');
  };
  const serviceUrl = (): URL | null => {
    const base = baseUrl();
    return base === null ? null : new URL(base);
  };
  return diagnosticsHandlers({
    clock: host.clock,
    checks: {
      ...networkChecks({ dispatcher, findWays, serviceUrl, now }),
      ...serviceChecks({ http, baseUrl, now, clockStop, pingRoutes: pingRoutes(), bannedUntil: () => quota.snapshot().ban?.until ?? null }),
      ...localChecks({ vault, database, checkJournal: () => journal.openingNotices[0] ?? journalFault(journal.path), journalStop: () => stopOf((reason) => reason !== 'clock'), folder: host.userDataPath }),
    },
    checkToken: (agent, habilitationId) =>
      checkToken(
        { environment, habilitationsOf: (one) => habilitations.listFor(one), testToken: (one, id) => tokens.testToken(one, id) },
        agent,
        habilitationId,
      ),
    describeApplication: () => ({
      Instruire: host.appVersion,
      Electron: host.electronVersion ?? 'aucun',
      Système: systemName(),
      Environnement: environmentLabels[environment()],
      Proxy: settings.get().proxyMode,
      Trousseau: vault.kind === 'keychain' ? 'présent' : 'absent',
      Appels: journal.callStop()?.message ?? 'possibles',
      Quota: quota.snapshot().ban === null ? 'sans suspension' : 'suspension probable',
    }),
    lastRequests: async (context) => {
      const { lines } = await worker.run('search', { filter: { kind: 'calls' }, limit: REQUESTS_IN_REPORT, agentScope: agentScopeOf(context) });
      return lines.flatMap(({ requestId, at, httpStatus }) => (requestId === null ? [] : [{ id: requestId, at, status: httpStatus }]));
    },
  });
}

/** One line a route: several endpoints share theirs. */
function pingRoutes(): readonly { readonly route: string; readonly name: string }[] {
  const names = new Map<string, string>();
  for (const { pingRoute, providerLabel, title } of currentEndpoints) if (pingRoute !== null && !names.has(pingRoute)) names.set(pingRoute, `${providerLabel}, ${title}`);
  return [...names].map(([route, name]) => ({ route, name }));
}
