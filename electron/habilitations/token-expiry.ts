import type { TokenState } from '../../shared/domain/habilitation';

const DAY_MS = 86_400_000;
const EXPIRING_WITHIN_DAYS = 90;

export interface TokenFacts {
  readonly expiresAt: string | null;
  /** Code of the 401 that ended it, `stopped` when declared compromised, or null. */
  readonly refusedCode: string | null;
}

/** Set in place of the service's code when the responsable stops a compromised token. */
export const STOPPED = 'stopped';

/** Whether a token can serve; 00105 is a revocation, 00103 an expiry (API Entreprise, codes 401). */
export function tokenState(token: TokenFacts | undefined, nowMs: number): TokenState {
  if (!token) return 'missing';
  if (token.refusedCode === STOPPED || token.refusedCode === '00105') return 'revoked';
  if (token.refusedCode === '00103') return 'expired';
  if (token.refusedCode !== null) return 'refused';
  if (token.expiresAt === null) return 'active';
  const remainingMs = Date.parse(token.expiresAt) - nowMs;
  if (remainingMs <= 0) return 'expired';
  return remainingMs <= EXPIRING_WITHIN_DAYS * DAY_MS ? 'expiring' : 'active';
}

export function isUsable(state: TokenState): boolean {
  return state === 'active' || state === 'expiring';
}
