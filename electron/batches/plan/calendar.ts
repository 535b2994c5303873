import { DateTime } from 'luxon';

import type { MaintenanceWindow } from '../../../shared/catalogue/types';
import type { OffPeakHours } from '../../../shared/domain/batch';

/** Off-peak hours and maintenances are those of the service, wherever this workstation is. */
const ZONE = 'Europe/Paris';
const HOUR_MS = 3_600_000;
const SATURDAY = 6;
/** Longer than any closed span: a week holds every opening of weekly hours. */
const DAYS_AHEAD = 8;
const LONGEST_RUN_MS = 366 * 24 * HOUR_MS;

/** When calls may leave: within the hours chosen, outside the provider's maintenance. Pure. */
export interface Calendar {
  readonly hours: OffPeakHours | null;
  readonly maintenance: MaintenanceWindow | null;
}

export function isOpenAt({ hours, maintenance }: Calendar, at: number): boolean {
  const local = DateTime.fromMillis(at, { zone: ZONE });
  const minute = local.hour * 60 + local.minute;
  if (maintenance && isWithin(maintenance, minute)) return false;
  if (!hours) return true;
  return (hours.weekends && local.weekday >= SATURDAY) || isWithin(hours, minute);
}

/** The first moment from `at` on when calls may leave; null when there is none (hours that maintenance covers). */
export function opensAt(calendar: Calendar, at: number): number | null {
  return isOpenAt(calendar, at) ? at : nextChange(calendar, at, true);
}

/** The first moment after `at` when they may not; null: never. */
export function closesAt(calendar: Calendar, at: number): number | null {
  if (!calendar.hours && !calendar.maintenance) return null;
  return nextChange(calendar, at, false);
}

/** The end of `durationMs` of calling begun at `from`, closed hours passed over; null when it never ends. */
export function endOf(calendar: Calendar, from: number, durationMs: number): number | null {
  let left = durationMs;
  for (let at = from; at - from <= LONGEST_RUN_MS; ) {
    const start = opensAt(calendar, at);
    if (start === null) return null;
    const end = closesAt(calendar, start);
    if (end === null || start + left <= end) return start + left;
    left -= end - start;
    at = end;
  }
  return null;
}

/** The same wall-clock time in Paris so many days later. */
export function daysLater(at: number, days: number): number {
  return DateTime.fromMillis(at, { zone: ZONE }).plus({ days }).toMillis();
}

/** The state changes at one of these moments, or not at all: every other instant is like the one before it. */
function nextChange(calendar: Calendar, after: number, isOpen: boolean): number | null {
  const moments = [...momentsAfter(calendar, after)].sort((one, other) => one - other);
  return moments.find((at) => isOpenAt(calendar, at) === isOpen) ?? null;
}

function* momentsAfter({ hours, maintenance }: Calendar, after: number): Generator<number> {
  const walls = ['00:00', ...(hours ? [hours.from, hours.to] : []), ...(maintenance ? [maintenance.from, maintenance.to] : [])];
  const today = DateTime.fromMillis(after, { zone: ZONE }).startOf('day');
  for (let day = 0; day <= DAYS_AHEAD; day += 1) {
    const date = today.plus({ days: day });
    // An hour that a clock change skips or repeats: the change itself falls on a whole hour, the repetition an hour away.
    const wholeHours = Array.from({ length: 25 }, (_, hour) => date.toMillis() + hour * HOUR_MS);
    const turns = walls.flatMap((wall) => [-1, 0, 1].map((shift) => wallTime(date, wall) + shift * HOUR_MS));
    for (const at of [...wholeHours, ...turns]) if (at > after) yield at;
  }
}

function wallTime(date: DateTime, wall: string): number {
  return date.set({ hour: Number(wall.slice(0, 2)), minute: Number(wall.slice(3)) }).toMillis();
}

/** From included, to excluded; over midnight when it ends before it begins; the whole day when both are equal. */
function isWithin({ from, to }: { readonly from: string; readonly to: string }, minute: number): boolean {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  if (start === end) return true;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

function minuteOf(wall: string): number {
  return Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3));
}
