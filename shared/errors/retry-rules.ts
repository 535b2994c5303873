import type { RetryRule } from '../domain/api-error';

/** Above this, nobody waits in front of a screen: the wait becomes a reminder. */
const LONGEST_WAIT_SECONDS = 3_600;
const TWO_DAYS_SECONDS = 172_800;
const QUOTA_WINDOW_SECONDS = 60;

/** The one table of retries (API Entreprise, error nomenclature; waits of our own where it gives none). */
export const retryRules = {
  never: { rule: 'never' },
  byHand: { rule: 'by_hand' },
  /** The same call is running: its answer comes within the service's own bound of 10 s. */
  conflict: { rule: 'after', seconds: 5, times: 3 },
  quota: { rule: 'after', seconds: QUOTA_WINDOW_SECONDS, times: 1 },
  passing: { rule: 'after', seconds: 10, times: 2 },
  provider: { rule: 'after', seconds: 20, times: 2 },
  /** An error that may be a hiccup, and is pointless to insist on. */
  once: { rule: 'after', seconds: 10, times: 1 },
  inAnHour: { rule: 'remind', seconds: LONGEST_WAIT_SECONDS },
  inTwoDays: { rule: 'remind', seconds: TWO_DAYS_SECONDS },
} as const satisfies Record<string, RetryRule>;

export type RetryName = keyof typeof retryRules;

/** What the service says beats the table, unless there is nothing to wait for. */
export function retryRule(name: RetryName, statedSeconds: number | null): RetryRule {
  const rule: RetryRule = retryRules[name];
  if (rule.rule === 'never' || statedSeconds === null) return rule;
  if (statedSeconds >= LONGEST_WAIT_SECONDS) return { rule: 'remind', seconds: statedSeconds };
  return { rule: 'after', seconds: statedSeconds, times: rule.rule === 'after' ? rule.times : 1 };
}
