import type { Endpoint } from '../../shared/catalogue/types';
import type { ApiError } from '../../shared/domain/api-error';
import type { Checked } from '../../shared/domain/checked';
import type { Answer, ConsultationState } from '../../shared/domain/consultation';
import type { Dossier } from '../../shared/domain/dossier';
import type { Environment } from '../../shared/domain/environment';
import type { Justification } from '../../shared/domain/justification';
import type { JournalOutcome } from '../../shared/domain/journal';
import type { Relevance, UseCase } from '../../shared/domain/use-case';
import type { Secret } from '../storage/secret';

/** Who calls. Every trace names him. */
export interface CallingAgent {
  readonly id: string;
  readonly displayName: string;
}

/** What the pipeline asks of the catalogue (`shared/catalogue`). */
export interface CataloguePort {
  findEndpoint(id: string): Endpoint | undefined;
  /** Path under the API's base, with the identifier, the path parameters and the query parameters in place. */
  callPath(endpoint: Endpoint, identifier: string, parameters: Readonly<Record<string, string>>): string;
  checkParameters(endpoint: Endpoint, parameters: Readonly<Record<string, string>>): Checked<unknown>;
  acceptsIdentifier(endpoint: Endpoint, identifier: string): boolean;
  relevanceOf(endpoint: Endpoint, useCase: UseCase): Relevance | undefined;
}

/** What the pipeline must know of a dossier. */
export interface DossierPort {
  find(dossierId: string): Dossier | undefined;
}

/** Leave to call one endpoint with one token, given for one call. */
export interface Grant {
  readonly habilitationId: string;
  readonly environment: Environment;
  /** Origin and path prefix of the API, without trailing slash. */
  readonly baseUrl: string;
  /** Names the token in quota counters without revealing it (hash). */
  readonly tokenKey: string;
  readonly token: Secret;
  /** Version 2 only, by machine policy: the token goes in the address instead of the header. */
  readonly tokenInQuery?: boolean;
}

export type Authorisation = { readonly ok: true; readonly grant: Grant } | { readonly ok: false; readonly error: ApiError };

/** Step 1: the agent's session, his right on the habilitation, the endpoint within its privileges. */
export interface AuthorisationPort {
  authorise(agent: CallingAgent, dossier: Dossier, endpoint: Endpoint, justification: Justification): Authorisation;
  /**
   * A 401 concerns the token, not the call: the habilitation remembers it and stops using it.
   * `tokenKey` (the grant's) keeps a late answer about a former token from stopping its successor.
   */
  reportTokenRefused(habilitationId: string, code: string | null, tokenKey?: string): void;
}

export interface CallIntent {
  readonly agent: CallingAgent;
  readonly dossierId: string;
  readonly dossierTitle: string;
  readonly habilitationId: string;
  readonly environment: Environment;
  readonly endpointId: string;
  readonly provider: string;
  readonly identifier: string;
  readonly companyName: string | null;
  readonly justification: Justification;
  readonly writtenReason: string | null;
}

export interface CallOutcome {
  readonly outcome: Extract<JournalOutcome, 'success' | 'failure'>;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly durationMs: number;
  /** Hexadecimal SHA-256 of the body as received. */
  readonly bodySha256: string | null;
  readonly documentSha256: string | null;
  readonly detail: string | null;
}

/** Opaque reference of a durable intent. */
export type IntentRef = { readonly seq: number };

/** Why no call may leave this workstation: what its journal has met when it was read or written, or what the clock shows. */
export type CallStopReason = 'disk_full' | 'read_only' | 'locked' | 'damaged' | 'failing_disk' | 'closed' | 'unknown' | 'altered' | 'clock';

export interface CallStop {
  readonly reason: CallStopReason;
  /** A French sentence: what was found, and what becomes of the calls. */
  readonly message: string;
  /** French sentences: what to do, and who. */
  readonly advice: string;
  /** What would end it is being asked: nobody is needed as yet. */
  readonly isBeingAsked?: true;
  /** The journal's row that it is about. */
  readonly seq?: number;
}

/** Asked each time that something is about to be called; null: it may be. */
export type CallStopPort = () => CallStop | null;

/** A trace is not on disk; the message says in French why, and what to do. */
export class UntracedError extends Error {}

/** Steps 4 and 9. Each promise resolves once the row is on disk, and rejects when it is not: with {@link UntracedError} when it is known why. */
export interface TracePort {
  /** Why nothing may be called now, whatever could be written. */
  readonly callStop: CallStopPort;
  recordIntent(intent: CallIntent): Promise<IntentRef>;
  recordOutcome(ref: IntentRef, outcome: CallOutcome): Promise<void>;
  recordRefusal(intent: Omit<CallIntent, 'environment'> & { readonly environment: Environment | null }, error: ApiError): Promise<void>;
}

export type CallPriority = 'interactive' | 'batch';

export interface QuotaClaim {
  readonly environment: Environment;
  readonly habilitationId: string;
  readonly tokenKey: string;
  /** Pool of the endpoint, or `proxied_files` for a document link. */
  readonly pool: string;
  readonly provider: string;
  readonly priority: CallPriority;
}

export interface QuotaWait {
  readonly position: number;
  /** Null when the end is not known. */
  readonly waitMs: number | null;
  readonly reason: string;
}

/** What an answer teaches about quotas; header values as received. */
export interface AnswerObservation {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly errorCode: string | null;
  /** `meta.retry_in` of the first error, seconds. */
  readonly retryInSeconds: number | null;
}

/** `way_out`: stopped between this machine and the service (a proxy, a captive page): the service has seen nothing. */
export type TransportFailure = 'connect_timeout' | 'connect_refused' | 'dns' | 'tls' | 'way_out' | 'silence' | 'cut' | 'cancelled' | 'other';

/** The right to send one call now; must be settled exactly once. */
export interface QuotaPermit {
  /** `requeue`: a 429; the call must claim again, it is not an error. */
  settle(observation: AnswerObservation): 'deliver' | 'requeue';
  fail(failure: TransportFailure): void;
  /** Nothing was sent: gives the unit back. */
  release(): void;
}

/** Step 5. Rejects with a {@link ConsultationError} when waiting makes no sense (ban, dead provider, stopped token). */
export interface QuotaPort {
  acquire(
    claim: QuotaClaim,
    options: { readonly signal: AbortSignal; readonly onWait: (wait: QuotaWait) => void },
  ): Promise<QuotaPermit>;
}

/** Links to documents live here, in memory only, until they are used or expire. */
export interface DocumentLinkPort {
  keep(link: {
    readonly consultationId: string;
    readonly pointer: string;
    readonly url: string;
    readonly expiresAt: number | null;
  }): void;
}

/** Step 10: answers kept encrypted, so that the sheet opens with what is already known. */
export interface AnswerStorePort {
  save(answer: Answer): void;
  find(consultationId: string): Answer | undefined;
  latest(dossierId: string, identifier: string): readonly Answer[];
  /** Every answer kept for a company, newest first. */
  history(dossierId: string, identifier: string): readonly Answer[];
}

export type ConsultationListener = (consultationId: string, state: ConsultationState) => void;

/** A failure already put in words for the agent. */
export class ConsultationError extends Error {
  constructor(readonly apiError: ApiError) {
    super(apiError.message);
    this.name = 'ConsultationError';
  }
}
