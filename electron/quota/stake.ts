/** With a colleague about, only this share of what is left is in flight at once. */
const CAUTIOUS_SHARE = 1 / 4;
/** With the limit told and nobody about, this share of it leaves at once, however old our knowledge: a sheet's worth. */
const SURE_SHARE = 1 / 8;
/** While answers keep us waiting, the stake doubles this often: faster when a refusal is out of the question. */
const STEP_MS = { sure: 200, unsure: 1_000 } as const;
const MOST_DOUBLINGS = 20;

/** What is known of a window that no answer has told of yet. */
export interface UnaskedWindow {
  readonly limit: number;
  /** Units that the window before this one could still have given. */
  readonly leftInFormer: number;
  /** The service told the limit, nobody else draws on it, and no clock was just set. */
  readonly isSure: boolean;
}

/** Calls that may be in flight beside a colleague, of what an answer has just said to be left. */
export function stakeBesideColleague(left: number): number {
  return Math.max(1, Math.floor(left * CAUTIOUS_SHARE));
}

/**
 * Calls that may be in flight in a window that is asked for `waitedMs`: one while the limit is untold or a colleague
 * about, with {@link SURE_SHARE} otherwise, but no more than the former window could still take: would the service
 * still be in that one, it would refuse the rest. Slow answers double the stake step by step.
 */
export function stakeAfter(waitedMs: number, window: UnaskedWindow): number {
  const { limit, leftInFormer, isSure } = window;
  const first = isSure ? Math.max(1, Math.min(Math.floor(limit * SURE_SHARE), leftInFormer)) : 1;
  return first * 2 ** Math.min(MOST_DOUBLINGS, doublings(waitedMs, window));
}

/** How long the oldest call must have been waited for before the stake next doubles, milliseconds. */
export function nextDoublingMs(waitedMs: number, window: UnaskedWindow): number {
  return (doublings(waitedMs, window) + 1) * stepMs(window);
}

function doublings(waitedMs: number, window: UnaskedWindow): number {
  return Math.floor(waitedMs / stepMs(window));
}

function stepMs({ isSure, leftInFormer }: UnaskedWindow): number {
  return isSure && leftInFormer > 0 ? STEP_MS.sure : STEP_MS.unsure;
}
