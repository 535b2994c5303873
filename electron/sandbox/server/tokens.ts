import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { isJsonObject } from '../../../shared/domain/json';
import { platformFailure } from './failure';
import { allScopes, publicProcurementScopes } from './scopes';

/** Claims written by the issuer of API Entreprise tokens. */
export interface TokenClaims {
  readonly uid: string;
  readonly jti: string;
  readonly scopes: readonly string[];
  readonly sub: string;
  /** Unix seconds. */
  readonly iat: number;
  readonly exp: number;
  readonly version: string;
}

/** Tokens of the sandbox open nothing but the sandbox: the key need not be secret. */
const SIGNING_KEY = 'bac-a-sable';
const BLACKLISTED_UID = '00000000-0000-4000-a000-000000000105';
const EIGHTEEN_MONTHS_S = 548 * 86_400;

export interface SandboxTokens {
  /** Every scope. */
  readonly complete: string;
  /** What a public-procurement habilitation opens. */
  readonly publicProcurement: string;
  readonly expired: string;
  readonly blacklisted: string;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (content: string): string => createHmac('sha256', SIGNING_KEY).update(content).digest('base64url');

/** Signs a token; what is not given is that of a complete, living token. */
export function issueToken(claims: Partial<TokenClaims> = {}, nowMs = Date.now()): string {
  const uid = claims.uid ?? '00000000-0000-4000-a000-000000000001';
  const iat = Math.floor(nowMs / 1_000) - 3_600;
  const full: TokenClaims = {
    uid,
    jti: uid,
    scopes: allScopes,
    sub: 'sandbox-complete',
    iat,
    exp: iat + EIGHTEEN_MONTHS_S,
    version: '1.0',
    ...claims,
  };
  const content = `${encode({ alg: 'HS256' })}.${encode(full)}`;
  return `${content}.${sign(content)}`;
}

export function issueSandboxTokens(nowMs: number): SandboxTokens {
  const second = Math.floor(nowMs / 1_000);
  return {
    complete: issueToken({}, nowMs),
    publicProcurement: issueToken(
      { uid: '00000000-0000-4000-a000-000000000002', sub: 'sandbox-marches-publics', scopes: publicProcurementScopes },
      nowMs,
    ),
    expired: issueToken({ uid: '00000000-0000-4000-a000-000000000103', sub: 'sandbox-expire', exp: second - 86_400 }, nowMs),
    blacklisted: issueToken({ uid: BLACKLISTED_UID, sub: 'sandbox-revoque' }, nowMs),
  };
}

/** Names a token in logs and counters without revealing it. */
export function tokenKeyOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Token of an `Authorization: Bearer` header, unchecked. */
export function bearerOf(header: string | undefined): string | null {
  return /^Bearer (\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

/** @throws Failure 00101, 00103 or 00105. */
export function verifyToken(token: string | null, nowMs: number): Pick<TokenClaims, 'uid' | 'scopes'> {
  const claims = token ? readClaims(token) : null;
  if (!claims) throw platformFailure('00101');
  const { uid, exp, scopes, roles } = claims;
  if (uid === BLACKLISTED_UID) throw platformFailure('00105');
  if (typeof exp === 'number' && exp * 1_000 <= nowMs) throw platformFailure('00103');
  const rights = scopes ?? roles;
  return { uid: String(uid), scopes: Array.isArray(rights) ? rights.map(String) : [] };
}

function readClaims(token: string): Readonly<Record<'uid' | 'exp' | 'scopes' | 'roles', unknown>> | null {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) return null;
  const expected = Buffer.from(sign(`${header}.${payload}`));
  const received = Buffer.from(signature);
  if (expected.length !== received.length || !timingSafeEqual(expected, received)) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (!isJsonObject(claims)) return null;
    return { uid: claims['uid'], exp: claims['exp'], scopes: claims['scopes'], roles: claims['roles'] };
  } catch {
    return null;
  }
}
