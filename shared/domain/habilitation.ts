import type { Environment } from './environment';
import type { Siret } from './identifiers';
import type { UseCase } from './use-case';

export type TokenState = 'active' | 'expiring' | 'expired' | 'refused' | 'revoked' | 'missing';

/** What is known of a token without the token itself (API Entreprise docs, jeton d'accès). */
export interface TokenSummary {
  readonly uid: string | null;
  readonly subject: string | null;
  readonly scopes: readonly string[];
  /** ISO 8601 UTC. */
  readonly issuedAt: string | null;
  /** ISO 8601 UTC; null means « inconnue », never « jamais ». */
  readonly expiresAt: string | null;
  readonly state: TokenState;
  /** Scopes as `/privileges` last answered them, and when. */
  readonly privileges: readonly string[] | null;
  readonly privilegesCheckedAt: string | null;
}

/** One procedure, one token: never used for another (CGU §2.1). */
export interface Habilitation {
  readonly id: string;
  readonly title: string;
  readonly environment: Environment;
  readonly recipients: readonly Siret[];
  readonly contexts: readonly string[];
  readonly useCases: readonly UseCase[];
  /** Agents allowed; `endpointIds` null means every endpoint that the token opens. */
  readonly agents: readonly { readonly agentId: string; readonly endpointIds: readonly string[] | null }[];
  /** How long fetched data are kept once a dossier is closed, as declared; null or absent: not declared. */
  readonly retentionMonths?: number | null | undefined;
  readonly token: TokenSummary;
  /** A new token waits beside this one for its first success. */
  readonly hasStagedToken?: boolean | undefined;
}
