import type { ApiError } from './api-error';
import type { JsonObject, JsonValue } from './json';
import type { Justification } from './justification';

/** What a call carries in place of its dossier's justification: for itself, and for the documents that it brings. */
export type JustificationOverride = { readonly [Field in keyof Justification]?: Justification[Field] | undefined };

/** A wish of the agent: one call to one endpoint for one dossier. */
export interface ConsultationRequest extends JustificationOverride {
  /** Made by the screen, so that progress and cancellation can name the call before it starts. */
  readonly consultationId: string;
  readonly dossierId: string;
  readonly endpointId: string;
  readonly identifier: string;
  /** Extra parameters of the endpoint (year, month…), as text. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Skips the service's own cache where the endpoint allows it. */
  readonly fresh?: boolean | undefined;
  /** Why an endpoint that the purpose does not justify is asked for all the same; kept in the journal. */
  readonly writtenReason?: string | undefined;
}

/** A document that an answer gives access to. Its link stays in main: this is only a handle. */
export interface DocumentOffer {
  /** Place of the link in the answer, as a JSON pointer: stable across renewals. */
  readonly pointer: string;
  readonly label: string;
  /** ISO 8601 UTC; null when the service does not say. */
  readonly linkExpiresAt: string | null;
  /** Date the document bears, when the answer gives one (ISO day). */
  readonly documentDate: string | null;
}

/** An answer as the screens receive it: links to documents are removed from `data`. Documents that it offers are fetched for the reasons of its request. */
export interface Answer extends JustificationOverride {
  readonly consultationId: string;
  readonly dossierId: string;
  readonly endpointId: string;
  readonly identifier: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly writtenReason?: string | undefined;
  readonly data: JsonValue;
  readonly meta: JsonObject;
  readonly provider: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly requestId: string | null;
  readonly httpStatus: number;
  readonly durationMs: number;
  /** Units of quota that the call cost. */
  readonly quotaCost: number;
  readonly servedFromCache: boolean | null;
  readonly cacheExpiresAt: string | null;
  readonly documents: readonly DocumentOffer[];
}

/** Life of a call as a card shows it. */
export type ConsultationState =
  | { readonly step: 'preparing' }
  | { readonly step: 'queued'; readonly position: number; readonly waitMs: number | null; readonly reason: string }
  | { readonly step: 'running'; readonly startedAt: string; readonly attempt: number }
  | { readonly step: 'answered'; readonly answer: Answer }
  | { readonly step: 'failed'; readonly error: ApiError; readonly at: string };

export type FinalConsultationState = Extract<ConsultationState, { step: 'answered' | 'failed' }>;
