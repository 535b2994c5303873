import type { ApiError } from '../../shared/domain/api-error';
import type { JournalEvent, JournalOutcome } from '../../shared/domain/journal';
import type { CallingAgent, CallIntent, CallOutcome } from '../consultation/ports';
import { canonicalText, type PartTexts } from './format';

/** Every event but the calls, which have their own methods. */
export type OtherEvent = Exclude<JournalEvent, 'call.intent' | 'call.outcome' | 'call.refused'>;

/** What can be said of an event; leave out what does not apply. Never a token, a document link or content. */
export interface JournalEventInput {
  readonly event: OtherEvent;
  readonly agent?: CallingAgent | null | undefined;
  readonly dossierId?: string | null | undefined;
  readonly dossierTitle?: string | null | undefined;
  readonly habilitationId?: string | null | undefined;
  readonly environment?: string | null | undefined;
  readonly endpointId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly identifier?: string | null | undefined;
  readonly companyName?: string | null | undefined;
  readonly context?: string | null | undefined;
  readonly recipient?: string | null | undefined;
  readonly object?: string | null | undefined;
  /** `success` unless told. */
  readonly outcome?: Extract<JournalOutcome, 'success' | 'failure' | 'refused'> | undefined;
  readonly httpStatus?: number | null | undefined;
  readonly code?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  readonly bodySha256?: string | null | undefined;
  readonly documentSha256?: string | null | undefined;
  /** A French sentence. */
  readonly detail?: string | null | undefined;
  /** Facts for a program to read again; integers and texts only, nothing about a person. */
  readonly data?: Readonly<Record<string, string | number>> | undefined;
}

/** What each part holds once parsed. */
export interface PartFields {
  readonly actor: { readonly agentId?: string; readonly agentName?: string; readonly workstation: string };
  readonly subject: { readonly identifier?: string; readonly companyName?: string };
  readonly words: { readonly dossierTitle?: string; readonly object?: string; readonly writtenReason?: string; readonly detail?: string };
  readonly purpose: {
    readonly dossierId?: string;
    readonly habilitationId?: string;
    readonly environment?: string;
    readonly endpointId?: string;
    readonly provider?: string;
    readonly context?: string;
    readonly recipient?: string;
  };
  readonly result: {
    readonly outcome?: 'success' | 'failure' | 'refused';
    readonly httpStatus?: number;
    readonly code?: string;
    readonly requestId?: string;
    readonly durationMs?: number;
    readonly bodySha256?: string;
    readonly documentSha256?: string;
    readonly data?: Readonly<Record<string, string | number>>;
  };
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | null | undefined };
type RefusedIntent = Omit<CallIntent, 'environment'> & { readonly environment: string | null };

/**
 * The text that `canonicalText` gives, without its sorting and checks: the functions below name fields in their order, and
 * `JSON.stringify` leaves unknown ones out and writes texts and integers as RFC 8785 wants them. A test compares both.
 */
function orderedText(fields: Readonly<Record<string, unknown>>): string | undefined {
  const text = JSON.stringify(fields);
  return text === '{}' ? undefined : text;
}

function known<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}

function actorText(agent: CallingAgent | null | undefined, workstation: string): string | undefined {
  return orderedText({ agentId: agent?.id, agentName: agent?.displayName, workstation });
}

function subjectText({ companyName, identifier }: Loose<PartFields['subject']>): string | undefined {
  return orderedText({ companyName: known(companyName), identifier: known(identifier) });
}

function wordsText({ detail, dossierTitle, object, writtenReason }: Loose<PartFields['words']>): string | undefined {
  return orderedText({ detail: known(detail), dossierTitle: known(dossierTitle), object: known(object), writtenReason: known(writtenReason) });
}

function purposeText(fields: Loose<PartFields['purpose']>): string | undefined {
  return orderedText({
    context: known(fields.context),
    dossierId: known(fields.dossierId),
    endpointId: known(fields.endpointId),
    environment: known(fields.environment),
    habilitationId: known(fields.habilitationId),
    provider: known(fields.provider),
    recipient: known(fields.recipient),
  });
}

function resultText(fields: Loose<PartFields['result']>): string | undefined {
  if (fields.data) return canonicalText(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)));
  return orderedText({
    bodySha256: known(fields.bodySha256),
    code: known(fields.code),
    documentSha256: known(fields.documentSha256),
    durationMs: known(fields.durationMs),
    httpStatus: known(fields.httpStatus),
    outcome: known(fields.outcome),
    requestId: known(fields.requestId),
  });
}

function callPurpose(intent: RefusedIntent): string | undefined {
  const { dossierId, habilitationId, environment, endpointId, provider, justification } = intent;
  const { context, recipient } = justification;
  return purposeText({ dossierId, habilitationId, environment, endpointId, provider, context, recipient });
}

export function intentParts(intent: CallIntent, workstation: string): PartTexts {
  const { dossierTitle, writtenReason, justification } = intent;
  return {
    actor: actorText(intent.agent, workstation),
    purpose: callPurpose(intent),
    subject: subjectText(intent),
    words: wordsText({ dossierTitle, object: justification.object, writtenReason }),
  };
}

export function outcomeParts(outcome: CallOutcome): PartTexts {
  const { detail, durationMs, ...result } = outcome;
  return { result: resultText({ ...result, durationMs: Math.round(durationMs) }), words: wordsText({ detail }) };
}

export function refusalParts(intent: RefusedIntent, error: ApiError, workstation: string): PartTexts {
  const { dossierTitle, writtenReason, justification } = intent;
  return {
    actor: actorText(intent.agent, workstation),
    purpose: callPurpose(intent),
    result: resultText({ outcome: 'refused', httpStatus: error.status, code: error.code, requestId: error.requestId }),
    subject: subjectText(intent),
    words: wordsText({ dossierTitle, object: justification.object, writtenReason, detail: error.message }),
  };
}

export function eventParts(input: JournalEventInput, workstation: string): PartTexts {
  const { outcome = 'success', httpStatus, code, requestId, bodySha256, documentSha256, data } = input;
  return {
    actor: actorText(input.agent, workstation),
    purpose: purposeText(input),
    result: resultText({ outcome, httpStatus, code, requestId, bodySha256, documentSha256, data }),
    subject: subjectText(input),
    words: wordsText({ dossierTitle: input.dossierTitle, object: input.object, detail: input.detail }),
  };
}
