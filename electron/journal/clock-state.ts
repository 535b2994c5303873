/** A clock that stands back by less than this is being corrected, not set. */
const TOLERANCE_MS = 60_000;
/** The service's hour and this workstation's are the same within this. */
const AGREEMENT_MS = 5 * 60_000;

export type ConfirmedBy = 'service' | 'this_machine';

/** What the rows say of the clock. Every date in milliseconds since the Unix epoch. */
export interface ClockState {
  /** Of the last row. */
  readonly lastAt: number;
  /** The latest of a row since the clock was last confirmed: what it must have reached. */
  readonly dueAt: number;
  /** Stands before it, and nothing has confirmed it. */
  readonly isBehind: boolean;
  /** What a service of this very machine alone has confirmed, hence due again at the next start. */
  readonly keptDueAt: number;
}

/**
 * Where rows left the clock.
 * @param statedDueAt what the last row that speaks of the clock says it had to reach; 0 when it says nothing.
 * @param latestAt the latest date since the last confirmation: corrections, each too small to stop calls, must not add up from
 * one start to the next.
 */
export function clockStateFrom(lastAt: number, statedDueAt: number, latestAt = lastAt): ClockState {
  return { lastAt, dueAt: Math.max(lastAt, statedDueAt, latestAt), isBehind: statedDueAt > lastAt, keptDueAt: 0 };
}

/** The clock was read; nothing is written. Once behind, it must be where it was: a tolerance let it go on would move with it. */
export function seen(state: ClockState, now: number): ClockState {
  return { ...state, isBehind: now < state.dueAt - (state.isBehind ? 0 : TOLERANCE_MS) };
}

/** A row is written. */
export function stamped(state: ClockState, now: number): ClockState {
  const { lastAt, dueAt, isBehind } = seen(state, now);
  return {
    ...state,
    lastAt: hasJumpedBack(state, now) ? now : Math.max(lastAt, now),
    dueAt: isBehind ? dueAt : Math.max(dueAt, now),
    isBehind,
  };
}

/** The row that was to tell of a jump back from `before` is not on disk. */
export function unstamped(state: ClockState, before: ClockState): ClockState {
  return { ...state, lastAt: Math.max(state.lastAt, before.lastAt) };
}

/**
 * The service shows the same hour: what was dated later was dated by a clock that was ahead. A service that runs on this machine
 * reads this very clock, which lets its own calls leave and decides nothing for those that follow under another.
 */
export function confirmed(state: ClockState, now: number, by: ConfirmedBy): ClockState {
  const keptDueAt = by === 'this_machine' ? Math.max(state.dueAt, state.keptDueAt) : 0;
  return { lastAt: now, dueAt: now, isBehind: false, keptDueAt };
}

/** What the next start must find reached, for a row to say; 0: nothing that the rows do not say by their dates. */
export function dueAtNextStart({ isBehind, dueAt, lastAt, keptDueAt }: ClockState): number {
  const due = Math.max(isBehind ? dueAt : 0, keptDueAt);
  return due > lastAt ? due : 0;
}

/** The latest date that a correction has left ahead of this moment, for a row to say; 0: none. */
export function latestAtNextStart({ isBehind, dueAt }: ClockState, now: number): number {
  return !isBehind && dueAt > now ? dueAt : 0;
}

/** Back by more than a correction since the last row: each time is a row of its own. */
export function hasJumpedBack({ lastAt }: ClockState, now: number): boolean {
  return now < lastAt - TOLERANCE_MS;
}

export function agree(now: number, servedAt: number): boolean {
  return Math.abs(now - servedAt) <= AGREEMENT_MS;
}
