/** A clock that stands back by less than this is being corrected, not set. */
const TOLERANCE_MS = 60_000;
/** The service's hour and this workstation's are the same within this. */
const AGREEMENT_MS = 5 * 60_000;

/** What the rows say of the clock. Every date in milliseconds since the Unix epoch. */
export interface ClockState {
  /** Of the last row. */
  readonly lastAt: number;
  /** The latest of a row since the clock was last confirmed: what it must have reached. */
  readonly dueAt: number;
  /** Stands before it, and nothing has confirmed it. */
  readonly isBehind: boolean;
}

/**
 * Where rows left the clock.
 * @param statedDueAt what the last row that speaks of the clock says it had to reach; 0 when it says nothing.
 */
export function clockStateFrom(lastAt: number, statedDueAt: number): ClockState {
  return { lastAt, dueAt: Math.max(lastAt, statedDueAt), isBehind: statedDueAt > lastAt };
}

/** The clock was read; nothing is written. Once behind, it must be where it was: a tolerance let it go on would move with it. */
export function seen(state: ClockState, now: number): ClockState {
  return { ...state, isBehind: now < state.dueAt - (state.isBehind ? 0 : TOLERANCE_MS) };
}

/** A row is written. */
export function stamped(state: ClockState, now: number): ClockState {
  const { lastAt, dueAt, isBehind } = seen(state, now);
  return {
    lastAt: hasJumpedBack(state, now) ? now : Math.max(lastAt, now),
    dueAt: isBehind ? dueAt : Math.max(dueAt, now),
    isBehind,
  };
}

/** A clock outside shows the same hour: what was dated later was dated by a clock that was ahead. */
export function confirmed(now: number): ClockState {
  return { lastAt: now, dueAt: now, isBehind: false };
}

/** Back by more than a correction since the last row: each time is a row of its own. */
export function hasJumpedBack({ lastAt }: ClockState, now: number): boolean {
  return now < lastAt - TOLERANCE_MS;
}

export function agree(now: number, servedAt: number): boolean {
  return Math.abs(now - servedAt) <= AGREEMENT_MS;
}
