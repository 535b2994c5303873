import type { Batch, PauseReason } from '../../../shared/domain/batch';
import type { CallStop } from '../../consultation/ports';
import { opensAt } from '../plan/calendar';

export type MayRun =
  | { readonly kind: 'run' }
  /** Not now; null reason: it has not begun, and stays planned. */
  | { readonly kind: 'wait'; readonly reason: PauseReason | null; readonly message: string | null; readonly resumesAt: string | null }
  /** Waits for somebody: nothing changes by itself. */
  | { readonly kind: 'leave' };

export interface Situation {
  /** Whose session is open or locked. */
  readonly holderId: string | null;
  readonly now: number;
  /** The agent has asked for it at once, whatever its hours. */
  readonly isForced: boolean;
  /** Why this workstation makes no call; null: it does. */
  readonly stop: CallStop | null;
}

const WAITS_FOR_SOMEBODY: ReadonlySet<PauseReason> = new Set(['agent', 'token', 'proxy', 'refused', 'journal']);

/** Whether a run that is not over may call now. Pure. */
export function mayRun(batch: Batch, situation: Situation): MayRun {
  if (waitsForSomebody(batch)) return { kind: 'leave' };
  if (situation.holderId !== batch.agentId) return wait(batch, 'signed_out', `Le lot reprend quand ${batch.agentName} ouvre sa session.`, null);
  return waitOfDelay(batch, situation.now) ?? waitOfSchedule(batch, situation) ?? waitOfStop(situation) ?? { kind: 'run' };
}

function waitsForSomebody({ state, pauseReason }: Batch): boolean {
  if (state === 'done' || state === 'cancelled') return true;
  return state === 'paused' && pauseReason !== null && WAITS_FOR_SOMEBODY.has(pauseReason);
}

/** A network or an address that rests. */
function waitOfDelay(batch: Batch, now: number): MayRun | null {
  const { pauseReason, pauseMessage, resumesAt } = batch;
  if (pauseReason !== 'ban' && pauseReason !== 'network') return null;
  return resumesAt !== null && Date.parse(resumesAt) > now ? wait(batch, pauseReason, pauseMessage, resumesAt) : null;
}

function waitOfSchedule(batch: Batch, { now, isForced }: Situation): MayRun | null {
  if (isForced) return null;
  const { startAt, hours } = batch.schedule;
  if (batch.startedAt === null && startAt !== null && Date.parse(startAt) > now) return wait(batch, null, null, null);
  const opening = opensAt({ hours, maintenance: null }, now);
  if (opening === now) return null;
  return wait(batch, 'hours', 'Le lot reprend à l’ouverture de ses heures.', opening === null ? null : new Date(opening).toISOString());
}

/** Said of what has not begun as well: it would have. */
function waitOfStop({ stop }: Situation): MayRun | null {
  return stop && { kind: 'wait', reason: stop.isBeingAsked ? 'clock' : 'blocked', message: `${stop.message} ${stop.advice}`, resumesAt: null };
}

/** What has not begun stays planned. */
function wait({ startedAt }: Batch, reason: PauseReason | null, message: string | null, resumesAt: string | null): MayRun {
  return startedAt === null ? { kind: 'wait', reason: null, message: null, resumesAt: null } : { kind: 'wait', reason, message, resumesAt };
}
