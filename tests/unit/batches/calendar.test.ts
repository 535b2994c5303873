import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';

import { type Calendar, closesAt, daysLater, endOf, isOpenAt, opensAt } from '../../../electron/batches/plan/calendar';
import { DEFAULT_OFF_PEAK } from '../../../shared/domain/batch';

const MINUTE_MS = 60_000;
const paris = (text: string): number => DateTime.fromISO(text, { zone: 'Europe/Paris' }).toMillis();
const offPeak: Calendar = { hours: DEFAULT_OFF_PEAK, maintenance: null };

const wall = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const span = fc.record({ from: wall, to: wall });
const calendars = fc.record({
  hours: fc.option(fc.record({ from: wall, to: wall, weekends: fc.boolean() }), { nil: null }),
  maintenance: fc.option(span.filter(({ from, to }) => from !== to), { nil: null }),
});
/** Two days around both clock changes of 2026, and around an ordinary midnight. */
const moments = fc.constantFrom('2026-03-28T12:00', '2026-10-24T12:00', '2026-06-10T12:00').chain((day) =>
  fc.integer({ min: 0, max: 48 * 60 }).map((minutes) => paris(day) + minutes * MINUTE_MS),
);

/** The next minute of that state, looked at one by one. */
function scan(calendar: Calendar, from: number, isOpen: boolean, minutes: number): number | null {
  for (let at = from; at <= from + minutes * MINUTE_MS; at += MINUTE_MS) if (isOpenAt(calendar, at) === isOpen) return at;
  return null;
}

describe('off-peak hours', () => {
  it('are evenings, nights and week-ends in Paris', () => {
    expect(isOpenAt(offPeak, paris('2026-11-25T18:59'))).toBe(false);
    expect(isOpenAt(offPeak, paris('2026-11-25T19:00'))).toBe(true);
    expect(isOpenAt(offPeak, paris('2026-11-26T06:59'))).toBe(true);
    expect(isOpenAt(offPeak, paris('2026-11-26T07:00'))).toBe(false);
    expect(isOpenAt(offPeak, paris('2026-11-28T12:00'))).toBe(true);
    expect(opensAt(offPeak, paris('2026-11-26T10:00'))).toBe(paris('2026-11-26T19:00'));
    expect(closesAt(offPeak, paris('2026-11-27T20:00'))).toBe(paris('2026-11-30T07:00'));
  });

  it('keep their wall-clock times over both clock changes', () => {
    // Weekdays only, so that the night of the change is bounded by its hours.
    const nights: Calendar = { hours: { from: '19:00', to: '07:00', weekends: false }, maintenance: null };
    expect((closesAt(nights, paris('2026-03-28T19:00')) ?? 0) - paris('2026-03-28T19:00')).toBe(11 * 60 * MINUTE_MS);
    expect((closesAt(nights, paris('2026-10-24T19:00')) ?? 0) - paris('2026-10-24T19:00')).toBe(13 * 60 * MINUTE_MS);
    expect(daysLater(paris('2026-03-27T19:30'), 7)).toBe(paris('2026-04-03T19:30'));
    expect(daysLater(paris('2026-10-23T19:30'), 7)).toBe(paris('2026-10-30T19:30'));
  });

  it('open and close at the very minute a clock would show, whatever the hours, the maintenance and the day', () => {
    fc.assert(
      fc.property(calendars, moments, (calendar, at) => {
        const opening = opensAt(calendar, at);
        expect(scan(calendar, at, true, 26 * 60)).toBe(opening !== null && opening <= at + 26 * 60 * MINUTE_MS ? opening : null);
        if (opening !== at) return;
        const closing = closesAt(calendar, at);
        expect(scan(calendar, at, false, 26 * 60)).toBe(closing !== null && closing <= at + 26 * 60 * MINUTE_MS ? closing : null);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the end of a run', () => {
  it('passes over closed hours', () => {
    expect(endOf(offPeak, paris('2026-11-25T18:00'), 60 * MINUTE_MS)).toBe(paris('2026-11-25T20:00'));
    expect(endOf(offPeak, paris('2026-11-25T19:00'), 13 * 60 * MINUTE_MS)).toBe(paris('2026-11-26T20:00'));
    expect(endOf({ hours: null, maintenance: { from: '01:00', to: '02:00' } }, paris('2026-11-26T00:30'), 60 * MINUTE_MS)).toBe(paris('2026-11-26T02:30'));
    expect(endOf({ hours: { from: '01:00', to: '02:00', weekends: false }, maintenance: { from: '01:00', to: '02:00' } }, paris('2026-11-26T00:30'), 1)).toBe(null);
  });

  it('is as many open minutes away as the run lasts', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 600 }), (calendar, at, minutes) => {
        const end = endOf(calendar, at, minutes * MINUTE_MS);
        fc.pre(end !== null && end - at < 72 * 60 * MINUTE_MS);
        let open = 0;
        for (let moment = at; moment < (end ?? 0); moment += MINUTE_MS) if (isOpenAt(calendar, moment)) open += 1;
        expect(open).toBe(minutes);
      }),
      { numRuns: 40 },
    );
  });
});
