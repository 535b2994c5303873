import type { ApiError } from '../../shared/domain/api-error';
import { type Call, intentOf, type Wish } from './call';
import { pipelineFailure, stoppedCall } from './failures';
import { type CallOutcome, ConsultationError, type IntentRef, type QuotaPermit, type TracePort, UntracedError } from './ports';
import { type Received, requestIdOf } from './received';

/** Step 4: allowed and durable, or the call is not sent. */
export async function traceIntent(trace: TracePort, call: Call): Promise<IntentRef> {
  assertCallsMayLeave(trace);
  try {
    return await trace.recordIntent({ ...intentOf(call), environment: call.grant.environment });
  } catch (error) {
    // A write that fails may have shown what stops every call from now on.
    assertCallsMayLeave(trace);
    throw untraced('unsent_untraced', error);
  }
}

function assertCallsMayLeave({ callStop }: TracePort): void {
  const stop = callStop();
  if (stop) throw new ConsultationError(stoppedCall(stop));
}

/** Step 9: durable, or the data are not shown. */
export async function traceOutcome(trace: TracePort, intent: IntentRef, outcome: CallOutcome): Promise<void> {
  try {
    await trace.recordOutcome(intent, outcome);
  } catch (error) {
    throw untraced('hidden_untraced', error);
  }
}

/** A wish that did not pass steps 1 and 2; a refusal without its trace is told as a journal failure. */
export async function traceRefusal(trace: TracePort, wish: Wish, error: ApiError): Promise<void> {
  try {
    await trace.recordRefusal({ ...intentOf(wish), environment: null }, error);
  } catch (failure) {
    throw untraced('unsent_untraced', failure);
  }
}

function untraced(what: 'unsent_untraced' | 'hidden_untraced', error: unknown): ConsultationError {
  return new ConsultationError(pipelineFailure(what, error instanceof UntracedError ? error.message : undefined));
}

export function outcomeOf(received: Received, detail: string | null = null): CallOutcome {
  if (received.ok) {
    return {
      outcome: 'success',
      httpStatus: received.response.status,
      code: null,
      requestId: requestIdOf(received.response),
      durationMs: received.durationMs,
      bodySha256: received.response.sha256,
      documentSha256: null,
      detail,
    };
  }
  const { error, exchange } = received;
  const response = exchange.kind === 'response' ? exchange.response : null;
  return {
    outcome: 'failure',
    httpStatus: response?.status ?? null,
    code: error.code,
    requestId: response && requestIdOf(response),
    durationMs: exchange.durationMs,
    bodySha256: response?.sha256 ?? null,
    documentSha256: null,
    detail: detail ?? error.message,
  };
}

/** Between its turn and its leaving: calls may have been stopped while this one waited, and its turn is then given back. */
export async function assertMayStillLeave(trace: TracePort, intent: IntentRef, permit: Pick<QuotaPermit, 'release'> | null): Promise<void> {
  const stop = trace.callStop();
  if (!stop) return;
  permit?.release();
  const apiError = stoppedCall(stop);
  await traceOutcome(trace, intent, unsentOutcome(apiError));
  throw new ConsultationError(apiError);
}

/** Nothing left this workstation: the intent is closed all the same. */
export function unsentOutcome(error: ApiError): CallOutcome {
  return {
    outcome: 'failure',
    httpStatus: null,
    code: error.code,
    requestId: null,
    durationMs: 0,
    bodySha256: null,
    documentSha256: null,
    detail: `Appel non envoyé. ${error.message}`,
  };
}
