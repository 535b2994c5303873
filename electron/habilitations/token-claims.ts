import { createHash } from 'node:crypto';

import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';

import { type Checked, invalid, valid } from '../../shared/domain/checked';
import { type Environment, holdsRealTokens } from '../../shared/domain/environment';
import type { Secret } from '../storage/secret';

/** What a token says of itself. Never a proof: the signature can only be checked by the service. */
export interface TokenClaims {
  readonly uid: string | null;
  readonly subject: string | null;
  readonly scopes: readonly string[];
  /** ISO 8601 UTC. */
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
}

/** Older tokens carry their rights as `roles` (API Entreprise, jeton d'accès). Names are open: unknown ones stay. */
const claimsSchema = z.object({
  uid: z.string().optional().catch(undefined),
  jti: z.string().optional().catch(undefined),
  sub: z.string().optional().catch(undefined),
  roles: z.array(z.string()).optional().catch(undefined),
  scopes: z.array(z.string()).optional().catch(undefined),
  iat: z.number().optional().catch(undefined),
  exp: z.number().optional().catch(undefined),
});

/** The test service's public token says so in its subject or by its identifier of zeros. */
const STAGING_UID = /^0{8}-0{4}-0{4}-0{4}-0{12}$/;

/**
 * Reads the JWT as pasted (spaces, line breaks and a leading « Bearer » are tolerated) and refuses, in words,
 * what cannot serve in this environment.
 */
export function readToken(token: Secret, environment: Environment, nowMs: number): Checked<TokenClaims> {
  const claims = decode(token);
  if (!claims) {
    return invalid(
      'Ce texte n’est pas un jeton API Entreprise : un jeton est fait de trois blocs séparés par des points et commence par « ey ». Copiez-le en entier depuis votre espace API Entreprise.',
    );
  }
  const expiresAtMs = claims.expiresAt === null ? Infinity : Date.parse(claims.expiresAt);
  if (expiresAtMs <= nowMs) {
    return invalid(`Ce jeton a expiré le ${frenchDay(expiresAtMs)} : demandez sa prolongation depuis votre espace API Entreprise, puis collez le nouveau.`);
  }
  if (holdsRealTokens(environment) && isStagingToken(claims)) {
    return invalid('Ce jeton est celui de l’environnement de test : il n’ouvre rien en production. Copiez celui de votre habilitation.');
  }
  return valid(claims);
}

/** The token without what pasting adds around it. */
export function cleanToken(pasted: string): string {
  return pasted.replace(/\s+/g, '').replace(/^bearer/i, '');
}

/** Names a token in counters and comparisons without revealing it. */
export function tokenKeyOf(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('hex');
}

function decode(token: Secret): TokenClaims | undefined {
  try {
    decodeProtectedHeader(token.reveal());
    const claims = claimsSchema.parse(decodeJwt(token.reveal()));
    return {
      uid: claims.uid ?? claims.jti ?? null,
      subject: claims.sub ?? null,
      scopes: claims.roles ?? claims.scopes ?? [],
      issuedAt: instantOf(claims.iat),
      expiresAt: instantOf(claims.exp),
    };
  } catch {
    // The decoder's own error may quote the token: it goes no further.
    return undefined;
  }
}

function instantOf(seconds: number | undefined): string | null {
  if (seconds === undefined) return null;
  const date = new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function isStagingToken({ uid, subject }: TokenClaims): boolean {
  return (uid !== null && STAGING_UID.test(uid)) || (subject !== null && /^staging\b/i.test(subject));
}

function frenchDay(ms: number): string {
  return new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(ms);
}
