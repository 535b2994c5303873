import type { Agent } from '../../shared/domain/agent';
import { CHECK_IDS, type CheckId, type CheckResult } from '../../shared/domain/diagnostics';
import type { CallContext, Handlers } from '../dispatch';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { unlessCaused } from './cause';
import { type Check, fault, type Finding } from './finding';
import { reportText, type ReportFacts } from './report';

export interface DiagnosticsDeps {
  readonly checks: Readonly<Record<Exclude<CheckId, 'token'>, Check>>;
  readonly checkToken: (agent: Agent, habilitationId: string | null) => Promise<Finding>;
  readonly describeApplication: () => ReportFacts['application'];
  readonly lastRequests: (context: CallContext) => Promise<NonNullable<ReportFacts['requests']>>;
  readonly clock: Clock;
}

type DiagnosticsChannels = 'diagnostics.results' | 'diagnostics.run' | 'diagnostics.cancel' | 'diagnostics.report';

/** One check at a time, as the screen asks for them; the last of each is remembered until the application closes. */
export function diagnosticsHandlers(deps: DiagnosticsDeps): Pick<Handlers, DiagnosticsChannels> {
  const { clock } = deps;
  const running = new Map<string, AbortController>();
  const last = new Map<CheckId, CheckResult>();
  const results = (): CheckResult[] => CHECK_IDS.flatMap((id) => last.get(id) ?? []);
  const now = (): string => new Date(clock.now()).toISOString();

  async function run(checkId: CheckId, agent: Agent, habilitationId: string | null, signal: AbortSignal): Promise<CheckResult> {
    const startedAt = clock.monotonic();
    const check = checkId === 'token' ? () => deps.checkToken(agent, habilitationId) : deps.checks[checkId];
    const finding = unlessCaused(checkId, await orCancelled(orBroken(check, signal), signal), last);
    return { checkId, ...finding, durationMs: Math.round(clock.monotonic() - startedAt), at: now() };
  }

  return {
    // The token's check names an habilitation: it is told to whoever asked for it, and to support.
    'diagnostics.results': () => results().filter(({ checkId }) => checkId !== 'token'),
    'diagnostics.run': async ({ runId, checkId, habilitationId }, { session }) => {
      const controller = new AbortController();
      running.set(runId, controller);
      try {
        const result = await run(checkId, session.agent, habilitationId, controller.signal);
        last.set(checkId, result);
        return result;
      } finally {
        running.delete(runId);
      }
    },
    'diagnostics.cancel': ({ runId }) => {
      running.get(runId)?.abort();
      return null;
    },
    'diagnostics.report': async (_, context) => {
      // A history that does not answer is one of the reasons for a report.
      const requests = await deps.lastRequests(context).catch(() => null);
      const told = results().map((result) => (result.checkId === 'token' ? { ...result, facts: result.facts.filter(({ name }) => name !== 'Habilitation') } : result));
      return { text: reportText({ at: now(), application: deps.describeApplication(), results: told, requests }) };
    },
  };
}

/** What is looked at may be broken in a way that no check foresaw: that too is told as a state, and the next checks go on. */
async function orBroken(check: Check, signal: AbortSignal): Promise<Finding> {
  try {
    return await check(signal);
  } catch (error) {
    if (error instanceof IpcFailure) throw error;
    return fault('Cette vérification n’a pas pu aller à son terme : ce qu’elle regarde ne répond pas comme prévu.', 'Relancez-la. Si cela se reproduit, copiez le rapport et transmettez-le à votre service informatique.');
  }
}

/** A check that does not hear its signal (a look-up of the system) is left to end alone. */
function orCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const cancelled = () => new IpcFailure('refused', 'La vérification est arrêtée : relancez-la quand vous voulez.');
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), { once: true });
    work.then(
      (value) => (signal.aborted ? reject(cancelled()) : resolve(value)),
      (error: unknown) => reject(signal.aborted ? cancelled() : (error as Error)),
    );
  });
}
