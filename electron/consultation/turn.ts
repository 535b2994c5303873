import { errorOf } from '../../shared/errors';
import { ConsultationError, type IntentRef, type QuotaClaim, type QuotaPermit, type QuotaPort, type QuotaWait, type TracePort } from './ports';
import { assertMayStillLeave, traceOutcome, unsentOutcome } from './trace';

interface TurnDeps {
  readonly trace: TracePort;
  readonly quota: QuotaPort;
}

interface TurnView {
  readonly signal: AbortSignal;
  readonly onWait: (wait: QuotaWait) => void;
}

/**
 * Between the intent and the sending: a place in the quota, and calls not stopped meanwhile. Where there is none, the intent is closed.
 * @param claim null: no call to the service, which has no quota to wait for.
 * @throws {ConsultationError} in words for the agent.
 */
export function waitForTurn(deps: TurnDeps, claim: QuotaClaim, intent: IntentRef, view: TurnView): Promise<QuotaPermit>;
export function waitForTurn(deps: TurnDeps, claim: QuotaClaim | null, intent: IntentRef, view: TurnView): Promise<QuotaPermit | null>;
export async function waitForTurn(deps: TurnDeps, claim: QuotaClaim | null, intent: IntentRef, view: TurnView): Promise<QuotaPermit | null> {
  const permit = claim && (await acquire(deps, claim, intent, view));
  await assertMayStillLeave(deps.trace, intent, permit);
  return permit;
}

async function acquire({ quota, trace }: TurnDeps, claim: QuotaClaim, intent: IntentRef, view: TurnView): Promise<QuotaPermit> {
  try {
    return await quota.acquire(claim, view);
  } catch (error) {
    const apiError = error instanceof ConsultationError ? error.apiError : errorOf(view.signal.aborted ? 'cancelled' : 'internal');
    await traceOutcome(trace, intent, unsentOutcome(apiError));
    throw new ConsultationError(apiError);
  }
}
