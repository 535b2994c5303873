import type { quotaPools } from '../../../shared/catalogue/pools';
import type { IdentifierKind } from '../../../shared/domain/identifiers';
import type { JsonObject, JsonValue } from '../../../shared/domain/json';
import type { Establishment, SandboxCompany } from '../companies/types';
import type { CompanyRegistry, Subject } from '../companies/registry';
import type { FileKind } from '../documents/document-kind';
import type { ErrorFamily } from './failure';

export type PoolId = (typeof quotaPools)[number]['id'];

/** Body of a successful answer. */
export type Answer = JsonValue;

/** What an answer is made from. */
export interface AnswerContext extends Subject {
  readonly establishment: Establishment;
  readonly siren: string;
  readonly registry: CompanyRegistry;
  /** Path parameters other than the identifier. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly nowMs: number;
  readonly family: ErrorFamily;
  /** For answers that merge several providers. */
  readonly isProviderDown: (family: ErrorFamily) => boolean;
  /** Origin of the API, without trailing slash. */
  readonly apiUrl: string;
  /** Makes a link that needs no token and lives `lifetimeS` seconds. */
  readonly documentLink: (document: DocumentRequest, lifetimeS: number) => string;
  /** Makes a link that answers JSON with a true link (INPI). */
  readonly twoStepLink: (document: DocumentRequest) => string;
}

export interface DocumentRequest {
  readonly kind: FileKind;
  readonly company: SandboxCompany;
  /** What tells apart two documents of one kind: a year, an identifier. */
  readonly variant: string;
}

/** Moment until which the service keeps an answer in its cache. */
export type CachePolicy = 'next_morning' | 'end_of_day' | 'night' | 'hour' | null;

/** One data endpoint, as data. */
export interface Route {
  readonly path: string;
  readonly family: ErrorFamily;
  /** Any one opens the route; empty: none needed. */
  readonly scopes: readonly string[];
  readonly pool: PoolId;
  readonly identifier: { readonly parameter: string; readonly kinds: readonly IdentifierKind[] };
  readonly cache: CachePolicy;
  /** Partially diffused entities are unknown here. */
  readonly openDataOnly: boolean;
  /** Answers for an association without SIREN too. */
  readonly acceptsNoSiren: boolean;
  answer(context: AnswerContext): Answer;
  /** Answers without looking any company up, on a route that is about none. */
  readonly answerAlone?: (parameters: Readonly<Record<string, string>>) => Answer;
}

/** A single resource, in the envelope of every answer. */
export function single(data: JsonObject, links: JsonObject = {}, meta: JsonObject = {}): Answer {
  return { data, links, meta };
}

/** A collection: each item has an envelope of its own. */
export function collection(items: readonly JsonObject[], meta: JsonObject = {}): Answer {
  return { data: items.map((data) => ({ data, links: {}, meta: {} })), links: {}, meta };
}
