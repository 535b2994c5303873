import type { ApiErrorKind } from '../api-error';
import type { Answer } from '../consultation';
import type { IsoDay } from '../days';
import type { StoredDocument } from '../document';

export type KnownDocument = Pick<StoredDocument, 'id' | 'endpointId' | 'consultationId' | 'pointer' | 'fetchedAt' | 'documentDate' | 'validUntil'>;
export type KnownAnswer = Pick<Answer, 'consultationId' | 'endpointId' | 'data' | 'meta' | 'documents' | 'receivedAt'>;

/** The last call of an endpoint that ended without an answer. */
export interface KnownFailure {
  readonly endpointId: string;
  readonly kind: ApiErrorKind;
  /** Five digits of the service, when it gave some. */
  readonly code: string | null;
  /** A French sentence: what happened. */
  readonly message: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Everything that is known of one company in one dossier. */
export interface Known {
  readonly documents: readonly KnownDocument[];
  readonly answers: readonly KnownAnswer[];
  readonly failures: readonly KnownFailure[];
}

export const nothingKnown: Known = { documents: [], answers: [], failures: [] };

/** When a piece is judged. */
export interface Moment {
  readonly today: IsoDay;
  /** Day until which it must hold; null: today. */
  readonly deadline: IsoDay | null;
  /** Days before its end during which a piece is said to expire soon. */
  readonly soonDays: number;
}
