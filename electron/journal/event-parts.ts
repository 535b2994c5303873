import type { ApiError } from '../../shared/domain/api-error';
import type { JournalEvent, JournalOutcome } from '../../shared/domain/journal';
import type { CallingAgent, CallIntent, CallOutcome } from '../consultation/ports';
import { canonicalText, PART_NAMES, type PartName, type PartTexts } from './format';

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

/** Fields of each part in the order that RFC 8785 gives them. */
const FIELD_NAMES: { readonly [P in PartName]: readonly (keyof PartFields[P] & string)[] } = {
  actor: ['agentId', 'agentName', 'workstation'],
  purpose: ['context', 'dossierId', 'endpointId', 'environment', 'habilitationId', 'provider', 'recipient'],
  result: ['bodySha256', 'code', 'data', 'documentSha256', 'durationMs', 'httpStatus', 'outcome', 'requestId'],
  subject: ['companyName', 'identifier'],
  words: ['detail', 'dossierTitle', 'object', 'writtenReason'],
};

/** Keeps what is known, drops empty parts, and turns each part into its canonical text. */
export function toTexts(fields: { readonly [P in PartName]?: Loose<PartFields[P]> }): PartTexts {
  const texts: Partial<Record<PartName, string>> = {};
  for (const part of PART_NAMES) {
    const values = fields[part];
    const text = values && partText(FIELD_NAMES[part], values);
    if (text) texts[part] = text;
  }
  return texts;
}

/**
 * The text that `canonicalText` gives, without its sorting and checks: a part is flat, its names are known, and its values
 * are texts and integers. A test compares both. Empty when no field is known.
 */
function partText(names: readonly string[], values: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of names) {
    const value = values[name];
    if (value === null || value === undefined) continue;
    text += `${text === '' ? '{' : ','}"${name}":${typeof value === 'object' ? canonicalText(value as Record<string, unknown>) : JSON.stringify(value)}`;
  }
  return text === '' ? '' : `${text}}`;
}

function callFields(intent: Omit<CallIntent, 'environment'> & { readonly environment: string | null }, workstation: string) {
  const { agent, justification } = intent;
  return {
    actor: { agentId: agent.id, agentName: agent.displayName, workstation },
    subject: { identifier: intent.identifier, companyName: intent.companyName },
    words: { dossierTitle: intent.dossierTitle, object: justification.object, writtenReason: intent.writtenReason },
    purpose: {
      dossierId: intent.dossierId,
      habilitationId: intent.habilitationId,
      environment: intent.environment,
      endpointId: intent.endpointId,
      provider: intent.provider,
      context: justification.context,
      recipient: justification.recipient,
    },
  };
}

export function intentParts(intent: CallIntent, workstation: string): PartTexts {
  return toTexts(callFields(intent, workstation));
}

export function outcomeParts(outcome: CallOutcome): PartTexts {
  const { detail, durationMs, ...result } = outcome;
  return toTexts({ result: { ...result, durationMs: Math.round(durationMs) }, words: { detail } });
}

export function refusalParts(
  intent: Omit<CallIntent, 'environment'> & { readonly environment: string | null },
  error: ApiError,
  workstation: string,
): PartTexts {
  const fields = callFields(intent, workstation);
  return toTexts({
    ...fields,
    words: { ...fields.words, detail: error.message },
    result: { outcome: 'refused', httpStatus: error.status, code: error.code, requestId: error.requestId },
  });
}

export function eventParts(input: JournalEventInput, workstation: string): PartTexts {
  return toTexts({
    actor: { agentId: input.agent?.id, agentName: input.agent?.displayName, workstation },
    subject: { identifier: input.identifier, companyName: input.companyName },
    words: { dossierTitle: input.dossierTitle, object: input.object, detail: input.detail },
    purpose: {
      dossierId: input.dossierId,
      habilitationId: input.habilitationId,
      environment: input.environment,
      endpointId: input.endpointId,
      provider: input.provider,
      context: input.context,
      recipient: input.recipient,
    },
    result: {
      outcome: input.outcome ?? 'success',
      httpStatus: input.httpStatus,
      code: input.code,
      requestId: input.requestId,
      bodySha256: input.bodySha256,
      documentSha256: input.documentSha256,
      data: input.data,
    },
  });
}
