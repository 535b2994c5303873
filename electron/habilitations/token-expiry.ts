import type { TokenState } from '../../shared/domain/habilitation';

const DAY_MS = 86_400_000;
export const EXPIRING_WITHIN_DAYS = 90;
/** Days before the end at which the responsable and the agents are told. */
export const NOTICE_DAYS = [90, 60, 30, 14, 7, 1] as const;

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

/** Whole days before the end; null when the end is unknown. */
export function daysBeforeExpiry(expiresAt: string | null, nowMs: number): number | null {
  return expiresAt === null ? null : Math.max(0, Math.ceil((Date.parse(expiresAt) - nowMs) / DAY_MS));
}

/** The notice due now: the smallest threshold already reached, or null. */
export function noticeThreshold(expiresAt: string | null, nowMs: number): number | null {
  const days = daysBeforeExpiry(expiresAt, nowMs);
  if (days === null) return null;
  return NOTICE_DAYS.reduce<number | null>((reached, threshold) => (days <= threshold ? threshold : reached), null);
}

export function isUsable(state: TokenState): boolean {
  return state === 'active' || state === 'expiring';
}
