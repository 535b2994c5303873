import type { IdentifierKind } from '../domain/identifiers';
import type { Relevance, UseCase } from '../domain/use-case';

export type EndpointId = string;
export type ProviderId = string;

/** Counter of the service in which a call is counted, with its documented first guess. */
export interface QuotaPool {
  readonly id: string;
  readonly label: string;
  readonly limitPerMinute: number;
}

/** A parameter beyond the identifier (API Entreprise OpenAPI). */
export interface EndpointParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly label: string;
  readonly required: boolean;
  readonly type: 'integer' | 'string';
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string;
  /** Regular expression that the text must match. */
  readonly pattern?: string;
}

/** Where a document link sits in an answer; `*` stands for every item of an array. */
export interface DocumentSource {
  /** JSON pointer from the body's root, e.g. `/data/document_url` or `/data/actes/*\/url`. */
  readonly link: string;
  /** Seconds of life, beside the link, when the answer says so. */
  readonly expiresIn?: string;
  /** Date the document bears, relative to the link's parent. */
  readonly date?: string;
  readonly label: string;
  /** File-name part: `attestation_fiscale`. */
  readonly fileLabel: string;
  /** `two_step`: the link answers JSON with the true link (INPI). `page`: a web page, not a file. */
  readonly fetch: 'direct' | 'two_step' | 'page';
}

export interface MaintenanceWindow {
  /** HH:MM, Europe/Paris. */
  readonly from: string;
  readonly to: string;
}

/** One endpoint of API Entreprise, as data. */
export interface Endpoint {
  /** `<provider>.<resource>.v<version>`, e.g. `insee.unite_legale.v4`. */
  readonly id: EndpointId;
  readonly provider: ProviderId;
  /** Name of the provider as agents know it. */
  readonly providerLabel: string;
  /** A new version is one more entry: nothing else knows which there are, but for the closed version 2. */
  readonly version: number;
  /** Path template of the OpenAPI, e.g. `/v4/insee/sirene/unites_legales/{siren}`. */
  readonly path: string;
  readonly identifiers: readonly IdentifierKind[];
  /** Name of the path parameter that takes the identifier. */
  readonly identifierParameter: string;
  readonly parameters: readonly EndpointParameter[];
  readonly title: string;
  readonly opening: 'open' | 'protected';
  /** Any one of them opens the endpoint; empty: none is needed or known. */
  readonly scopes: readonly string[];
  readonly pool: string;
  /** Bound on the whole call. API Entreprise docs: 5 s for data, 12 s for documents. */
  readonly timeoutMs: number;
  readonly answer: 'object' | 'collection';
  readonly documents: readonly DocumentSource[];
  /** Why there is no file to fetch where an agent would expect one; null elsewhere. */
  readonly documentNote: string | null;
  readonly deprecated: boolean;
  readonly replacedBy: readonly EndpointId[];
  /** Who is covered, in a sentence of our own; shown with a 404. */
  readonly perimeter: string;
  readonly maintenance: MaintenanceWindow | null;
  readonly pingRoute: string | null;
  readonly useCases: Readonly<Partial<Record<UseCase, Relevance>>>;
}
