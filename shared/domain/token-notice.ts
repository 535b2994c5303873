const DAY_MS = 86_400_000;

/** Days before the end of a token at which the responsable and the agents are told. */
export const NOTICE_DAYS = [90, 60, 30, 14, 7, 1] as const;

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
